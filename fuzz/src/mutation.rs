//! Answers of the right shape, in which some values are others.

use std::fs;
use std::path::Path;

use arbitrary::{Arbitrary, Result, Unstructured};
use serde_json::{Map, Number, Value};

/// The answers to begin with: the first line of each, and its JSON.
pub fn answers(folder: &Path) -> Vec<(String, Value)> {
    let files = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = files.map(|file| file.expect("a readable folder").path()).collect();
    paths.sort();
    let texts = paths.into_iter().filter_map(|path| String::from_utf8(fs::read(path).expect("a readable file")).ok());
    let answers = texts.filter_map(|text| {
        let (head, body) = text.split_once('\n')?;
        Some((head.to_owned(), serde_json::from_str(body).ok()?))
    });
    let answers: Vec<_> = answers.collect();
    assert!(!answers.is_empty(), "{} has no answers", folder.display());
    answers
}

/// Changes some value in a document.
pub fn mutate(json: &mut Value, bytes: &mut Unstructured<'_>) -> Result<()> {
    let mut place = json;
    loop {
        let children = match place {
            Value::Array(rows) => rows.len(),
            Value::Object(fields) => fields.len(),
            _ => 0,
        };
        // Mostly it is something deep within.
        if children == 0 || bytes.ratio(1, 8)? {
            break;
        }
        let index = bytes.choose_index(children)?;
        let child = match place {
            Value::Array(rows) => rows.get_mut(index),
            Value::Object(fields) => fields.values_mut().nth(index),
            _ => None,
        };
        place = child.expect("the index is below the length");
    }
    change(place, bytes)
}

fn change(place: &mut Value, bytes: &mut Unstructured<'_>) -> Result<()> {
    match (place, bytes.int_in_range(0..=7)?) {
        (Value::Array(rows), 0) if (1..16).contains(&rows.len()) => {
            let row = rows[0].clone();
            let times = bytes.int_in_range(1..=16)?;
            rows.extend((0..times).map(|_| row.clone()));
        }
        (Value::Array(rows), 1) => drop(rows.pop()),
        (Value::Array(rows), 2) => rows.insert(0, value(bytes)?),
        (Value::Object(fields), 0 | 1) => {
            let index = bytes.int_in_range(0..=fields.len().saturating_sub(1))?;
            if let Some(key) = fields.keys().nth(index).cloned() {
                fields.remove(&key);
            }
        }
        (Value::Object(fields), 2) => drop(fields.insert(String::arbitrary(bytes)?, value(bytes)?)),
        (Value::String(text), 0) if text.len() < 256 => *text = text.repeat(bytes.int_in_range(2..=16)?),
        (Value::String(text), 1) => *text = text.to_uppercase(),
        (Value::Number(number), 0) => *number = self::number(bytes)?,
        (place, 3) => {
            for _ in 0..bytes.int_in_range(1..=130)? {
                *place = Value::Array(vec![place.take()]);
            }
        }
        (place, 4) => *place = Value::Object(Map::from_iter([("value".to_owned(), place.take())])),
        (place, _) => *place = value(bytes)?,
    }
    Ok(())
}

fn number(bytes: &mut Unstructured<'_>) -> Result<Number> {
    Ok(match bytes.int_in_range(0..=2)? {
        0 => i64::arbitrary(bytes)?.into(),
        1 => u64::arbitrary(bytes)?.into(),
        _ => Number::from_f64(f64::arbitrary(bytes)?).unwrap_or_else(|| 0.into()),
    })
}

fn value(bytes: &mut Unstructured<'_>) -> Result<Value> {
    const EDGES: [i64; 12] =
        [0, 1, -1, 2, 7, 255, 999, -44112, i32::MAX as i64, i64::MIN, i64::MAX, 253_402_207_200_000];
    const TEXTS: [&str; 9] = [
        "",
        " ",
        "-1",
        "1e9",
        "00000000000000000000",
        "2026-02-30T25:61:61Z",
        "\u{0}",
        "\u{feff}",
        "99999999999999.995",
    ];
    Ok(match bytes.int_in_range(0..=8)? {
        0 => Value::Null,
        1 => Value::Bool(bool::arbitrary(bytes)?),
        2 | 3 => (*bytes.choose(&EDGES)?).into(),
        4 => Value::Number(number(bytes)?),
        5 => (*bytes.choose(&TEXTS)?).into(),
        6 => String::arbitrary(bytes)?.into(),
        7 => Value::Array(Vec::new()),
        _ => Value::Object(Map::new()),
    })
}
