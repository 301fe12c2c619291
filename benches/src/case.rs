//! The calls that are compared, and who makes them.

/// A call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    UnifiCreate,
    UnifiRead,
    UnifiPage,
    OmadaCreate,
    OmadaRead,
    OmadaPage,
}

impl Case {
    pub const ALL: [Self; 6] =
        [Self::UnifiCreate, Self::UnifiRead, Self::UnifiPage, Self::OmadaCreate, Self::OmadaRead, Self::OmadaPage];

    /// What measurements of it are filed under.
    pub fn name(self) -> &'static str {
        match self {
            Self::UnifiCreate => "unifi-create",
            Self::UnifiRead => "unifi-read",
            Self::UnifiPage => "unifi-page",
            Self::OmadaCreate => "omada-create",
            Self::OmadaRead => "omada-read",
            Self::OmadaPage => "omada-page",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|case| case.name() == name)
    }

    /// How many rows its answer has.
    pub fn rows(self) -> usize {
        match self {
            Self::UnifiPage | Self::OmadaPage => crate::answers::PAGE,
            _ => 1,
        }
    }
}

/// Somebody who makes the calls.
pub trait Side {
    /// What measurements are filed under.
    const NAME: &'static str;

    /// The calls that this side can make.
    const CASES: &'static [Case];

    /// Makes a call, reads its answer in full, drops it, and says how many rows it had. Whoever fails ends the measurement.
    fn call(&self, case: Case) -> impl Future<Output = usize> + Send;
}

/// Makes a call, and insists on the rows that its answer has.
pub async fn play<S: Side + Sync>(side: &S, case: Case) {
    assert_eq!(side.call(case).await, case.rows(), "the rows of {}", case.name());
}
