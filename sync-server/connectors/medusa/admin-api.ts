import { z } from "zod";
import type { Instant } from "#domain/ids.ts";
import type { Result } from "#domain/result.ts";
import type { Connector, Http } from "../port.ts";
import { callJson, type NotTold } from "../shopware/json-api.ts";

const errorSchema = z.looseObject({ message: z.string().min(1) });

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
  return (method, path, body) =>
    callJson({ http, request: { method, url: `${base}${path}`, headers, body }, wordsOf, now });
}

/** An answer that is not as Medusa documents it: another time it may be. */
export function unexpected(what: string): NotTold {
  return { kind: "later", failure: `The shop's answer (${what}) is not as expected.`, afterMs: null };
}

function wordsOf(body: unknown): string | null {
  return errorSchema.safeParse(body).data?.message ?? null;
}
