import { z } from "zod";
import type { Instant } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { later, type NotTold } from "../answers.ts";
import { callJson, unexpectedAnswer } from "../json-api.ts";
import type { Connector, Http } from "../port.ts";

const SHOP = "Shopware";

/** A token is not used in its last moments: it would be outdated on arrival. */
const TOKEN_MARGIN_MS = 30_000;

const tokenSchema = z.looseObject({ access_token: z.string().min(1), expires_in: z.number().positive() });

/** Calls the Admin API of one shop. `path` begins with `/api/`. */
export type AdminApi = (
  method: "POST" | "PATCH",
  path: string,
  body: unknown,
) => Promise<Result<unknown, NotTold>>;

/** The Admin API with the token that it asks for: by client credentials of an integration, kept as long as it holds, and asked for anew when it is turned down. */
export function adminApi({
  connector,
  http,
  now,
}: {
  readonly connector: Connector;
  readonly http: Http;
  readonly now: () => Instant;
}): AdminApi {
  let token: { readonly text: string; readonly until: number } | null = null;

  async function freshToken(): Promise<Result<string, NotTold>> {
    const { clientId = "", clientSecret = "" } = connector.credentials;
    const answer = await callJson({
      http,
      request: {
        method: "POST",
        url: `${connector.apiUrl}/api/oauth/token`,
        headers: {},
        body: { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret },
      },
      shop: SHOP,
      now,
    });
    if (!answer.result.ok) return refused(withoutToken(answer.result.reason));
    const parsed = tokenSchema.safeParse(answer.result.value);
    if (!parsed.success) return refused(unexpected("token"));
    const { access_token: text, expires_in: seconds } = parsed.data;
    token = { text, until: now() + seconds * 1_000 - TOKEN_MARGIN_MS };
    return ok(text);
  }

  return async (method, path, body) => {
    const kept = token !== null && token.until > now() ? ok(token.text) : await freshToken();
    if (!kept.ok) return kept;
    const call = (bearer: string) => {
      const headers = { authorization: `Bearer ${bearer}` };
      return callJson({
        http,
        request: { method, url: `${connector.apiUrl}${path}`, headers, body },
        shop: SHOP,
        now,
      });
    };
    const answer = await call(kept.value);
    if (answer.status !== 401) return answer.result;
    const anew = await freshToken();
    return anew.ok ? (await call(anew.value)).result : anew;
  };
}

/** Without a token nothing is told, whatever it is: HQ can mend the address and the credentials while the news waits. */
function withoutToken(reason: NotTold): NotTold {
  if (reason.kind === "later") return reason;
  return later(`No access to ${SHOP}: check the address and the credentials. ${reason.failure}`);
}

export function unexpected(what: string): NotTold {
  return unexpectedAnswer(SHOP, what);
}
