use std::path::PathBuf;
fn main() {
    let root = PathBuf::from(std::env::var("ROOT").unwrap_or(".".into()));
    let repo = xtask_docs::Repository::open(&root).unwrap();
    let paths: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    let e = repo.examine(&paths).unwrap();
    for d in &e.differences { println!("{} {} | {} | {} | spec {:?} | page {:?} | {} {:?} | {}", d.vendor, d.operation, d.place, d.attribute, d.spec, d.page, d.at, d.event, d.seen); }
    for u in &e.unreadable { println!("UNREADABLE {u:?}"); }
    println!("{} differences, {} pages {} ops, {} reworded, {:?}", e.differences.len(), e.pages, e.operations, e.reworded, e.verdict());
}
