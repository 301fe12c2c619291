use std::time::Duration;

use crate::canned::Canned;

/// One way in which a controller, or the way to it, fails a request.
///
/// The commit is the moment at which the controller carries the request out: before it nothing has changed, after it the
/// vouchers exist, or are gone, whatever the caller hears of it. A caller that hangs up does not undo a commit, nor does it
/// stop one that is delayed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Fault {
    /// Resets the connection before the commit, and lets nobody connect for this long: the port has no listener then, so
    /// that connecting fails as it does at a controller that is rebooting. Connections that were accepted already stay
    /// open; one that was still waiting to be accepted is reset.
    Refuse(Duration),
    /// Resets the connection before the commit, and shows the next one a certificate of an authority that nobody knows.
    /// Strikes only where the sandbox serves [TLS](crate::SandboxBuilder::tls).
    WrongCertificate,
    /// Resets the connection (a TCP reset, without a byte of an answer).
    Reset(Moment),
    /// Waits this long: with the commit, or after it with the answer.
    Delay(Moment, Duration),
    /// Sends the body a few bytes at a time, with a pause before each of them.
    Drip {
        /// How many bytes are sent at a time.
        chunk_bytes: usize,
        /// How long it waits before each of them.
        pause: Duration,
    },
    /// Sends half of the body, and the rest after this long.
    Stall(Duration),
    /// Sends half of the body that `Content-Length` promises, and closes the connection.
    CutBody,
    /// Sends half of the body as if it were all: the `Content-Length` is right, the JSON ends early.
    HalveBody,
    /// Answers 429 before the commit.
    TooManyRequests {
        /// What `Retry-After` says, in seconds with as many digits as they have: `2`, `0.5`; the header is absent where
        /// this is.
        retry_after: Option<Duration>,
    },
    /// Answers with a server error.
    ServerError {
        /// The HTTP status: 500, 502, 503, 504 or any other.
        status: u16,
        /// Whether the controller speaks or a proxy before it.
        format: Format,
        /// Whether the request is carried out all the same, as it often is behind a proxy that says 502 or 504.
        moment: Moment,
    },
    /// Answers like this.
    Answer(Moment, Canned),
    /// Answers 401 before the commit, as the controller does where a key or a token is missing.
    Unauthorized,
    /// Ends every access token, right before the request is looked at: Omada answers -44112. Strikes no token call, and
    /// nothing at UniFi.
    ExpireToken,
    /// Forgets every token pair, as a controller does that was restored: Omada answers -44113, and no refresh token is
    /// good any more. Strikes no token call, and nothing at UniFi.
    RevokeToken,
    /// Sends the right body under this Content-Type.
    WrongContentType(String),
    /// Sends the right body without a Content-Type.
    NoContentType,
    /// Sends the status alone, without a body and without a Content-Type: 200, 204 or any other.
    NoBody {
        /// The HTTP status.
        status: u16,
    },
    /// Sends the right body behind a UTF-8 byte order mark.
    ByteOrderMark,
    /// Sends the right body under a `Date` that is this many seconds away from the controller's clock.
    WrongDate {
        /// How far the date is ahead of the clock; less than zero if it is behind.
        seconds: i64,
    },
    /// Sends the body that the last request of the same operation was sent, as a proxy does that mixes up two
    /// connections. Strikes only if there was one.
    StaleAnswer,
    /// Drops the query before the commit, as some proxies do. Strikes only requests with a query.
    DropQuery,
    /// Sends pages of this many rows at most, whatever size is requested. Strikes only pages of lists.
    CapPage {
        /// The longest page.
        rows: u64,
    },
    /// Changes the `name` in the request's body before the commit. Strikes only requests whose name that changes.
    ChangeName(NameChange),
    /// Commits the first of several vouchers, then resets the connection. The others never exist. Strikes only
    /// creates of more than one voucher.
    CommitPart,
    /// Sends other vouchers than the create has made. Strikes only creates whose response has vouchers.
    WrongRows(WrongRows),
    /// Refuses the request before the commit, with status 400, in the controller's own shape. The message repeats the
    /// request's path, query and body, with line breaks and escape sequences between them, until it has this many bytes.
    Quote {
        /// How long the message is at least.
        bytes: usize,
    },
    /// Says a wrong total beside the right rows of a page. Strikes only pages of lists.
    WrongTotal(Lie),
    /// Answers with the rows of the first page, under the number of the page that was asked for. Strikes only later pages.
    RepeatPage,
    /// Answers with a full page and a total of one page more, however many were read: the rows are those that exist, again
    /// and again, under ids and codes that nobody has seen. Strikes only pages of lists in which there is a row.
    EndlessPages,
    /// Responds with as many rows as the first page has, whatever page is requested, and with the largest total that a signed
    /// 64-bit integer holds.
    Bottomless(Rows),
    /// Answers with a redirect before the commit.
    Redirect {
        /// The HTTP status: 301, 302, 303, 307 or 308.
        status: u16,
        /// Where it points.
        to: Target,
    },
    /// Adds a text of this many bytes to the body, which comes in chunks and without a `Content-Length`.
    HugeBody {
        /// How long the text is.
        bytes: u64,
    },
    /// The same, compressed by gzip to about a two-hundredth, whether the client has asked for that or not.
    GzipBomb {
        /// How long the text is when it is unpacked.
        bytes: u64,
    },
    /// Puts so many arrays within each other where the result would be.
    DeepNesting {
        /// How many arrays there are within each other.
        levels: usize,
    },
    /// Makes the largest unsigned 64-bit integer of every number in the result.
    HugeNumbers,
    /// Adds this many bytes of headers, 8 KiB each.
    HugeHeaders {
        /// How long the headers are together.
        bytes: usize,
    },
}

/// On which side of the commit something happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// The request was read, and nothing has changed.
    BeforeCommit,
    /// The request was carried out, and no answer was sent.
    AfterCommit,
}

/// What the body of an error is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The controller's own shape.
    Json,
    /// A page of a proxy before the controller.
    Html,
}

/// How a controller changes a name that it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameChange {
    /// It drops blanks at both ends.
    Trim,
    /// It keeps this many characters.
    Cut(usize),
    /// It makes all letters small.
    LowerCase,
}

/// How the vouchers in the response to a create differ from those that it made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongRows {
    /// There is only the first one.
    Fewer,
    /// All of them are the first one.
    Repeated,
    /// They have another name.
    OtherName,
}

/// What is wrong about a total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lie {
    /// It is 1000 more than there are rows.
    TooMany,
    /// It is half of the rows that there are.
    TooFew,
    /// It is another one in every answer, and always too large.
    Changing,
    /// It is the largest that a signed 64-bit integer holds.
    Largest,
}

/// Which rows a list without a bottom has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// Those of the first page, under new ids and codes on every page.
    New,
    /// Those of the first page on every page.
    Same,
    /// Those of the first page, then others, then those of the first page again, and so on.
    TakingTurns,
}

/// Where a redirect points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// To the address that was asked, where the next request is answered as usual.
    Same,
    /// To the same path at [another host](crate::Elsewhere), which records what it is sent.
    OtherHost,
}
