//! Every operation that creates, reads or deletes, as a call of a site.

use futures_util::{Stream, StreamExt, pin_mut};
use hotspot_vouchers::error::Refusal;
use hotspot_vouchers::omada::{Selection, Timestamp, VoucherStatus};
use hotspot_vouchers::unifi::{IdempotencyKey, Voucher};
use hotspot_vouchers::{Error, omada};
use jiff::ToSpan;

use super::stage::{Failure, Stage};
use crate::support::{group, vouchers};

/// What an operation does to the vouchers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Create,
    Read,
    Delete,
}

/// The name of what is created under a fault.
pub const NAME: &str = "under a fault";

/// A call, what it does, and the pattern of its requests.
pub const OPERATIONS: &[(&str, Kind, &str)] = &[
    ("omada create_voucher_group", Kind::Create, "POST *voucher-groups"),
    ("omada voucher_group", Kind::Read, "GET *voucher-groups/{id}"),
    ("omada voucher_groups", Kind::Read, "GET *voucher-groups"),
    ("omada vouchers_of_group", Kind::Read, "GET *voucher-groups/{id}"),
    ("omada voucher", Kind::Read, "GET *vouchers/{id}"),
    ("omada unused_vouchers_of_group", Kind::Read, "GET *print-unused"),
    ("omada selected_vouchers", Kind::Read, "POST *vouchers/batch/print"),
    ("omada voucher_summary", Kind::Read, "GET *statistics/summary"),
    ("omada voucher_history", Kind::Read, "GET *statistics/history"),
    ("omada sites", Kind::Read, "GET */sites"),
    ("omada portals", Kind::Read, "GET *portals"),
    ("omada authed_records", Kind::Read, "GET *authed-records"),
    ("omada delete_voucher_group", Kind::Delete, "DELETE *voucher-groups/{id}"),
    ("omada delete_voucher_groups", Kind::Delete, "POST *voucher-groups/batch/delete"),
    ("omada delete_voucher", Kind::Delete, "DELETE *vouchers/{id}"),
    ("omada delete_vouchers", Kind::Delete, "POST *vouchers/batch/delete"),
    ("unifi create_vouchers", Kind::Create, "POST *vouchers"),
    ("unifi create_vouchers_once", Kind::Create, "POST *vouchers"),
    ("unifi create_vouchers_once, cloud", Kind::Create, "POST *vouchers"),
    ("unifi info", Kind::Read, "GET *info"),
    ("unifi sites", Kind::Read, "GET *sites"),
    ("unifi voucher", Kind::Read, "GET *vouchers/{id}"),
    ("unifi vouchers", Kind::Read, "GET *vouchers"),
    ("unifi clients", Kind::Read, "GET *clients"),
    ("unifi delete_voucher", Kind::Delete, "DELETE *vouchers/{id}"),
    ("unifi delete_vouchers", Kind::Delete, "DELETE *vouchers"),
];

/// What a call may delete: nobody may lose anything else.
pub fn targets(name: &str, stage: &Stage) -> Vec<String> {
    match name {
        "omada delete_voucher_group" | "omada delete_voucher_groups" => {
            let group = stage.groups[0].to_string();
            let issued =
                stage.books().into_iter().find(|issued| issued.group.as_ref().is_some_and(|it| it.id == group));
            let vouchers = issued.expect("the group").vouchers.into_iter().map(|voucher| voucher.id);
            vouchers.chain([group]).collect()
        }
        "omada delete_voucher" | "omada delete_vouchers" => vec![stage.omada_vouchers[0].to_string()],
        _ => vec![stage.unifi_vouchers[0].to_string()],
    }
}

/// Makes the call. Creates answer the ids of what they created, and reads the number of rows.
pub async fn call(name: &str, stage: &Stage) -> Result<Vec<String>, Failure> {
    match name.split_once(' ') {
        Some(("omada", method)) => omada(method, stage).await.map_err(|error| Failure::of(&error)),
        Some((_, method)) => unifi(method, stage).await.map_err(|error| Failure::of(&error)),
        None => unreachable!("{name} names no vendor"),
    }
}

async fn omada(method: &str, stage: &Stage) -> Result<Vec<String>, omada::Error> {
    let (client, site, id) = (&stage.world.omada, stage.world.omada_site(), &stage.groups[0]);
    let now = Timestamp::now();
    let one = || Selection::Only(vec![stage.omada_vouchers[0].clone()]);
    let groups = omada::SelectVoucherGroup::builder().selection(Selection::Only(vec![id.clone()])).build();
    match method {
        "create_voucher_group" => return Ok(vec![site.create_voucher_group(&group(NAME)).await?.to_string()]),
        "voucher_group" => drop(site.voucher_group(id, &omada::VoucherGroupQuery::full_pages().build()).await?),
        "voucher_groups" => {
            read(site.voucher_groups(omada::VoucherGroupListQuery::builder().page(1).page_size(1).build())).await?
        }
        "vouchers_of_group" => {
            read(site.vouchers_of_group(id, omada::VoucherGroupQuery::builder().page(1).page_size(1).build())).await?
        }
        "voucher" => drop(site.voucher(&stage.omada_vouchers[0]).await?),
        "unused_vouchers_of_group" => drop(site.unused_vouchers_of_group(id).await?),
        "selected_vouchers" => {
            let request =
                omada::SelectIds::builder().group_id(id.as_str()).selection(one()).status(VoucherStatus::Unused);
            drop(site.selected_vouchers(&request.build()).await?);
        }
        "voucher_summary" => drop(site.voucher_summary().await?),
        "voucher_history" => drop(site.voucher_history(now - 1.hour()..now).await?),
        "sites" => read(client.sites(omada::SiteListQuery::full_pages().build())).await?,
        "portals" => drop(site.portals().await?),
        "authed_records" => read(site.authed_records(omada::AuthedRecordListQuery::full_pages().build())).await?,
        "delete_voucher_group" => site.delete_voucher_group(id).await?,
        "delete_voucher_groups" => site.delete_voucher_groups(&groups).await?,
        "delete_voucher" => site.delete_voucher(&stage.omada_vouchers[0]).await?,
        "delete_vouchers" => {
            let request =
                omada::SelectIds::builder().group_id(id.as_str()).selection(one()).status(VoucherStatus::Unused);
            site.delete_vouchers(&request.build()).await?;
        }
        _ => unreachable!("{method}"),
    }
    Ok(Vec::new())
}

async fn unifi(method: &str, stage: &Stage) -> Result<Vec<String>, hotspot_vouchers::unifi::Error> {
    let (client, site, id) = (&stage.world.unifi, stage.world.unifi_site(), stage.unifi_vouchers[0]);
    let key = IdempotencyKey::new("1042").expect("a key");
    let created = match method {
        "create_vouchers" => site.create_vouchers(&vouchers(NAME)).await?,
        "create_vouchers_once" => site.create_vouchers_once(&vouchers(NAME), &key).await?,
        "create_vouchers_once, cloud" => stage.cloud_site.create_vouchers_once(&vouchers(NAME), &key).await?,
        _ => {
            match method {
                "info" => drop(client.info().await?),
                "sites" => read(client.sites(None)).await?,
                "voucher" => drop(site.voucher(id).await?),
                "vouchers" => read(site.vouchers(None)).await?,
                "clients" => read(site.clients(None)).await?,
                "delete_voucher" => drop(site.delete_voucher(id).await?),
                "delete_vouchers" => drop(site.delete_vouchers(&Voucher::ID.eq(id)).await?),
                _ => unreachable!("{method}"),
            }
            return Ok(Vec::new());
        }
    };
    Ok(created.iter().map(|voucher| voucher.id.to_string()).collect())
}

/// Reads a list to its end. What is told of its rows is part of it.
pub async fn read<T, A: Refusal>(rows: impl Stream<Item = Result<T, Error<A>>>) -> Result<(), Error<A>> {
    pin_mut!(rows);
    while let Some(row) = rows.next().await {
        match row {
            Ok(_) | Err(Error::Moved(_) | Error::Unreadable(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
