//! What the sandbox breaks on purpose, over real sockets and with a client that knows nothing of vouchers.

mod answers;
mod bodies;
mod books;
mod caller;
mod chaos;
mod commit;
mod connections;
mod doors;
mod lists;
mod meddling;
mod plan;
mod time;
mod tls;
