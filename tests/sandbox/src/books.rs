use std::collections::HashSet;
use std::fmt;

/// Vouchers that were issued together, by one request.
///
/// The books forget nothing: what was deleted since then is in them, marked as gone.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Issued {
    /// [The number](crate::Received::number) of the request that was carried out; none where a test put the voucher there.
    pub request: Option<u64>,
    /// When, on the sandbox clock, in milliseconds since 1970-01-01T00:00:00Z.
    pub unix_millis: i64,
    /// The name that the request gave: of the group at Omada, of each voucher at UniFi.
    pub name: String,
    /// The voucher group; none at UniFi, which has no groups.
    pub group: Option<IssuedGroup>,
    /// What was issued, in the order of issue.
    pub vouchers: Vec<IssuedVoucher>,
}

/// A voucher group that was created.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct IssuedGroup {
    /// 24 hexadecimal digits.
    pub id: String,
    /// Whether it is still there.
    pub exists: bool,
}

/// A voucher that was issued. `Debug` does not show the code.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct IssuedVoucher {
    /// 24 hexadecimal digits at Omada, a UUID at UniFi.
    pub id: String,
    /// What a guest types.
    pub code: String,
    /// Whether it is still there.
    pub exists: bool,
}

impl fmt::Debug for IssuedVoucher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IssuedVoucher").field("id", &self.id).field("exists", &self.exists).finish_non_exhaustive()
    }
}

impl Issued {
    /// An entry as it is written when vouchers are issued, each an id and a code.
    pub(crate) fn new<'v>(
        request: Option<u64>,
        unix_millis: i64,
        name: &str,
        vouchers: impl IntoIterator<Item = (&'v str, &'v str)>,
    ) -> Self {
        let voucher =
            |(id, code): (&str, &str)| IssuedVoucher { id: id.to_owned(), code: code.to_owned(), exists: true };
        let vouchers = vouchers.into_iter().map(voucher).collect();
        Self { request, unix_millis, name: name.to_owned(), group: None, vouchers }
    }

    pub(crate) fn in_group(mut self, id: &str) -> Self {
        self.group = Some(IssuedGroup { id: id.to_owned(), exists: true });
        self
    }

    /// The entry as it stands now, where these groups and vouchers are left.
    pub(crate) fn as_of_now(&self, groups: &HashSet<&str>, vouchers: &HashSet<&str>) -> Self {
        let mut issued = self.clone();
        issued.group.iter_mut().for_each(|group| group.exists = groups.contains(group.id.as_str()));
        issued.vouchers.iter_mut().for_each(|voucher| voucher.exists = vouchers.contains(voucher.id.as_str()));
        issued
    }
}
