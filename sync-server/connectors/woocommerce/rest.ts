import { z } from "zod";
import type { Instant } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { bodyOf, later, type NotTold, never } from "../answers.ts";
import { jsonOf } from "../json.ts";
import type { Connector, Http, HttpRequest } from "../port.ts";

/** One call of the shop's REST API; its answer in the shape asked for, or why there is none. `path` below `wp-json/wc/v3/`. */
export type Call = <T>(request: {
  readonly method: HttpRequest["method"];
  readonly path: string;
  readonly body?: unknown;
  readonly answer: z.ZodType<T>;
}) => Promise<Result<T, NotTold>>;

const errorSchema = z.looseObject({ code: z.string(), message: z.string() });

/** Calls the shop's REST API, version 3, with the consumer's key and secret. */
export function callWooCommerce({
  connector,
  http,
  now,
}: {
  readonly connector: Connector;
  readonly http: Http;
  readonly now: () => Instant;
}): Call {
  const { consumerKey = "", consumerSecret = "" } = connector.credentials;
  const authorization = `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString("base64")}`;
  return async ({ method, path, body, answer: shape }) => {
    const answer = await http({
      method,
      url: `${connector.apiUrl}/wp-json/wc/v3/${path}`,
      headers: {
        authorization,
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const refusal = refusalOf(answer);
    if (refusal !== null) return refused(refusal);
    const text = bodyOf(answer, { shop: "WooCommerce", now: now() });
    if (!text.ok) return text;
    const parsed = shape.safeParse(jsonOf(text.value));
    if (parsed.success) return ok(parsed.data);
    return refused(later(`WooCommerce's answer cannot be read: ${z.prettifyError(parsed.error)}`));
  };
}

/** WooCommerce answers 500 to a refund that it, or the payment's gateway, will not do; by this code that is a refusal and no illness. */
const REFUND_REFUSED = "woocommerce_rest_cannot_create_order_refund";

function refusalOf(answer: Awaited<ReturnType<Http>>): NotTold | null {
  if ("failure" in answer || answer.status < 400 || [401, 403, 429].includes(answer.status)) return null;
  const error = errorSchema.safeParse(jsonOf(answer.body));
  if (!error.success) return null;
  const { code, message } = error.data;
  const isRefusal = answer.status < 500 || code === REFUND_REFUSED;
  return isRefusal ? never(`WooCommerce: ${message}`) : null;
}
