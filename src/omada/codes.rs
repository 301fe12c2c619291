//! Waits for the codes of a group, which the controller generates after it has created the group.

use std::collections::HashSet;
use std::time::Duration;

use futures_util::{StreamExt, pin_mut};
use tokio::time::{sleep, timeout};

use super::error::Error;
use super::generated::Operation;
use super::generated::types::{VoucherGroupGrid, VoucherGroupQuery};
use super::ids::GroupId;
use super::rows::rows;
use super::site::Site;
use crate::error::Incomplete;
use crate::idempotency_key::IdempotencyKey;
use crate::unexpected::{Reason, Unexpected};
use crate::voucher_code::VoucherCode;

const OPERATION: &str = Operation::ReadVoucherGroup.id();

/// How long to wait before the second look; then twice as long each time.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
/// The longest pause. Controllers were seen to take some seconds.
const LONGEST_PAUSE: Duration = Duration::from_secs(4);

/// How far the codes of a group have come.
#[derive(Default)]
struct Progress {
    /// How many vouchers the controller counted in the last look.
    counted: i64,
    /// How many different codes were read after it, if they were read.
    read: Option<i64>,
}

impl Site {
    /// Waits until a group has the given number of vouchers, and returns their codes: all of them, each once.
    ///
    /// The client requests the group at once, then again after pauses that grow to 4 seconds. It gives up when the deadline has
    /// passed since the call. It also waits for vouchers that the controller counts and does not return yet.
    ///
    /// Needs the permission Site Hotspot Manager View Only.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use hotspot_vouchers::omada::{CreateVoucherGroup, Error, Site};
    ///
    /// # async fn example(site: &Site, group: &CreateVoucherGroup) -> Result<(), Error> {
    /// let id = site.create_voucher_group(group).await?;
    /// for code in site.codes_of_group(&id, group.amount, Duration::from_secs(30)).await? {
    ///     println!("{code}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The vendor's page and codes: [`readVoucherGroup`](super::generated::Client::read_voucher_group).
    ///
    /// # Errors
    /// - [`Error::Incomplete`] if the controller does not return all codes before the deadline, or if it counts more at any time. It
    ///   has the group's id, how many vouchers the controller counts and how many codes were read. The codes can be read again.
    /// - [`Error::Unexpected`] if the controller sends another group, whose codes are not returned.
    /// - Otherwise as for any call, which ends the waiting.
    pub async fn codes_of_group(
        &self,
        id: &GroupId,
        amount: i32,
        deadline: Duration,
    ) -> Result<Vec<VoucherCode>, Error> {
        self.client().line().check(OPERATION)?;
        self.codes_within(id, amount, deadline, None).await
    }

    /// The same. If the group was created with a key, its name has to carry the key's marker.
    pub(super) async fn codes_within(
        &self,
        id: &GroupId,
        amount: i32,
        deadline: Duration,
        key: Option<&IdempotencyKey>,
    ) -> Result<Vec<VoucherCode>, Error> {
        let expected = i64::from(amount);
        let mut progress = Progress::default();
        let waiting = async {
            let mut pause = FIRST_PAUSE;
            loop {
                progress = Progress { counted: self.count_codes(id, key).await?, read: None };
                if progress.counted > expected {
                    return Ok(None);
                }
                if progress.counted == expected
                    && let Some(codes) = self.read_codes(id, &mut progress).await?
                    && progress.read == Some(expected)
                {
                    return Ok(Some(codes));
                }
                sleep(pause).await;
                pause = LONGEST_PAUSE.min(pause * 2);
            }
        };
        match timeout(deadline, waiting).await {
            Ok(Ok(Some(codes))) => Ok(codes),
            Ok(Err(error)) => Err(error),
            Ok(Ok(None)) | Err(_) => {
                let Progress { counted, read } = progress;
                let (group_id, found) = (id.to_string(), read.unwrap_or(counted));
                Err(Error::Incomplete(Incomplete { group_id, expected, found, counted, is_created: false }))
            }
        }
    }

    /// How many vouchers a group has, at the price of the smallest page.
    async fn count_codes(&self, id: &GroupId, key: Option<&IdempotencyKey>) -> Result<i64, Error> {
        let query = VoucherGroupQuery::builder()
            .page(VoucherGroupQuery::PAGE_MIN)
            .page_size(VoucherGroupQuery::PAGE_SIZE_MIN)
            .build();
        let group = self.own_page(id, &query).await?;
        if let (Some(key), Some(name)) = (key, &group.name)
            && !key.is_in(name)
        {
            return Err(Unexpected::read(OPERATION, Reason::Mismatch("it is a group of another name")).into());
        }
        // A number below 0 says nothing.
        Ok(group.total_rows.ok_or_else(|| Unexpected::lacking(OPERATION))?.max(0))
    }

    /// A page of a group. If a response belongs to another request, its codes belong to another sale.
    async fn own_page(&self, id: &GroupId, query: &VoucherGroupQuery) -> Result<VoucherGroupGrid, Error> {
        let page = self.voucher_group(id, query).await?;
        match page.id.as_ref().is_none_or(|sent| sent.eq_ignore_ascii_case(id.as_str())) {
            true => Ok(page),
            false => Err(Unexpected::read(OPERATION, Reason::Mismatch("it is another group")).into()),
        }
    }

    /// The codes of a group, each once, unless its list changed meanwhile.
    async fn read_codes(&self, id: &GroupId, progress: &mut Progress) -> Result<Option<Vec<VoucherCode>>, Error> {
        let (mut codes, mut seen, mut is_still) = (Vec::new(), HashSet::new(), true);
        let (site, id) = (self.clone(), id.clone());
        let vouchers = rows(VoucherGroupQuery::full_pages().build(), move |query| {
            let (site, id) = (site.clone(), id.clone());
            async move { site.own_page(&id, &query).await }
        });
        pin_mut!(vouchers);
        progress.read = Some(0);
        while let Some(voucher) = vouchers.next().await {
            match voucher {
                // The codes behind it count all the same, for the error.
                Err(Error::Moved(_)) => is_still = false,
                Err(Error::Unexpected(told)) if told.reason == Reason::Endless => return Ok(None),
                voucher => {
                    // A code without a letter or a digit opens nothing, and counts as not sent yet.
                    let code = voucher?.code.filter(|code| code.as_str().contains(char::is_alphanumeric));
                    codes.extend(code.filter(|code| seen.insert(code.clone())));
                }
            }
            progress.read = i64::try_from(codes.len()).ok();
        }
        Ok(is_still.then_some(codes))
    }
}
