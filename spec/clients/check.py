"""Creates, reads and refreshes with the Python clients that openapi-python-client generates from the specs."""

import os
from uuid import UUID

from omada import AuthenticatedClient as OmadaClient
from omada import Client as OmadaUnsigned
from omada.api.sign_in import create_token
from omada.api.sites import list_sites
from omada.api.voucher_groups import create_voucher_group, read_voucher_group
from omada.models import (
    CodeForm,
    CreateVoucherGroup,
    CustomRateLimit,
    DurationType,
    GrantType,
    LimitType,
    OperationResponseCreatedResId,
    OperationResponseToken,
    OperationResponseVoucherGroupGrid,
    RateLimit,
    RateLimitMode,
    Refusal,
    TimingType,
    TokenGrant,
)
from omada.types import Unset
from unifi import AuthenticatedClient as UnifiClient
from unifi.api.application import read_info
from unifi.api.vouchers import create_vouchers, read_voucher
from unifi.models import ApplicationInfo, CreatedVouchers, CreateVouchers, Voucher
from unifi_cloud import AuthenticatedClient as CloudClient
from unifi_cloud.api.hosts import list_hosts
from unifi_cloud.models import HostPage


def omada() -> None:
    url, omadac_id, site_id = os.environ["OMADA_URL"], os.environ["OMADA_ID"], os.environ["OMADA_SITE"]
    client_id, client_secret = os.environ["OMADA_CLIENT_ID"], os.environ["OMADA_CLIENT_SECRET"]
    unsigned = OmadaUnsigned(base_url=url)
    first = create_token.sync(
        client=unsigned,
        grant_type=GrantType.CLIENT_CREDENTIALS,
        body=TokenGrant(omadac_id=omadac_id, client_id=client_id, client_secret=client_secret),
    )
    assert isinstance(first, OperationResponseToken) and not isinstance(first.result, Unset), first
    assert isinstance(first.result.refresh_token, str), first
    following = create_token.sync(
        client=unsigned,
        grant_type=GrantType.REFRESH_TOKEN,
        client_id=client_id,
        client_secret=client_secret,
        refresh_token=first.result.refresh_token,
    )
    assert isinstance(following, OperationResponseToken) and not isinstance(following.result, Unset), following
    assert isinstance(following.result.access_token, str), following

    client = OmadaClient(
        base_url=url, token=f"AccessToken={following.result.access_token}", prefix="", auth_header_name="Authorization"
    )
    created = create_voucher_group.sync(
        omadac_id,
        site_id,
        client=client,
        body=CreateVoucherGroup(
            name="Python",
            amount=3,
            code_length=8,
            code_form=[CodeForm.NUMBER],
            limit_type=LimitType.USAGE_COUNTS,
            limit_num=1,
            duration_type=DurationType.CLIENT,
            duration=60,
            timing_type=TimingType.TIME,
            rate_limit=RateLimit(
                mode=RateLimitMode.CUSTOM,
                custom_rate_limit=CustomRateLimit(down_limit_enable=False, up_limit_enable=False),
            ),
            traffic_limit_enable=False,
            apply_to_all_portals=True,
        ),
    )
    assert isinstance(created, OperationResponseCreatedResId) and not isinstance(created.result, Unset), created
    assert isinstance(created.result.id, str), created
    group = read_voucher_group.sync(omadac_id, site_id, created.result.id, client=client, page=1, page_size=100)
    assert isinstance(group, OperationResponseVoucherGroupGrid) and not isinstance(group.result, Unset), group
    assert isinstance(group.result.data, list) and len(group.result.data) == 3, group
    assert all(isinstance(voucher.code, str) for voucher in group.result.data), group

    # A status that is not documented is no error of a reader.
    unknown = OperationResponseVoucherGroupGrid.from_dict(
        {"errorCode": 0, "result": {"data": [{"status": 77, "endTime": float(2**63 - 1)}]}}
    )
    assert not isinstance(unknown.result, Unset) and isinstance(unknown.result.data, list), unknown
    assert unknown.result.data[0].status == 77, unknown

    # A call without a token has the body of a failure.
    refused = list_sites.sync(omadac_id, client=OmadaUnsigned(base_url=url), page=1, page_size=100)
    assert isinstance(refused, Refusal), refused


def unifi() -> None:
    url, site_id = os.environ["UNIFI_URL"], UUID(os.environ["UNIFI_SITE"])

    def client(root: str, key: str) -> UnifiClient:
        return UnifiClient(
            base_url=f"{root}/proxy/network/integration", token=key, prefix="", auth_header_name="X-API-Key"
        )

    console = client(url, os.environ["UNIFI_API_KEY"])
    body = CreateVouchers(name="Python", count=2, time_limit_minutes=60)
    created = create_vouchers.sync(site_id, client=console, body=body)
    assert isinstance(created, CreatedVouchers) and isinstance(created.vouchers, list), created
    assert len(created.vouchers) == 2, created
    for expected in created.vouchers:
        voucher = read_voucher.sync(site_id, expected.id, client=console)
        assert isinstance(voucher, Voucher) and voucher.code == expected.code, voucher

    cloud_url, key = os.environ["UNIFI_CLOUD_URL"], os.environ["UNIFI_CLOUD_API_KEY"]
    cloud = CloudClient(base_url=cloud_url, token=key, prefix="", auth_header_name="X-API-Key")
    hosts = list_hosts.sync(client=cloud)
    assert isinstance(hosts, HostPage) and isinstance(hosts.data, list) and hosts.data, hosts
    info = read_info.sync(client=client(f"{cloud_url}/v1/connector/consoles/{hosts.data[0].id}", key))
    assert isinstance(info, ApplicationInfo), info


omada()
unifi()
