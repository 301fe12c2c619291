//! One of many tills: it sells, reads and deletes by lot, and writes down what it was told.

use std::time::Duration;

use fastrand::Rng;
use futures_util::TryStreamExt;
use hotspot_vouchers::error::Refusal;
use hotspot_vouchers::unifi::{IdempotencyKey, Pattern, Uuid, Voucher};
use hotspot_vouchers::{Error, List, VoucherCode, omada, unifi};
use tokio::time::{sleep, timeout};

use super::answer::Answer;
use super::outcome::DEADLINE;
use super::stage::Stage;
use crate::support::{group, vouchers};

/// More than any list here has, even where a controller makes it longer for a while.
const PAGES: u32 = 60;

/// When everything that is late was carried out. An attempt to create a group that comes later than the delete of the group,
/// which the next attempt had created, creates it once more.
const LATEST_COMMIT: Duration = Duration::from_secs(60);

/// What a till asked for, as far as the books can tell.
#[derive(Debug, Clone)]
pub enum Deed {
    /// A create under this name, which no other has.
    Create { name: String, key: Option<IdempotencyKey> },
    /// Groups or vouchers that are to go.
    Delete(Vec<String>),
    /// Something to read, with the ids of what is known to be in it.
    Read(Vec<String>),
}

/// What a till was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Word {
    Done,
    NotDone,
    Unclear,
}

/// An operation, and what came of it.
#[derive(Debug)]
pub struct Told {
    pub operation: &'static str,
    pub deed: Deed,
    pub word: Word,
    /// What was told: each row by its id, or its group's, and the code behind it where it has one.
    pub answer: Answer,
    /// The error, where it is one.
    pub shown: String,
}

/// Where a till has its vouchers from.
pub enum Door {
    Omada(omada::Site),
    Unifi(unifi::Site),
}

pub struct Till {
    number: usize,
    door: Door,
    lots: Rng,
    groups: Vec<omada::GroupId>,
    vouchers: Vec<Uuid>,
    pub told: Vec<Told>,
}

type Outcome = Result<Answer, (Word, String)>;

impl Till {
    /// Three of eight tills stand at the Omada controller, three at the console, and two behind its cloud.
    pub fn new(number: usize, seed: u64, stage: &Stage) -> Self {
        let door = match number % 8 {
            0..3 => Door::Omada(stage.world.omada_site()),
            3..6 => Door::Unifi(stage.world.unifi_site()),
            _ => Door::Unifi(stage.cloud_site.clone()),
        };
        let lots = Rng::with_seed(seed.wrapping_mul(1000).wrapping_add(number as u64));
        Self { number, door, lots, groups: Vec::new(), vouchers: Vec::new(), told: Vec::new() }
    }

    /// The next operation, to its end.
    pub async fn work(&mut self) {
        let (operation, deed, outcome) = match self.door {
            Door::Omada(ref site) => self.at_omada(&site.clone()).await,
            Door::Unifi(ref site) => self.at_unifi(&site.clone()).await,
        };
        let (answer, word, shown) = match outcome {
            Ok(answer) => (answer, Word::Done, String::new()),
            Err((word, shown)) => (Answer::default(), word, shown),
        };
        self.told.push(Told { operation, deed, word, answer, shown });
    }

    async fn at_omada(&mut self, site: &omada::Site) -> (&'static str, Deed, Outcome) {
        let name = format!("till {} no {}", self.number, self.told.len());
        let lot = self.lots.u8(..12);
        if lot >= 9 {
            sleep(LATEST_COMMIT).await;
        }
        let Some(id) = self.groups.last().cloned().filter(|_| lot >= 5) else {
            let created = ended(site.create_voucher_group(&group(&name))).await;
            self.groups.extend(created.as_ref().ok().cloned());
            let created = created.map(|id| Answer::ids([id]));
            return ("omada create_voucher_group", Deed::Create { name, key: None }, created);
        };
        let codes_of = |codes: Vec<VoucherCode>| Answer::ids(codes.iter().map(|code| format!("{id} {code}")));
        let nothing = |()| Answer::default();
        match lot {
            5 | 6 => {
                let codes = ended(site.codes_of_group(&id, 3, Duration::from_secs(30))).await;
                ("omada codes_of_group", Deed::Read(vec![id.to_string()]), codes.map(codes_of))
            }
            7 => {
                let query = omada::VoucherGroupListQuery::builder().page(1).page_size(100).build();
                let mine = self.groups.iter().map(ToString::to_string).collect();
                ("omada voucher_groups", Deed::Read(mine), listed(Answer::read(site.voucher_groups(query))).await)
            }
            8 => {
                let summary = ended(site.voucher_summary()).await;
                ("omada voucher_summary", Deed::Read(Vec::new()), summary.map(|_| Answer::default()))
            }
            9 => {
                self.groups.pop();
                let gone = ended(site.delete_voucher_group(&id)).await;
                ("omada delete_voucher_group", Deed::Delete(vec![id.to_string()]), gone.map(nothing))
            }
            10 => {
                let ids = std::mem::take(&mut self.groups);
                let selection = omada::Selection::Only(ids.clone());
                let groups = omada::SelectVoucherGroup::builder().selection(selection).build();
                let gone = ended(site.delete_voucher_groups(&groups)).await;
                let ids = ids.iter().map(ToString::to_string).collect();
                ("omada delete_voucher_groups", Deed::Delete(ids), gone.map(nothing))
            }
            _ => {
                let query = omada::VoucherGroupQuery::full_pages().build();
                let page = match ended(site.voucher_group(&id, &query)).await {
                    Ok(page) => page.data,
                    Err(failed) => return ("omada voucher_group", Deed::Read(Vec::new()), Err(failed)),
                };
                let row = page.as_ref().and_then(|rows| rows.first()?.id.clone());
                let Some(row) = row.and_then(|id| omada::VoucherId::new(id).ok()) else {
                    return ("omada voucher_group", Deed::Read(Vec::new()), Ok(Answer::list(page)));
                };
                // The group has fewer codes than before, and is left alone.
                self.groups.pop();
                let gone = ended(site.delete_voucher(&row)).await;
                ("omada delete_voucher", Deed::Delete(vec![row.to_string()]), gone.map(nothing))
            }
        }
    }

    async fn at_unifi(&mut self, site: &unifi::Site) -> (&'static str, Deed, Outcome) {
        let name = format!("till {} no {}", self.number, self.told.len());
        let lot = self.lots.u8(..12);
        let Some(&id) = self.vouchers.last().filter(|_| lot >= 5) else {
            let request = vouchers(&name);
            let key = (lot > 0).then(|| IdempotencyKey::new(format!("{}-{}", self.number, self.told.len())));
            let key = key.transpose().expect("a key");
            let (operation, created) = match &key {
                None => ("unifi create_vouchers", ended(site.create_vouchers(&request)).await),
                Some(key) => ("unifi create_vouchers_once", ended(site.create_vouchers_once(&request, key)).await),
            };
            let known = created.iter().filter(|created| created.unreadable().is_empty());
            self.vouchers.extend(known.flat_map(|created| created.iter().map(|voucher| voucher.id)));
            return (operation, Deed::Create { name, key }, created.and_then(all_of));
        };
        match lot {
            5 | 6 => {
                let found = ended(site.voucher(id)).await;
                ("unifi voucher", Deed::Read(vec![id.to_string()]), found.map(|voucher| Answer::row(&voucher)))
            }
            7 | 8 => {
                let mine = Voucher::NAME.like(Pattern::contains(&format!("till {} ", self.number)));
                let ids = self.vouchers.iter().map(ToString::to_string).collect();
                ("unifi vouchers", Deed::Read(ids), listed(Answer::read(site.vouchers(mine))).await)
            }
            9 => {
                self.vouchers.pop();
                let gone = ended(site.delete_voucher(id)).await;
                (
                    "unifi delete_voucher",
                    Deed::Delete(vec![id.to_string()]),
                    gone.map(|was| Answer::deleted(i64::from(was))),
                )
            }
            _ => {
                let ids = self.vouchers.split_off(self.vouchers.len().saturating_sub(2));
                let filter = Voucher::ID.is_in(ids.clone()).expect("ids");
                let gone = ended(site.delete_vouchers(&filter)).await;
                let ids = ids.iter().map(ToString::to_string).collect();
                ("unifi delete_vouchers", Deed::Delete(ids), gone.map(Answer::deleted))
            }
        }
    }
}

/// Vouchers that were created. Some that nobody could read are told to be there, and are not known by then.
fn all_of(created: List<Voucher>) -> Outcome {
    match created.unreadable() {
        [] => Ok(Answer::list(created)),
        unreadable => Err((Word::Unclear, format!("{} vouchers that cannot be read", unreadable.len()))),
    }
}

/// Waits for a call, which may not take longer than any call may.
async fn ended<T, A: Refusal>(call: impl Future<Output = Result<T, Error<A>>>) -> Result<T, (Word, String)> {
    within(DEADLINE, call).await
}

/// Waits for a list, each of whose pages is a call.
async fn listed<A: Refusal>(list: impl Future<Output = Result<Answer, Error<A>>>) -> Outcome {
    within(DEADLINE * PAGES, list).await
}

async fn within<T, A: Refusal>(
    span: Duration,
    call: impl Future<Output = Result<T, Error<A>>>,
) -> Result<T, (Word, String)> {
    let told = timeout(span, call).await.expect("no call outlives its deadline");
    told.map_err(|error| {
        let word = if error.is_unclear() { Word::Unclear } else { Word::NotDone };
        (word, error.to_string())
    })
}

/// All rows of a list.
pub async fn all<T, A>(rows: impl futures_util::Stream<Item = Result<T, Error<A>>>) -> Vec<T>
where
    A: std::fmt::Debug,
{
    rows.try_collect().await.expect("a list of a controller that is well")
}
