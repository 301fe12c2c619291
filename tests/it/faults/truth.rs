//! What there is to read, and which lies about it show.

use hotspot_vouchers_sandbox::{Fault, Issued, IssuedVoucher};
use tokio::time::sleep;

use super::answer::Answer;
use super::operations::call;
use super::outcome::LATE;
use super::stage::Stage;

/// What a read answers where nothing fails: what the books say, as far as they tell, and otherwise what the controller says once
/// it is well again.
pub async fn truth(name: &str, stage: &Stage) -> Answer {
    match in_books(name, stage) {
        Some(rows) => Answer { rows, ..Answer::default() },
        None => {
            let told = call(name, stage).await.unwrap_or_else(|failure| panic!("{name}: {}", failure.shown));
            sleep(LATE).await;
            told
        }
    }
}

/// The groups and vouchers that a read means.
fn in_books(name: &str, stage: &Stage) -> Option<Vec<String>> {
    let (omada, unifi) = (stage.world.sandbox.omada().books(), stage.world.sandbox.unifi().books());
    let row = |voucher: &IssuedVoucher| format!("{} {}", voucher.id, voucher.code);
    let vouchers = |issued: &[Issued]| -> Vec<IssuedVoucher> {
        issued.iter().flat_map(|issued| issued.vouchers.clone()).filter(|voucher| voucher.exists).collect()
    };
    let (first, console) = (vouchers(&omada[..1]), vouchers(&unifi));
    let with_code = |code: &str| vouchers(&omada).iter().filter(|voucher| voucher.code == code).map(row).collect();
    Some(match name {
        "omada voucher_groups" | "omada voucher_group_options" => {
            omada.iter().filter_map(|issued| issued.group.as_ref()).map(|group| group.id.clone()).collect()
        }
        "omada voucher_group" | "omada vouchers_of_group" => first.iter().map(row).collect(),
        "omada codes_of_group" | "omada unused_vouchers_of_group" | "omada unused_vouchers_of_groups" => {
            first.iter().map(|voucher| voucher.code.clone()).collect()
        }
        "omada voucher" => vec![row(&first[0])],
        "omada selected_vouchers" => vec![first[0].code.clone()],
        "omada find_voucher" => with_code(stage.code.as_str()),
        "unifi vouchers" => console.iter().map(row).collect(),
        "unifi voucher" | "unifi voucher_by_code" => vec![row(&console[0])],
        "unifi voucher_page" => vec![row(&console[1])],
        "unifi count_vouchers" => vec![console.len().to_string()],
        _ => return None,
    })
}

/// Whether it shows that a controller says something else than the truth. Who asks for a number, or for one page, gets the one
/// that the controller tells; and who searches does not find what has another code.
pub fn can_be_told(name: &str, fault: &Fault) -> bool {
    let is_one_answer = name.contains(" count_") || name.ends_with("_page") || name == "omada voucher_group";
    let is_search = ["omada find_voucher", "unifi voucher_by_code", "unifi find_site"].contains(&name);
    match fault {
        Fault::WrongTotal(_) | Fault::RepeatPage | Fault::HugeNumbers => !is_one_answer,
        Fault::DropQuery | Fault::CapPage { .. } => !is_one_answer,
        Fault::EndlessPages | Fault::Bottomless(_) => !is_one_answer && !is_search,
        _ => true,
    }
}
