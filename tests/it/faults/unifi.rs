//! The calls of UniFi: methods of its client, its site and its cloud, with arguments that are right.

use hotspot_vouchers::List;
use hotspot_vouchers::unifi::{ClientAction, ClientActionName, Error, IdempotencyKey, Voucher, VoucherQuery};

use super::answer::Answer;
use super::operations::NAME;
use super::stage::Stage;
use crate::support::vouchers;

pub async fn call(method: &str, stage: &Stage) -> Result<Answer, Error> {
    let (client, site, id) = (&stage.world.unifi, stage.world.unifi_site(), stage.unifi_vouchers[0]);
    let key = IdempotencyKey::new("1042").expect("a key");
    Ok(match method {
        "create_vouchers" => created(&site.create_vouchers(&vouchers(NAME)).await?),
        "create_vouchers_once" => created(&site.create_vouchers_once(&vouchers(NAME), &key).await?),
        "create_vouchers_once, cloud" => created(&stage.cloud_site.create_vouchers_once(&vouchers(NAME), &key).await?),
        "info" => Answer::row(&client.info().await?),
        "sites" => Answer::read(client.sites(None)).await?,
        "find_site" => Answer::ids(client.find_site("Default").await?.map(|site| site.id())),
        "count_sites" => Answer::ids([client.count_sites(None).await?]),
        "voucher" => Answer::row(&site.voucher(id).await?),
        "vouchers" => Answer::read(site.vouchers(None)).await?,
        "voucher_page" => {
            let query = VoucherQuery::builder().limit(1).offset(1).build();
            Answer::list(site.voucher_page(&query).await?.data)
        }
        "voucher_by_code" => Answer::found(site.voucher_by_code(&stage.world.sandbox.unifi().codes()[0]).await?),
        "count_vouchers" => Answer::ids([site.count_vouchers(None).await?]),
        "client" => Answer::row(&site.client(stage.guest).await?),
        "clients" => Answer::read(site.clients(None)).await?,
        "count_clients" => Answer::ids([site.count_clients(None).await?]),
        "consoles" => Answer::read(stage.cloud.consoles()).await?,
        "console_page" => Answer::list(stage.cloud.console_page(None).await?.data),
        "delete_voucher" => Answer::deleted(i64::from(site.delete_voucher(id).await?)),
        "delete_vouchers" => Answer::deleted(site.delete_vouchers(&Voucher::ID.eq(id)).await?),
        "purge" => Answer::deleted(site.plan_purge(Voucher::ID.eq(id)).await?.run().await?),
        "execute_client_action" => {
            let action = ClientAction::builder().action(ClientActionName::AuthorizeGuestAccess).time_limit_minutes(60);
            site.execute_client_action(stage.guest, &action.build()).await?;
            Answer::default()
        }
        _ => unreachable!("{method}"),
    })
}

fn created(vouchers: &List<Voucher>) -> Answer {
    Answer::ids(vouchers.iter().map(|voucher| voucher.id))
}
