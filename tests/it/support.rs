//! A sandbox with a client for each vendor, and requests that are right.

use std::error::Error;
use std::fmt::Debug;

use hotspot_vouchers::{Connection, omada, unifi};
use hotspot_vouchers_sandbox::Sandbox;

/// Both controllers and their clients.
pub struct World {
    pub sandbox: Sandbox,
    pub omada: omada::Client,
    pub unifi: unifi::Client,
}

impl World {
    /// Clients that try each call once, so that a test sees what it answers.
    pub async fn start() -> Self {
        Self::connected(once()).await
    }

    pub async fn connected(connection: Connection) -> Self {
        Self::on(Sandbox::start().await, connection)
    }

    pub fn on(sandbox: Sandbox, connection: Connection) -> Self {
        let omada = omada::Client::builder(sandbox.omada().url())
            .omadac_id(sandbox.omada().omadac_id())
            .client_credentials(sandbox.omada().client_id(), sandbox.omada().client_secret())
            .connection(connection.clone())
            .build()
            .expect("the sandbox's own address and credentials");
        let unifi = unifi::Client::builder(sandbox.unifi().url())
            .api_key(sandbox.unifi().api_key())
            .connection(connection)
            .build()
            .expect("the sandbox's own address and key");
        Self { sandbox, omada, unifi }
    }

    /// A client of the same app, before it is set up otherwise.
    pub fn omada_builder(&self) -> omada::ClientBuilder {
        let omada = self.sandbox.omada();
        omada::Client::builder(omada.url())
            .omadac_id(omada.omadac_id())
            .client_credentials(omada.client_id(), omada.client_secret())
            .connection(once())
    }

    pub fn omada_site(&self) -> omada::Site {
        self.omada.site(self.sandbox.omada().site_id()).expect("the sandbox's own site")
    }

    pub fn unifi_site(&self) -> unifi::Site {
        self.unifi.site(self.sandbox.unifi().site_id().parse().expect("the sandbox's own site"))
    }

    /// Sends a request past the checks.
    pub async fn create_unchecked(&self, group: &omada::CreateVoucherGroup) -> Result<omada::GroupId, omada::Error> {
        let site = self.omada_site();
        let created = self.omada.generated().create_voucher_group(self.omada.omadac_id(), site.id(), group).await?;
        Ok(omada::GroupId::new(created.id.expect("the sandbox answers an id"))?)
    }

    /// Everything that nobody may see.
    pub fn secrets(&self) -> Vec<String> {
        let (omada, unifi) = (self.sandbox.omada(), self.sandbox.unifi());
        let mut secrets = [omada.client_secret(), omada.password(), unifi.api_key(), unifi.cloud_api_key()]
            .map(str::to_owned)
            .to_vec();
        secrets.extend(omada.tokens());
        secrets.extend(omada.codes());
        secrets.extend(unifi.codes());
        secrets
    }

    /// An error as its reader sees it, after every form in which it can be printed was searched for secrets.
    #[track_caller]
    pub fn shown<E: Error>(&self, error: &E) -> String {
        let mut shown = error.to_string();
        self.assert_no_secret(&format!("{error:?} {error:#?}"));
        let mut cause = error.source();
        while let Some(source) = cause {
            self.assert_no_secret(&format!("{source} {source:?}"));
            cause = source.source();
        }
        self.assert_no_secret(&shown);
        // Ports and ids differ from run to run.
        for (changing, fixed) in [
            (self.sandbox.omada().url(), "OMADA"),
            (self.sandbox.unifi().url(), "UNIFI"),
            (self.sandbox.unifi().cloud_url(), "CLOUD"),
            (self.sandbox.omada().omadac_id(), "OMADAC_ID"),
            (self.sandbox.omada().site_id(), "SITE_ID"),
            (self.sandbox.omada().rate_limit_profile_id(), "PROFILE_ID"),
        ] {
            shown = shown.replace(changing, fixed);
        }
        shown
    }

    /// Searches what a test prints for secrets.
    #[track_caller]
    pub fn assert_no_secret(&self, text: &str) {
        for secret in self.secrets() {
            assert!(!text.contains(&secret), "the secret {secret} is in: {text}");
        }
    }

    /// `Debug` of an answer, searched for secrets.
    #[track_caller]
    pub fn debugged(&self, answer: &impl Debug) -> String {
        let text = format!("{answer:?} {answer:#?}");
        self.assert_no_secret(&text);
        text
    }
}

/// Tries each call once.
pub fn once() -> Connection {
    Connection::new().attempts(1)
}

/// A voucher group that keeps to every rule, with every field that can stand beside the others.
pub fn group(name: &str) -> omada::CreateVoucherGroup {
    omada::CreateVoucherGroup::builder()
        .name(name)
        .amount(3)
        .code_length(8)
        .code_form([omada::CodeForm::Number, omada::CodeForm::Letter])
        .limit(omada::Limit::Uses(2))
        .duration(omada::Duration::PerVoucher { minutes: 60 })
        .timing(omada::TimingType::Usage)
        .rate_limit(omada::RateLimits::Kbps { down: Some(5000), up: Some(1000) })
        .traffic_limit(omada::TrafficLimit::Megabytes { limit: 500, every: omada::TrafficLimitFrequency::Daily })
        .price(omada::Price { unit_price: 5, currency: omada::Currency::Eur })
        .portals(omada::Portals::All)
        .validity(omada::Validity::AnyTime)
        .logout(true)
        .description("the lobby")
        .print_comments("Welcome")
        .build()
}

/// UniFi vouchers that keep to every rule, with every field.
pub fn vouchers(name: &str) -> unifi::CreateVouchers {
    unifi::CreateVouchers::builder()
        .name(name)
        .count(3)
        .authorized_guest_limit(2)
        .time_limit_minutes(60)
        .data_usage_limit_mbytes(500)
        .rx_rate_limit_kbps(5000)
        .tx_rate_limit_kbps(1000)
        .build()
}

/// The custom rate limit of a group that has one.
pub fn custom(group: &mut omada::CreateVoucherGroup) -> &mut omada::CustomRateLimit {
    group.rate_limit.custom_rate_limit.as_mut().expect("the group has a custom rate limit")
}

/// A group with a daily schedule.
pub fn daily(name: &str) -> omada::CreateVoucherGroup {
    let start = omada::TimeOfDay { hour: 8, minute: 30 };
    let end = omada::TimeOfDay { hour: 18, minute: 0 };
    with_validity(name, omada::Validity::Daily { start, end })
}

/// A group that is valid on some days of the week.
pub fn weekly(name: &str) -> omada::CreateVoucherGroup {
    with_validity(name, omada::Validity::Weekly { days: vec![omada::Weekday::Saturday, omada::Weekday::Sunday] })
}

/// A small group with another validity.
pub fn with_validity(name: &str, validity: omada::Validity) -> omada::CreateVoucherGroup {
    omada::CreateVoucherGroup::builder()
        .name(name)
        .amount(1)
        .code_length(6)
        .code_form([omada::CodeForm::Number])
        .limit(omada::Limit::Unlimited)
        .duration(omada::Duration::PerClient { minutes: 1 })
        .timing(omada::TimingType::Time)
        .rate_limit(omada::RateLimits::None)
        .traffic_limit(omada::TrafficLimit::None)
        .portals(omada::Portals::All)
        .validity(validity)
        .build()
}

/// The schedule of a group that has one.
pub fn schedule(group: &mut omada::CreateVoucherGroup) -> &mut omada::VoucherSchedule {
    group.schedule.as_mut().expect("the group has a schedule")
}
