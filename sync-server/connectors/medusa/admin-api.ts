import type { Instant } from "#domain/ids.ts";
import type { Result } from "#domain/result.ts";
import { later, type NotTold } from "../answers.ts";
import type { Connector, Http } from "../port.ts";
import { callJson } from "../shopware/json-api.ts";

const SHOP = "Medusa";

/** Calls the Admin API of one shop. `path` begins with `/admin/`. */
export type AdminApi = (
  method: "GET" | "POST",
  path: string,
  body?: unknown,
) => Promise<Result<unknown, NotTold>>;

/** The Admin API by a secret API key, which goes as the user name of HTTP's basic authentication. */
export function adminApi({
  connector,
  http,
  now,
}: {
  readonly connector: Connector;
  readonly http: Http;
  readonly now: () => Instant;
}): AdminApi {
  const base = connector.apiUrl.replace(/\/+$/, "");
  const { apiKey = "" } = connector.credentials;
  const headers = { authorization: `Basic ${Buffer.from(`${apiKey}:`).toString("base64")}` };
  return async (method, path, body) => {
    const request = { method, url: `${base}${path}`, headers, body };
    return (await callJson({ http, request, shop: SHOP, now })).result;
  };
}

/** An answer that is not as Medusa documents it: another time it may be. */
export function unexpected(what: string): NotTold {
  return later(`The answer of ${SHOP} (${what}) is not as expected.`);
}
