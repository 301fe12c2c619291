//! Examples without async.

/// Words that only async code has, and those of streams that have no equal among iterators.
const ASYNC: [&str; 8] = ["async", "await", "futures_util", "pin_mut", "tokio", "Stream", "next()", "try_"];

/// Translates the lines of an example; `None` if they need more than a translation line by line.
pub fn blocking(lines: &[String]) -> Option<Vec<String>> {
    let mut translated = Vec::new();
    for line in lines {
        let code = line.trim_start();
        let code = code.strip_prefix("# ").unwrap_or(code).trim();
        let is_dropped = code.starts_with("use futures_util::") && code.ends_with(';')
            || code.starts_with("pin_mut!(") && code.ends_with(");")
            || code.starts_with("#[tokio::main") && code.ends_with(']');
        match for_loop(line) {
            _ if is_dropped => {}
            Some(lines) => translated.extend(lines),
            None => translated.push(line.clone()),
        }
    }
    for line in &mut translated {
        *line = line
            .replace("Sandbox::start().await", "Sandbox::builder().start_without_async()?")
            .replace("async fn ", "fn ")
            .replace(".await", "")
            .replace("hotspot_vouchers::omada", "hotspot_vouchers::blocking::omada")
            .replace("hotspot_vouchers::unifi", "hotspot_vouchers::blocking::unifi");
    }
    let is_async = translated.iter().any(|line| {
        ASYNC.iter().any(|word| line.replace("start_without_async", "").contains(word))
            || line.contains("hotspot_vouchers::{")
    });
    (!is_async).then_some(translated)
}

/// Translates the head of a loop over a stream.
fn for_loop(line: &str) -> Option<Vec<String>> {
    let (indentation, rest) = line.split_once("while let Some(")?;
    let (pattern, rest) = rest.split_once(") = ")?;
    if let Some(rows) = rest.strip_suffix(".next().await {") {
        return Some(vec![format!("{indentation}for {pattern} in {rows} {{")]);
    }
    let rows = rest.strip_suffix(".try_next().await? {")?;
    let is_name = pattern.chars().all(|c| c.is_alphanumeric() || c == '_');
    let row = format!("{indentation}    let {pattern} = {pattern}?;");
    is_name.then(|| vec![format!("{indentation}for {pattern} in {rows} {{"), row])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn translated(text: &str) -> Option<String> {
        blocking(&text.lines().map(str::to_owned).collect::<Vec<_>>()).map(|lines| lines.join("\n"))
    }

    #[test]
    fn calls_and_loops_are_translated() {
        let given = r"
 use futures_util::{TryStreamExt, pin_mut};
 use hotspot_vouchers::omada::Site;
 # use hotspot_vouchers_sandbox::Sandbox;

 # #[tokio::main]
 # async fn main() -> Result<(), hotspot_vouchers::unifi::Error> {
 # let sandbox = Sandbox::start().await;
 let rows = site.rows();
 pin_mut!(rows);
 while let Some(row) = rows.next().await {
     row?;
 }
 while let Some(row) = rows.try_next().await? {
     row.get().await?;
 }
 # }";
        let expected = r"
 use hotspot_vouchers::blocking::omada::Site;
 # use hotspot_vouchers_sandbox::Sandbox;

 # fn main() -> Result<(), hotspot_vouchers::blocking::unifi::Error> {
 # let sandbox = Sandbox::builder().start_without_async()?;
 let rows = site.rows();
 for row in rows {
     row?;
 }
 for row in rows {
     let row = row?;
     row.get()?;
 }
 # }";
        assert_eq!(translated(given).as_deref(), Some(expected));
    }

    #[test]
    fn what_is_left_of_async_leaves_an_example_out() {
        for given in [
            "tokio::time::sleep(second).await;",
            "let calls = async { site.list().await };",
            "let rows: Vec<_> = site.rows().try_collect().await?;",
            "let first = rows.next().await;",
            "while let Some(Row { id, .. }) = rows.try_next().await? {",
            "use futures_util::{\n    StreamExt,\n};",
            "use hotspot_vouchers::{omada, Secret};",
            "fn rows() -> impl Stream<Item = Row> {",
        ] {
            assert_eq!(translated(given), None, "{given}");
        }
    }
}
