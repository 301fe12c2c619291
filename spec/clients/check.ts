// Creates, reads and refreshes with the TypeScript clients that openapi-typescript generates from the specs.
import createClient from "openapi-fetch";
import type { paths as Omada } from "./omada.js";
import type { paths as Unifi } from "./unifi.js";
import type { paths as UnifiCloud } from "./unifi-cloud.js";

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

function some<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`expected ${what}`);
  return value;
}

async function omada(): Promise<void> {
  const [omadacId, siteId] = [variable("OMADA_ID"), variable("OMADA_SITE")];
  const [client_id, client_secret] = [variable("OMADA_CLIENT_ID"), variable("OMADA_CLIENT_SECRET")];
  const client = createClient<Omada>({ baseUrl: variable("OMADA_URL") });
  const first = await client.POST("/openapi/authorize/token", {
    params: { query: { grant_type: "client_credentials" } },
    body: { omadacId, client_id, client_secret },
  });
  const refresh_token = some(first.data?.result?.refreshToken, "a refresh token");
  const next = await client.POST("/openapi/authorize/token", {
    params: { query: { grant_type: "refresh_token", client_id, client_secret, refresh_token } },
  });
  const headers = { Authorization: `AccessToken=${some(next.data?.result?.accessToken, "the next access token")}` };

  const created = await client.POST("/openapi/v1/{omadacId}/sites/{siteId}/hotspot/voucher-groups", {
    params: { path: { omadacId, siteId } },
    headers,
    body: {
      name: "TypeScript",
      amount: 3,
      codeLength: 8,
      codeForm: [0],
      limitType: 0,
      limitNum: 1,
      durationType: 0,
      duration: 60,
      timingType: 0,
      rateLimit: { mode: 0, customRateLimit: { downLimitEnable: false, upLimitEnable: false } },
      trafficLimitEnable: false,
      applyToAllPortals: true,
    },
  });
  const groupId = some(created.data?.result?.id, "the id of a group");
  const group = await client.GET("/openapi/v1/{omadacId}/sites/{siteId}/hotspot/voucher-groups/{groupId}", {
    params: { path: { omadacId, siteId, groupId }, query: { page: 1, pageSize: 100 } },
    headers,
  });
  const codes = some(group.data?.result?.data, "vouchers").map((voucher) => some(voucher.code, "a code"));
  if (codes.length !== 3) throw new Error(`expected 3 vouchers, found ${codes.length}`);

  // A malformed request has the body of a failure, in one of its shapes.
  const refused = await client.GET("/openapi/v1/{omadacId}/sites", {
    params: { path: { omadacId }, query: { page: 1, pageSize: 100 } },
  });
  some(refused.error?.errorCode ?? refused.error?.status, "a refusal without a token");
}

async function unifi(): Promise<void> {
  const siteId = variable("UNIFI_SITE");
  const headers = { "X-API-Key": variable("UNIFI_API_KEY") };
  const client = createClient<Unifi>({ baseUrl: `${variable("UNIFI_URL")}/proxy/network/integration`, headers });
  const created = await client.POST("/v1/sites/{siteId}/hotspot/vouchers", {
    params: { path: { siteId } },
    body: { name: "TypeScript", count: 2, timeLimitMinutes: 60 },
  });
  const vouchers = some(created.data?.vouchers, "new vouchers");
  if (vouchers.length !== 2) throw new Error(`expected 2 vouchers, found ${vouchers.length}`);
  for (const { id, code } of vouchers) {
    const voucher = await client.GET("/v1/sites/{siteId}/hotspot/vouchers/{voucherId}", {
      params: { path: { siteId, voucherId: id } },
    });
    if (voucher.data?.code !== code) throw new Error("expected the same voucher");
  }

  const cloud = { "X-API-Key": variable("UNIFI_CLOUD_API_KEY") };
  const hosts = await createClient<UnifiCloud>({ baseUrl: variable("UNIFI_CLOUD_URL"), headers: cloud }).GET("/v1/hosts");
  const consoleId = some(hosts.data?.data?.[0]?.id, "a console");
  const baseUrl = `${variable("UNIFI_CLOUD_URL")}/v1/connector/consoles/${consoleId}/proxy/network/integration`;
  const info = await createClient<Unifi>({ baseUrl, headers: cloud }).GET("/v1/info");
  some(info.data?.applicationVersion, "a version through the cloud");
}

await omada();
await unifi();
