//! The setters of requests that write more than one field. Each can be called once.

use std::ops::Range;

use jiff::Timestamp;

use super::generated::types::{
    CreateRateLimitProfileBuilder, CreateVoucherGroupBuilder, CustomRateLimit, DeleteFilterInfoBuilder, DurationType,
    ExportVoucherBuilder, LimitType, RateLimit, RateLimitMode, ScheduleType, SelectIdsBuilder,
    SelectVoucherGroupBuilder, TimingType, ValidityType, VoucherSchedule, create_rate_limit_profile_builder as profile,
    create_voucher_group_builder as state, delete_filter_info_builder as records, export_voucher_builder as export,
    select_ids_builder as vouchers, select_voucher_group_builder as groups,
};
use super::ids::{GroupId, VoucherId};
use super::selection::Selection;
use super::setting::{Duration, Limit, Portals, Price, RateLimits, TrafficLimit, Validity};
use super::time::{UnixMillis, UnixSeconds};

use state::{IsUnset, State};

/// The state of a builder on which the limit is set.
type WithLimit<S> = state::SetLimitNum<state::SetLimitType<S>>;
type WithDuration<S> = state::SetDuration<state::SetDurationType<S>>;
type WithTrafficLimit<S> = state::SetTrafficLimitFrequency<state::SetTrafficLimit<state::SetTrafficLimitEnable<S>>>;
type WithPrice<S> = state::SetCurrency<state::SetUnitPrice<S>>;
type WithPortals<S> = state::SetPortals<state::SetApplyToAllPortals<S>>;
type WithValidity<S> = state::SetSchedule<state::SetExpirationTime<state::SetEffectiveTime<state::SetValidityType<S>>>>;

impl<S: State> CreateVoucherGroupBuilder<S> {
    /// What limits the use of a voucher.
    pub fn limit(self, limit: Limit) -> CreateVoucherGroupBuilder<WithLimit<S>>
    where
        S::LimitType: IsUnset,
        S::LimitNum: IsUnset,
    {
        let (limit_type, limit_num) = match limit {
            Limit::Uses(uses) => (LimitType::UsageCounts, Some(uses)),
            Limit::OnlineUsers(users) => (LimitType::OnlineUsers, Some(users)),
            Limit::Unlimited => (LimitType::Unlimited, None),
        };
        self.set_limit_type(limit_type).maybe_set_limit_num(limit_num)
    }

    /// How long a voucher lasts, and whose time counts.
    pub fn duration(self, duration: Duration) -> CreateVoucherGroupBuilder<WithDuration<S>>
    where
        S::DurationType: IsUnset,
        S::Duration: IsUnset,
    {
        let (duration_type, minutes) = match duration {
            Duration::PerClient { minutes } => (DurationType::Client, minutes),
            Duration::PerVoucher { minutes } => (DurationType::Voucher, minutes),
        };
        self.set_duration_type(duration_type).set_duration(minutes)
    }

    /// Which time counts towards the duration.
    pub fn timing(self, timing: TimingType) -> CreateVoucherGroupBuilder<state::SetTimingType<S>>
    where
        S::TimingType: IsUnset,
    {
        self.set_timing_type(timing)
    }

    /// How fast a client may be.
    pub fn rate_limit(self, limits: RateLimits) -> CreateVoucherGroupBuilder<state::SetRateLimit<S>>
    where
        S::RateLimit: IsUnset,
    {
        let custom = |down: Option<i64>, up: Option<i64>| RateLimit {
            mode: RateLimitMode::Custom,
            rate_limit_profile_id: None,
            custom_rate_limit: Some(CustomRateLimit {
                down_limit_enable: down.is_some(),
                down_limit: down,
                up_limit_enable: up.is_some(),
                up_limit: up,
            }),
        };
        self.set_rate_limit(match limits {
            RateLimits::None => custom(None, None),
            RateLimits::Kbps { down, up } => custom(down, up),
            RateLimits::Profile(id) => {
                RateLimit { mode: RateLimitMode::Profile, rate_limit_profile_id: Some(id), custom_rate_limit: None }
            }
        })
    }

    /// How much traffic a voucher is good for.
    pub fn traffic_limit(self, limit: TrafficLimit) -> CreateVoucherGroupBuilder<WithTrafficLimit<S>>
    where
        S::TrafficLimitEnable: IsUnset,
        S::TrafficLimit: IsUnset,
        S::TrafficLimitFrequency: IsUnset,
    {
        let (megabytes, frequency) = match limit {
            TrafficLimit::None => (None, None),
            TrafficLimit::Megabytes { limit, every } => (Some(limit), Some(every)),
        };
        self.set_traffic_limit_enable(megabytes.is_some())
            .maybe_set_traffic_limit(megabytes)
            .maybe_set_traffic_limit_frequency(frequency)
    }

    /// What a voucher costs. Without this, it has no price.
    pub fn price(self, price: Price) -> CreateVoucherGroupBuilder<WithPrice<S>>
    where
        S::UnitPrice: IsUnset,
        S::Currency: IsUnset,
    {
        self.set_unit_price(price.unit_price).set_currency(price.currency)
    }

    /// Which portals a voucher opens.
    pub fn portals(self, portals: Portals) -> CreateVoucherGroupBuilder<WithPortals<S>>
    where
        S::ApplyToAllPortals: IsUnset,
        S::Portals: IsUnset,
    {
        let ids = match portals {
            Portals::All => None,
            Portals::Only(ids) => Some(ids),
        };
        self.set_apply_to_all_portals(ids.is_none()).maybe_set_portals(ids)
    }

    /// When a voucher can be used. Without this, the controller decides, which is at any time.
    pub fn validity(self, validity: Validity) -> CreateVoucherGroupBuilder<WithValidity<S>>
    where
        S::ValidityType: IsUnset,
        S::EffectiveTime: IsUnset,
        S::ExpirationTime: IsUnset,
        S::Schedule: IsUnset,
    {
        let (validity_type, period, schedule) = match validity {
            Validity::AnyTime => (ValidityType::AnyTime, None, None),
            Validity::Between { effective, expiration } => (ValidityType::Period, Some((effective, expiration)), None),
            Validity::Daily { start, end } => {
                let schedule = VoucherSchedule::builder()
                    .type_(ScheduleType::Daily)
                    .daily_start_hour(start.hour)
                    .daily_start_min(start.minute)
                    .daily_end_hour(end.hour)
                    .daily_end_min(end.minute);
                (ValidityType::Schedule, None, Some(schedule.build()))
            }
            Validity::Weekly { days } => {
                let schedule = VoucherSchedule::builder().type_(ScheduleType::Weekly).weekly_enable_days(days);
                (ValidityType::Schedule, None, Some(schedule.build()))
            }
        };
        self.set_validity_type(validity_type)
            .maybe_set_effective_time(period.map(|(effective, _)| UnixMillis::from(effective)))
            .maybe_set_expiration_time(period.map(|(_, expiration)| UnixMillis::from(expiration)))
            .maybe_set_schedule(schedule)
    }
}

impl<S: groups::State> SelectVoucherGroupBuilder<S> {
    /// Which groups of the site.
    pub fn selection(
        self,
        selection: Selection<GroupId>,
    ) -> SelectVoucherGroupBuilder<groups::SetGroupIds<groups::SetType<S>>>
    where
        S::Type: groups::IsUnset,
        S::GroupIds: groups::IsUnset,
    {
        let (select_type, ids) = selection.fields();
        self.set_type_(select_type).maybe_set_group_ids(ids)
    }
}

impl<S: vouchers::State> SelectIdsBuilder<S> {
    /// Which vouchers of the group.
    pub fn selection(self, selection: Selection<VoucherId>) -> SelectIdsBuilder<vouchers::SetIds<vouchers::SetType<S>>>
    where
        S::Type: vouchers::IsUnset,
        S::Ids: vouchers::IsUnset,
    {
        let (select_type, ids) = selection.fields();
        self.set_type_(select_type).maybe_set_ids(ids)
    }
}

impl<S: export::State> ExportVoucherBuilder<S> {
    /// The vouchers of which groups.
    pub fn selection(
        self,
        selection: Selection<GroupId>,
    ) -> ExportVoucherBuilder<export::SetGroupIds<export::SetType<S>>>
    where
        S::Type: export::IsUnset,
        S::GroupIds: export::IsUnset,
    {
        let (select_type, ids) = selection.fields();
        self.set_type_(select_type).maybe_set_group_ids(ids)
    }
}

type WithDown<S> = profile::SetDownLimit<profile::SetDownLimitEnable<S>>;
type WithUp<S> = profile::SetUpLimit<profile::SetUpLimitEnable<S>>;

impl<S: profile::State> CreateRateLimitProfileBuilder<S> {
    /// The limits of the downlink and the uplink in kbit/s, each of which can be left out.
    pub fn rate_limit_kbps(
        self,
        down: Option<i64>,
        up: Option<i64>,
    ) -> CreateRateLimitProfileBuilder<WithUp<WithDown<S>>>
    where
        S::DownLimitEnable: profile::IsUnset,
        S::DownLimit: profile::IsUnset,
        S::UpLimitEnable: profile::IsUnset,
        S::UpLimit: profile::IsUnset,
    {
        self.set_down_limit_enable(down.is_some())
            .maybe_set_down_limit(down)
            .set_up_limit_enable(up.is_some())
            .maybe_set_up_limit(up)
    }
}

impl<S: records::State> DeleteFilterInfoBuilder<S> {
    /// The period of the records, in whole seconds.
    pub fn period(self, period: Range<Timestamp>) -> DeleteFilterInfoBuilder<records::SetEnd<records::SetStart<S>>>
    where
        S::Start: records::IsUnset,
        S::End: records::IsUnset,
    {
        self.set_start(UnixSeconds::from(period.start)).set_end(UnixSeconds::from(period.end))
    }
}
