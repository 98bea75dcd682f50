import { createHmac, timingSafeEqual } from "node:crypto";
import { type Instant, idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { ok, refused } from "#domain/result.ts";
import { jsonOf } from "../connectors/json.ts";
import type {
  Connector,
  OrderNews,
  PlatformDriver,
  RawWebhook,
  Reading,
  SeenOrder,
  StockLevel,
  Told,
  Unreadable,
} from "../connectors/port.ts";
import type { Storage } from "../storage/port.ts";
import { shopOrder } from "./orders.ts";
import { EUR } from "./shop.ts";

/** A made-up platform, in a real platform's place: a message's body is what it means, signed with HMAC-SHA256 over its raw bytes; its API takes JSON. */
export const testDriver: PlatformDriver = {
  platform: "shopify",
  credentialNames: ["accessToken"],
  webhooks: {
    open({ headers, body }, { webhookSecret }) {
      const expected = createHmac("sha256", webhookSecret).update(body).digest();
      const given = Buffer.from(headers["x-signature"] ?? "", "hex");
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return refused("forged");
      const parsed = jsonOf(body);
      if (parsed === undefined) return refused("malformed");
      return ok({
        delivery: headers["x-delivery"] ?? "",
        topic: headers["x-topic"] ?? "orders",
        body: parsed,
      });
    },
    read: ({ body }) => body as Reading | Unreadable,
  },
  api: ({ connector, http }) => {
    const tell = async (what: string, body: unknown): Promise<Told> => {
      const answer = await http({
        method: "POST",
        url: `${connector.apiUrl}/${what}`,
        headers: { authorization: `Bearer ${connector.credentials.accessToken}` },
        body: JSON.stringify(body),
      });
      if ("failure" in answer) return { kind: "later", failure: answer.failure, afterMs: null };
      if (answer.status === 422) return { kind: "refused", failure: answer.body };
      if (answer.status === 429)
        return { kind: "later", failure: "busy", afterMs: Number(answer.headers["retry-after"]) * 1_000 };
      return answer.status < 300
        ? { kind: "told" }
        : { kind: "later", failure: `status ${answer.status}`, afterMs: null };
    };
    return {
      tellOrder: ({ id, type, order }: OrderNews) =>
        tell("orders", {
          id,
          type,
          order: order.externalId,
          states: order.fulfilments.map((each) => each.state),
        }),
      tellStock: (levels: readonly StockLevel[]) => tell("stock", levels),
    };
  },
};

/** A connected shop of the channel `web`, whose location 77 is the store in Berlin. */
export async function connectShop(storage: Storage, changes: Partial<Connector> = {}): Promise<Connector> {
  const connector: Connector = {
    id: "con-1",
    platform: "shopify",
    channel: idOf<"Channel">("web"),
    webhookSecret: "only-the-shop-knows",
    apiUrl: "https://shop.example",
    credentials: { accessToken: "token-of-the-shop" },
    locations: { "77": "BER1" },
    createdAt: instant(1_800_000_000_000),
    ...changes,
  };
  await storage.write((tx) => tx.addConnector(connector));
  return connector;
}

/** A message as its platform signs and sends it. */
export function webhook(
  body: unknown,
  { webhookSecret }: Pick<Connector, "webhookSecret">,
  { delivery }: { readonly delivery: string },
): RawWebhook {
  const bytes = Buffer.from(typeof body === "string" ? body : JSON.stringify(body), "utf8");
  const signature = createHmac("sha256", webhookSecret).update(bytes).digest("hex");
  return { headers: { "x-signature": signature, "x-delivery": delivery }, body: bytes };
}

/** The order of `shopOrder` as its platform has it: two teas of line 1, paid, collected in Berlin. */
export function seenOrder({
  updatedAt,
  request = {},
  ...changes
}: Omit<Partial<SeenOrder>, "request" | "updatedAt"> & {
  readonly updatedAt: Instant | number;
  readonly request?: Readonly<Record<string, unknown>>;
}): Reading {
  const made = shopOrder(request);
  const lines = made.lines.map((line, index) => ({
    ...line,
    id: line.id ?? idOf<"Line">(String(index + 1)),
  }));
  return {
    kind: "order",
    order: {
      request: { ...made, lines },
      updatedAt: instant(updatedAt),
      stillWanted: [],
      refunded: money(0, EUR),
      cancelled: null,
      release: "toDo",
      fulfilledThere: "nothing",
      ...changes,
    },
  };
}
