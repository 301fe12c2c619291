use crate::canned::Canned;
use crate::omada::call::Call;
use crate::omada::envelope;

/// From one second to another, both counted in: a client asks up to "now", and means it.
pub(crate) struct Period {
    pub(crate) start: i64,
    pub(crate) end: i64,
}

impl Period {
    pub(crate) fn read(call: &Call<'_>) -> Result<Self, Canned> {
        let second = |name| call.required_number(name);
        let period = Self { start: second("filters.timeStart")?, end: second("filters.timeEnd")? };
        if period.end < period.start {
            return Err(envelope::invalid("filters.timeEnd", "is before filters.timeStart"));
        }
        Ok(period)
    }

    pub(crate) fn contains(&self, second: i64) -> bool {
        (self.start..=self.end).contains(&second)
    }
}
