//! The calls of UniFi: methods of its client, its site and its cloud, with arguments that are right.

use hotspot_vouchers::unifi::{ClientAction, ClientActionName, Error, IdempotencyKey, Voucher, VoucherQuery};

use super::operations::{NAME, read};
use super::stage::Stage;
use crate::support::vouchers;

pub async fn call(method: &str, stage: &Stage) -> Result<Vec<String>, Error> {
    let site = stage.world.unifi_site();
    let key = IdempotencyKey::new("1042").expect("a key");
    let created = match method {
        "create_vouchers" => site.create_vouchers(&vouchers(NAME)).await?,
        "create_vouchers_once" => site.create_vouchers_once(&vouchers(NAME), &key).await?,
        "create_vouchers_once, cloud" => stage.cloud_site.create_vouchers_once(&vouchers(NAME), &key).await?,
        _ => {
            others(method, stage).await?;
            return Ok(Vec::new());
        }
    };
    Ok(created.iter().map(|voucher| voucher.id.to_string()).collect())
}

async fn others(method: &str, stage: &Stage) -> Result<(), Error> {
    let (client, site, id) = (&stage.world.unifi, stage.world.unifi_site(), stage.unifi_vouchers[0]);
    match method {
        "info" => drop(client.info().await?),
        "sites" => read(client.sites(None)).await?,
        "find_site" => drop(client.find_site("Default").await?),
        "count_sites" => drop(client.count_sites(None).await?),
        "voucher" => drop(site.voucher(id).await?),
        "vouchers" => read(site.vouchers(None)).await?,
        "voucher_page" => drop(site.voucher_page(&VoucherQuery::builder().limit(1).offset(1).build()).await?),
        "voucher_by_code" => drop(site.voucher_by_code(&stage.world.sandbox.unifi().codes()[0]).await?),
        "count_vouchers" => drop(site.count_vouchers(None).await?),
        "client" => drop(site.client(stage.guest).await?),
        "clients" => read(site.clients(None)).await?,
        "count_clients" => drop(site.count_clients(None).await?),
        "consoles" => read(stage.cloud.consoles()).await?,
        "console_page" => drop(stage.cloud.console_page(None).await?),
        "delete_voucher" => drop(site.delete_voucher(id).await?),
        "delete_vouchers" => drop(site.delete_vouchers(&Voucher::ID.eq(id)).await?),
        "purge" => drop(site.plan_purge(Voucher::ID.eq(id)).await?.run().await?),
        "execute_client_action" => {
            let action = ClientAction::builder().action(ClientActionName::AuthorizeGuestAccess).time_limit_minutes(60);
            drop(site.execute_client_action(stage.guest, &action.build()).await?);
        }
        _ => unreachable!("{method}"),
    }
    Ok(())
}
