import { z } from "zod";
import type { Instant } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { bodyOf, later, type NotTold, never } from "../answers.ts";
import { jsonOf } from "../json.ts";
import type { Connector, Http } from "../port.ts";

/**
 * The Admin API's version: the first in which stock is set without comparing by `changeFromQuantity` and refunds ask for an idempotency key is
 * 2026-04, and each is served for a year.
 */
const API_VERSION = "2026-07";

/** One question to Shopify; its data is answered in the shape asked for, or why there is none. */
export type Ask = <T>(request: {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly data: z.ZodType<T>;
}) => Promise<Result<T, NotTold>>;

const errorSchema = z.looseObject({
  message: z.string(),
  extensions: z.looseObject({ code: z.string().optional() }).optional(),
});
const envelopeSchema = z.looseObject({
  data: z.unknown().optional(),
  errors: z.union([z.array(errorSchema), z.string()]).optional(),
  extensions: z
    .looseObject({
      cost: z
        .looseObject({
          requestedQueryCost: z.number(),
          throttleStatus: z.looseObject({
            currentlyAvailable: z.number(),
            restoreRate: z.number().positive(),
          }),
        })
        .optional(),
    })
    .optional(),
});
type Envelope = z.output<typeof envelopeSchema>;

/** Errors that a mutation answers with when the platform will not do it. */
export const userErrorsSchema = z.array(
  z.looseObject({
    message: z.string(),
    code: z.string().nullish(),
    field: z.array(z.string()).nullish(),
  }),
);

/** Asks the shop's Admin API. */
export function askShopify({
  connector,
  http,
  now,
}: {
  readonly connector: Connector;
  readonly http: Http;
  readonly now: () => Instant;
}): Ask {
  return async ({ query, variables, data }) => {
    const answer = await http({
      method: "POST",
      url: `${connector.apiUrl}/admin/api/${API_VERSION}/graphql.json`,
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        "x-shopify-access-token": connector.credentials.accessToken ?? "",
      },
      body: JSON.stringify({ query, variables }),
    });
    const body = bodyOf(answer, { shop: "Shopify", now: now() });
    if (!body.ok) return body;
    const envelope = envelopeSchema.safeParse(jsonOf(body.value));
    if (!envelope.success) return refused(later("Shopify answered something that is none of its answers."));
    const failure = failureOf(envelope.data);
    if (failure !== null) return refused(failure);
    const parsed = data.safeParse(envelope.data.data);
    if (parsed.success) return ok(parsed.data);
    return refused(later(`Shopify's answer cannot be read: ${z.prettifyError(parsed.error)}`));
  };
}

/** Answers with status 200 may be failures all the same. */
function failureOf({ errors, extensions }: Envelope): NotTold | null {
  if (errors === undefined) return null;
  if (typeof errors === "string") return never(`Shopify: ${errors}`);
  const [first] = errors;
  if (first === undefined) return null;
  const words = `Shopify: ${errors.map((each) => each.message).join("; ")}`;
  switch (first.extensions?.code) {
    case "THROTTLED":
      return later(words, waitOf(extensions));
    case "ACCESS_DENIED":
      return later(`${words} (check what the access token is allowed to do)`);
    case "INTERNAL_SERVER_ERROR":
    case "TIMEOUT":
      return later(words);
    default:
      return never(words);
  }
}

/** Until so many points are there again as the question costs. */
function waitOf(extensions: Envelope["extensions"]): number | null {
  const cost = extensions?.cost;
  if (cost === undefined) return null;
  const { currentlyAvailable, restoreRate } = cost.throttleStatus;
  return Math.max(1_000, Math.ceil(((cost.requestedQueryCost - currentlyAvailable) / restoreRate) * 1_000));
}
