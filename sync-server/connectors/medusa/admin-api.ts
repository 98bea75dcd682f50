import type { Instant } from "#domain/ids.ts";
import type { Result } from "#domain/result.ts";
import type { NotTold } from "../answers.ts";
import { callJson, unexpectedAnswer } from "../json-api.ts";
import type { Connector, Http } from "../port.ts";

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
  const { apiKey = "" } = connector.credentials;
  const headers = { authorization: `Basic ${Buffer.from(`${apiKey}:`).toString("base64")}` };
  return async (method, path, body) => {
    const request = { method, url: `${connector.apiUrl}${path}`, headers, body };
    return (await callJson({ http, request, shop: SHOP, now })).result;
  };
}

export function unexpected(what: string): NotTold {
  return unexpectedAnswer(SHOP, what);
}
