//! The words around numbers, which tell whether they are about the value that is described.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern;

/// What has numbers of its own: places, dates, times, versions, standards, examples, changes, and what takes time.
static FOREIGN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)\b(?:
        rooms?|floors?|suites?|buildings?|apartments?|houses?|gates?|desks?|tables?|seats?|streets?|avenues?|roads?|st|ave|blvd|zip|postcode
        |phones?|telephone|tel|call|calls|dial|fax|hotline|mobile|contact
        |open|opens|opened|opening|closed?|closes|o'clock|[ap]\.m|[ap]m|noon|midnight|weekdays?|weekends?
        |(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mon|tue|wed|thu|fri|sat|sun
        |january|february|april|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec
        |dates?d?|versions?|ver|firmware|release[ds]?|build|builds|revision|since|introduced|added|removed|deprecated|published
        |updated|copyright|v\d[\d.]*
        |sections?|chapters?|clauses?|figures?|fig|appendix|annex|paragraphs?|pages?\ \d+|steps?|lines?|notes?|items?\ no|tickets?|issues?\ \d+
        |ieee|rfc|iso|802|ipv[46]|[gm]hz|wi-?fi
        |examples?|e\.?g|instance|such\ as|sample|samples
        |raised|increased|reduced|lowered|changed|previously|formerly|was|were|instead\ of
        |takes?|took|waits?|lasts?|delays?|retry|retries|retried|expires?|refresh(?:es|ed)?|polls?|every|within\ (?:the\ )?(?:next|last|first)
        |odds|score|ratio|aged?|people|persons?|chance|guests?\ from
        )\b",
    )
});

/// What makes an example or a former state even of a sentence that gives a range by name.
static EXAMPLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:e\.?g|for (?:example|instance)|such as|previously|formerly|until version|before version)\b")
});

/// What follows numbers that are explained, and no range.
static EXPLAINED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^ ?(?::(?:[^/]|$)|=|->|=>|(?:means?|indicates?|represents?|stands? for|(?:is|are)(?: all)? (?:reserved|used|for|the|a|an|not|free|taken|closed|open|covered|served|occupied)|o'clock|[ap]\.?m\b|% ?of\b|percent of\b|times (?:a|an|per|each|every)\b|(?:a|an|per|each|every) (?:second|minute|hour|day|week|month|year)\b))",
    )
});

/// Abbreviations behind which a sentence goes on.
const SHORT: [&str; 27] = [
    "e.g", "i.e", "min", "max", "approx", "no", "nr", "st", "ave", "tel", "ext", "apt", "bldg", "rm", "vs", "sec",
    "ch", "fig", "p", "pp", "vol", "ver", "v", "rev", "art", "incl", "cf",
];

/// The place of a number in its sentence.
pub struct Context<'a> {
    /// What stands before it in the sentence, and behind it.
    pub lead: &'a str,
    pub tail: &'a str,
}

/// How many bytes of a text are looked at on each side of a number. No sentence of a page is as long, and a text may be.
const SIDE: usize = 2000;

impl<'a> Context<'a> {
    /// The sentence around a piece of a text.
    pub fn of(text: &'a str, start: usize, end: usize) -> Self {
        let is_whole = |at: &usize| text.is_char_boundary(*at);
        let first = (start.saturating_sub(SIDE)..=start).find(is_whole).unwrap_or(start);
        let last = (end..=text.len().min(end + SIDE)).rev().find(is_whole).unwrap_or(end);
        let from = breaks(&text[first..start]).last().map_or(first, |place| first + place);
        let to = breaks(&text[end..last]).next().map_or(last, |place| end + place);
        Self { lead: &text[from..start], tail: &text[end..to] }
    }

    /// Whether the sentence speaks of what has numbers of its own.
    pub fn is_foreign(&self) -> bool {
        FOREIGN.is_match(self.lead) || FOREIGN.is_match(self.tail)
    }

    /// Whether the sentence gives an example, or what once held.
    pub fn is_example(&self) -> bool {
        EXAMPLE.is_match(self.lead)
    }

    /// Whether the numbers are explained rather than required.
    pub fn is_explained(&self) -> bool {
        EXPLAINED.is_match(self.tail)
    }

    /// Whether this is said of something under a condition, and not as a demand.
    pub fn is_condition(&self) -> bool {
        static CONDITION: LazyLock<Regex> =
            LazyLock::new(|| pattern(r"(?i)\b(?:if|when|whenever|once|after|while|unless|in case|as soon as)\b"));
        static MODAL: LazyLock<Regex> =
            LazyLock::new(|| pattern(r"(?i)\b(?:must|should|shall|cannot|can|may|has to|have to|needs? to)\b"));
        let condition = CONDITION.find_iter(self.lead).last().map(|found| found.start());
        condition.is_some_and(|start| !MODAL.is_match(&self.lead[start..]))
    }
}

/// Where sentences begin after the first.
fn breaks(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(['.', ';', '!', '?']).filter_map(move |(index, mark)| {
        let (before, rest) = (&text[..index], &text[index + 1..]);
        let word = before.rsplit(|character: char| character.is_whitespace() || "([".contains(character)).next();
        let is_short = mark == "." && word.is_some_and(|word| SHORT.contains(&word.to_lowercase().as_str()));
        let is_end = rest.is_empty()
            || rest.starts_with(' ')
            || (rest.starts_with(char::is_uppercase)
                && before.ends_with(|last: char| last.is_lowercase() || last == ')' || last.is_ascii_digit()));
        (is_end && !is_short).then_some(index + 1)
    })
}
