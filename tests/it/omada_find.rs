//! Looking for a code in all groups, a few at a time.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};

use hotspot_vouchers::omada::Client;
use serde_json::{Value, json};

/// How many searches run at once.
const AT_ONCE: usize = 4;
const GROUPS: usize = 24;

/// A controller that answers no search before so many have come that it may not be more.
struct Controller {
    together: Barrier,
    now: AtomicUsize,
    most: AtomicUsize,
    searches: AtomicUsize,
    /// The groups that have the code.
    holders: Vec<usize>,
}

impl Controller {
    fn start(holders: Vec<usize>) -> (Arc<Self>, String) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let counters = [(); 3].map(|()| AtomicUsize::new(0));
        let [now, most, searches] = counters;
        let controller = Arc::new(Self { together: Barrier::new(AT_ONCE), now, most, searches, holders });
        let shared = controller.clone();
        std::thread::spawn(move || {
            for connection in listener.incoming().map_while(Result::ok) {
                let controller = shared.clone();
                std::thread::spawn(move || controller.serve(&connection));
            }
        });
        (controller, url)
    }

    /// Answers what comes over a connection until it is closed.
    fn serve(&self, mut connection: &TcpStream) {
        let mut reader = BufReader::new(connection);
        let mut head = String::new();
        while reader.read_line(&mut head).is_ok_and(|read| read > 0) {
            if !head.ends_with("\r\n\r\n") {
                continue;
            }
            let lower = head.to_lowercase();
            let length = lower.split_once("content-length: ").and_then(|(_, rest)| rest.lines().next()?.parse().ok());
            let mut body = vec![0; length.unwrap_or_default()];
            reader.read_exact(&mut body).expect("the body");
            let result = self.answer(head.split(' ').nth(1).unwrap_or_default());
            let body = json!({"errorCode": 0, "msg": "", "result": result}).to_string();
            let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
            if connection.write_all(answer.as_bytes()).is_err() {
                return;
            }
            head.clear();
        }
    }

    fn answer(&self, target: &str) -> Value {
        if target.contains("/authorize/") {
            return json!({"accessToken": "AT-1", "expiresIn": 7200});
        }
        let Some((_, rest)) = target.split_once("/voucher-groups/") else {
            let groups: Vec<Value> = (0..GROUPS).map(|number| json!({"id": format!("g{number}")})).collect();
            return json!({"totalRows": GROUPS, "data": groups});
        };
        let number = rest.trim_start_matches('g').split('?').next().and_then(|number| number.parse().ok());
        self.searches.fetch_add(1, Ordering::SeqCst);
        let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        self.together.wait();
        self.now.fetch_sub(1, Ordering::SeqCst);
        match number.is_some_and(|number| self.holders.contains(&number)) {
            true => json!({"totalRows": 2, "data": [{"id": "1", "code": "123456"}, {"id": "2", "code": "12345"}]}),
            false => json!({"totalRows": 1, "data": [{"id": "3", "code": "123456"}]}),
        }
    }
}

async fn find(url: &str) -> Option<String> {
    let client = Client::builder(url).omadac_id("id").client_credentials("id", "secret").build().expect("a client");
    let site = client.site("site").expect("an id");
    let (group, voucher) = site.find_voucher("12345").await.expect("a search")?;
    assert_eq!(voucher.id.as_deref(), Some("2"), "exactly this code");
    Some(group.to_string())
}

#[tokio::test]
async fn so_many_groups_are_searched_at_once_and_no_more() {
    let (controller, url) = Controller::start(Vec::new());
    // If fewer ran at once, none would ever be answered.
    assert_eq!(find(&url).await, None);
    // Each group is searched, and as none has the code, its vouchers are read and compared.
    assert_eq!(controller.searches.load(Ordering::SeqCst), 2 * GROUPS);
    assert_eq!(controller.most.load(Ordering::SeqCst), AT_ONCE);
}

#[tokio::test]
async fn the_first_group_with_the_code_is_the_one() {
    for _ in 0..10 {
        let (controller, url) = Controller::start(vec![3, 2, 17]);
        assert_eq!(find(&url).await.as_deref(), Some("g2"));
        assert!(controller.searches.load(Ordering::SeqCst) <= 3 * AT_ONCE, "the search ends where it found the code");
    }
}
