//! UniFi creates without a key: the response is held against the request, and what is not sure names what could be meant.

use hotspot_vouchers::unifi::{CreateVouchers, Error, Voucher};
use hotspot_vouchers::{Connection, List};
use serde_json::{Value, json};

use super::server::{Console, Reply, Twist, console, sent};

fn order(name: &str, count: i32) -> CreateVouchers {
    CreateVouchers::builder().name(name).count(count).time_limit_minutes(60).build()
}

fn created(rows: &[Value]) -> Reply {
    Reply::json(201, &json!({"vouchers": rows}))
}

/// The ids that an unknown outcome names.
#[track_caller]
fn candidates(outcome: Result<List<Voucher>, Error>) -> Vec<String> {
    match outcome {
        Err(Error::Unclear(unclear)) => unclear.candidates,
        other => panic!("the outcome is not known: {other:?}"),
    }
}

/// The ids of the vouchers that exist under a name.
fn ids(console: &Console, name: &str) -> Vec<String> {
    let rows = console.rows.iter().filter(|(_, row)| row["name"] == name);
    rows.map(|(_, row)| row["id"].as_str().expect("an id").to_owned()).collect()
}

#[tokio::test]
async fn a_response_that_is_another_one_s_sells_nothing() {
    let (state, site, asked) = console(Console::default(), Connection::new()).await;
    let first = site.create_vouchers(&order("Lobby", 2)).await.expect("vouchers");
    let stale: Vec<Value> = first.iter().map(|voucher| serde_json::to_value(voucher).expect("JSON")).collect();
    let strange = |name: &str, count: usize| -> Vec<Value> {
        let mut other = Console::default();
        for _ in 0..100 {
            other.voucher("");
        }
        (0..count).map(|_| other.voucher(name)).collect()
    };
    let mut mixed = strange("Lobby", 1);
    mixed.push(stale[0].clone());
    let mut twice = strange("Lobby", 1);
    twice.push(twice[0].clone());
    let responses =
        [stale, mixed, twice, strange("Lobby", 1), strange("Lobby", 3), strange("Bar", 2), strange("Lobby 2", 2)];
    for (number, rows) in responses.into_iter().enumerate() {
        state.lock().expect("no panic").twists = vec![Twist::Committed(created(&rows))];
        let before = ids(&state.lock().expect("no panic"), "Lobby");
        let mut named = candidates(site.create_vouchers(&order("Lobby", 2)).await);
        let made: Vec<String> = ids(&state.lock().expect("no panic"), "Lobby").split_off(before.len());
        assert!(made.iter().all(|id| named.contains(id)), "{number}: {made:?} were made, {named:?} are named");
        named.retain(|id| !made.contains(id));
        assert!(named.iter().all(|id| !before.contains(id)), "{number}: an earlier sale's are named: {named:?}");
    }
    assert_eq!(sent(&asked, "POST"), 8);
    site.create_vouchers(&order("Lobby", 2)).await.expect("the next sale is not held up");
}

#[tokio::test]
async fn names_that_a_console_tidies_are_the_names_that_were_sent() {
    let changes: [fn(&str) -> String; 4] = [
        |name| name.trim().to_owned(),
        str::to_uppercase,
        |name| name.chars().filter(|c| !c.is_control()).collect(),
        |name| name.replace('\u{e9}', "e\u{301}"),
    ];
    for rename in changes {
        let world = Console { rename: Some(rename), ..Console::default() };
        let (_, site, asked) = console(world, Connection::new()).await;
        site.create_vouchers(&order(" Caf\u{e9}\u{1f} 7 ", 3)).await.expect("vouchers");
        assert_eq!(asked.lock().expect("no panic").len(), 1, "one round trip");
    }
    let world = Console { rename: Some(|name| name.chars().take(6).collect()), ..Console::default() };
    let (state, site, _) = console(world, Connection::new()).await;
    let named = candidates(site.create_vouchers(&order("Sale 10", 1)).await);
    assert_eq!(named, ids(&state.lock().expect("no panic"), "Sale 1"));
}

#[tokio::test]
async fn candidates_are_found_whatever_the_clock_shows() {
    for clock in [0, -5, 5, -365 * 24 * 3600, 24 * 3600] {
        for is_dateless in [false, true] {
            for drops_query in [false, true] {
                let lost = Twist::Committed(Reply::Nothing);
                let world = Console { clock, is_dateless, drops_query, twists: vec![lost], ..Console::default() };
                let (state, site, _) = console(world, Connection::new()).await;
                {
                    let mut state = state.lock().expect("no panic");
                    state.clock -= 3600;
                    let other = state.voucher("Bar");
                    let older = state.voucher("Lobby");
                    let now = tokio::time::Instant::now();
                    state.rows.extend([(now, other), (now, older)]);
                    state.clock = clock;
                }
                let named = candidates(site.create_vouchers(&order("Lobby", 2)).await);
                let all = ids(&state.lock().expect("no panic"), "Lobby");
                // Without a clock the older one could be meant too.
                let expected = if is_dateless { &all[..] } else { &all[1..] };
                assert_eq!(named, expected, "clock {clock}, dateless {is_dateless}, drops the query {drops_query}");
            }
        }
    }
}

#[tokio::test]
async fn what_an_error_named_is_sold_to_nobody_else() {
    let (state, site, _) = console(Console::default(), Connection::new()).await;
    state.lock().expect("no panic").twists = vec![Twist::Committed(Reply::Nothing)];
    let named = candidates(site.create_vouchers(&order("Lobby", 1)).await);
    let late = state.lock().expect("no panic").rows[0].1.clone();
    assert_eq!(named, [late["id"].as_str().expect("an id")]);
    // The response that was lost comes after all, and to the next sale.
    state.lock().expect("no panic").twists = vec![Twist::Committed(created(&[late]))];
    let next = candidates(site.create_vouchers(&order("Lobby", 1)).await);
    assert!(next.len() == 1 && next != named, "{next:?}");
}
