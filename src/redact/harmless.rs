//! What may be shown of foreign texts.

use std::collections::HashSet;
use std::sync::LazyLock;

use uuid::Uuid;

/// Words that controllers, proxies and frameworks use about failures.
static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("harmless.txt").split_whitespace().collect());

/// How many letters and digits other words have at the most, together with those beside them. A voucher code has more.
const MOST: usize = 4;

/// A word, from where to where.
struct Run {
    start: usize,
    end: usize,
}

/// Hides every word that is not known to be harmless. Of a text that is cut, the last word may be the half of one.
pub(super) fn hide_others(text: &[char], hidden: &mut [bool], is_cut: bool) {
    let mut chain: Vec<Run> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if !text[at].is_alphanumeric() {
            at += 1;
            continue;
        }
        let end = end_of_run(text, at);
        let shape = shape(&text[at..]);
        let is_last = is_cut && end == text.len();
        match shape {
            Some(length) if !is_last => {
                close(text, hidden, &mut chain, false);
                at += length;
            }
            _ if !is_last && is_word(&text[at..end]) => {
                close(text, hidden, &mut chain, false);
                at = end;
            }
            _ => {
                chain.push(Run { start: at, end });
                at = end;
            }
        }
    }
    close(text, hidden, &mut chain, is_cut);
}

/// Hides words that follow each other, unless they are too short together to be a code.
fn close(text: &[char], hidden: &mut [bool], chain: &mut Vec<Run>, is_cut: bool) {
    let letters: usize = chain.iter().map(|run| run.end - run.start).sum();
    if letters > MOST || is_cut {
        for (index, run) in chain.iter().enumerate() {
            hidden[run.start..run.end].fill(true);
            // What joins the parts of one word is hidden with them.
            if let Some(next) = chain.get(index + 1)
                && text[run.end..next.start].iter().all(|c| "-_.:".contains(*c))
            {
                hidden[run.end..next.start].fill(true);
            }
        }
    }
    chain.clear();
}

fn end_of_run(text: &[char], start: usize) -> usize {
    text[start..].iter().position(|c| !c.is_alphanumeric()).map_or(text.len(), |length| start + length)
}

/// Whether a word, or each word that was joined to it by a capital, is in the list.
fn is_word(run: &[char]) -> bool {
    let is_listed = |word: &[char]| {
        let word: String = word.iter().flat_map(|c| c.to_lowercase()).collect();
        WORDS.contains(word.as_str())
    };
    if is_listed(run) {
        return true;
    }
    let is_capital = |at: usize| run[at].is_uppercase() && !run[at - 1].is_uppercase();
    let mut starts = vec![0];
    starts.extend((1..run.len()).filter(|at| is_capital(*at)));
    starts.push(run.len());
    starts.len() > 2 && starts.windows(2).all(|ends| ends[1] - ends[0] > 1 && is_listed(&run[ends[0]..ends[1]]))
}

/// How long the harmless shape is that begins here: the id of a row or a request, a moment, or a span of seconds.
fn shape(text: &[char]) -> Option<usize> {
    const LONGEST: usize = 40;
    let start: String = text.iter().take(LONGEST).take_while(|c| c.is_ascii()).collect();
    let length = uuid(&start).or_else(|| id(&start)).or_else(|| moment(&start)).or_else(|| span(&start))?;
    // It ends where a word ends.
    text.get(length).is_none_or(|next| !next.is_alphanumeric()).then_some(length)
}

/// Whether a text is an id of a shape that is documented: a UUID, or 24 or 32 hexadecimal digits.
pub(super) fn is_id(text: &str) -> bool {
    let is_hex = text.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c));
    uuid(text) == Some(text.len()) || is_hex && [24, 32].contains(&text.len())
}

fn uuid(text: &str) -> Option<usize> {
    let length = uuid::fmt::Hyphenated::LENGTH;
    Uuid::try_parse(text.get(..length)?).ok().map(|_| length)
}

fn id(text: &str) -> Option<usize> {
    const LENGTH: usize = 24;
    let id = text.get(..LENGTH)?;
    is_id(id).then_some(LENGTH)
}

/// A moment as RFC 3339 has it.
fn moment(text: &str) -> Option<usize> {
    let end = text.find('Z')? + 1;
    let is_moment = text[..end].get(10..11) == Some("T") && text[..end].parse::<jiff::Timestamp>().is_ok();
    is_moment.then_some(end)
}

/// Seconds with a fraction, and their unit.
fn span(text: &str) -> Option<usize> {
    let end = text.find('s')?;
    let (whole, fraction) = text[..end].split_once('.')?;
    let is_number = |text: &str, most| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    (is_number(whole, MOST) && is_number(fraction, 9)).then_some(end + 1)
}
