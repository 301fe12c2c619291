//! Waits for the codes of a group, which the controller makes after it has created the group.

use std::collections::HashSet;
use std::time::Duration;

use futures_util::{StreamExt, pin_mut};
use tokio::time::{sleep, timeout};

use super::error::Error;
use super::generated::types::VoucherGroupQuery;
use super::ids::GroupId;
use super::site::Site;
use crate::error::Incomplete;
use crate::unexpected::Unexpected;
use crate::voucher_code::VoucherCode;

const OPERATION: &str = "readVoucherGroup";

/// How long to wait before it is looked for the second time; then twice as long each time.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
/// The longest pause. Controllers were seen to take some seconds.
const LONGEST_PAUSE: Duration = Duration::from_secs(4);

impl Site {
    /// Waits until a group has so many vouchers as were asked for, and reads their codes: all of them, each once.
    ///
    /// It looks at once, then again after pauses that grow to some seconds, and gives up when the deadline has passed since the
    /// call. It has to run where tokio has its timers switched on.
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
    /// [`Error::Incomplete`] with the group's id and the number of its codes, where there are fewer at the deadline, or where
    /// there are more at any time; the codes can be looked for again. Otherwise as for any call.
    pub async fn codes_of_group(
        &self,
        id: &GroupId,
        amount: i32,
        deadline: Duration,
    ) -> Result<Vec<VoucherCode>, Error> {
        self.client().line().check(OPERATION)?;
        let expected = i64::from(amount);
        let mut found = 0;
        let incomplete = |found| Error::Incomplete(Incomplete { group_id: id.to_string(), expected, found });
        let waiting = async {
            let mut pause = FIRST_PAUSE;
            loop {
                found = self.count_codes(id).await?;
                if found == expected
                    && let Some(codes) = self.read_codes(id).await?
                {
                    found = i64::try_from(codes.len()).unwrap_or(i64::MAX);
                    if found == expected {
                        return Ok(Some(codes));
                    }
                }
                if found > expected {
                    return Ok(None);
                }
                sleep(pause).await;
                pause = LONGEST_PAUSE.min(pause * 2);
            }
        };
        match timeout(deadline, waiting).await {
            Ok(Ok(Some(codes))) => Ok(codes),
            Ok(Err(error)) => Err(error),
            Ok(Ok(None)) | Err(_) => Err(incomplete(found)),
        }
    }

    /// How many vouchers a group has, at the price of the smallest page.
    async fn count_codes(&self, id: &GroupId) -> Result<i64, Error> {
        let query = VoucherGroupQuery::builder()
            .page(VoucherGroupQuery::PAGE_MIN)
            .page_size(VoucherGroupQuery::PAGE_SIZE_MIN)
            .build();
        let total = self.voucher_group(id, &query).await?.total_rows;
        Ok(total.ok_or_else(|| Unexpected::lacking(OPERATION))?)
    }

    /// The codes of a group, each once, unless vouchers came or went meanwhile.
    async fn read_codes(&self, id: &GroupId) -> Result<Option<Vec<VoucherCode>>, Error> {
        let (mut codes, mut seen) = (Vec::new(), HashSet::new());
        let vouchers = self.vouchers_of_group(id, VoucherGroupQuery::full_pages().build());
        pin_mut!(vouchers);
        while let Some(voucher) = vouchers.next().await {
            match voucher {
                Err(Error::Moved(_)) => return Ok(None),
                voucher => codes.extend(voucher?.code.filter(|code| seen.insert(code.clone()))),
            }
        }
        Ok(Some(codes))
    }
}
