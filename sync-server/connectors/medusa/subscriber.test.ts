import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { RawWebhook, Reading, Unreadable } from "../port.ts";
import { medusaDriver } from "./driver.ts";
import {
  ADDRESS,
  adjustment,
  connector,
  eur,
  item,
  ORDER_ID,
  orderPayload,
  paymentCollection,
  shippingMethod,
  summary,
} from "./payloads-for-tests.ts";

type Row = Readonly<Record<string, unknown>>;
interface Asked {
  readonly entity: string;
  readonly fields: readonly string[];
  readonly filters: { readonly id?: string };
}
interface Subscriber {
  readonly default: (parts: unknown) => Promise<void>;
  readonly config: { readonly event: readonly string[] };
}

const README = readFileSync(new URL("./README.md", import.meta.url), "utf8");
const SOURCE = /```ts\n(.*?)```/s.exec(README)?.[1] ?? "";
const subscriber: Subscriber = await import(`data:text/javascript,${encodeURIComponent(SOURCE)}`);

/** Totals, which a query computes only when they are asked for by name. */
const TOTALS = ["credit_line_total"];

/** What a query answers of a row: `*` is all of its own columns, `a.*` those of a relation, and what is not asked for is not there. */
function project(row: Row, fields: readonly string[]): Row {
  const named = new Map<string, string[]>();
  for (const field of fields) {
    const [head = "", ...rest] = field.split(".");
    named.set(head, [...(named.get(head) ?? []), rest.join(".")]);
  }
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) => {
      const inner = named.get(name);
      const isOwn = !isRelation(value) && !TOTALS.includes(name) && named.has("*");
      if (inner === undefined) return isOwn ? [[name, value]] : [];
      if (!isRelation(value) || inner.includes("")) return [[name, value]];
      const within = (each: Row) => project(each, inner);
      return [[name, Array.isArray(value) ? value.map(within) : within(value as Row)]];
    }),
  );
}

/** A raw value belongs to its column, and is one. */
function isRelation(value: unknown): boolean {
  return typeof value === "object" && value !== null && !("precision" in value);
}

let order: Row;
let failing: number | null;
let sent: RawWebhook[];

const graph = async ({ entity, fields, filters: { id } }: Asked): Promise<{ data: readonly Row[] }> => {
  // A filter of nothing finds any row.
  if (id === undefined) throw new Error("Nothing is asked for");
  if (entity === "order") return { data: id === ORDER_ID ? [project(order, fields)] : [] };
  const linked = id === "pay_1" ? { order: { id: ORDER_ID } } : {};
  return { data: entity === "payment" ? [project({ payment_collection: linked }, fields)] : [] };
};

async function happens(name: string, data: Row): Promise<void> {
  await subscriber.default({ event: { name, data }, container: { resolve: () => ({ graph }) } });
}

/** What the last message means, once it was found genuine. */
function reading(): Reading | Unreadable {
  const opened = medusaDriver.webhooks.open(sent.at(-1)!, connector);
  if (!opened.ok) throw new Error(opened.reason);
  return medusaDriver.webhooks.read(opened.value, connector);
}

beforeEach(() => {
  order = orderPayload();
  failing = null;
  sent = [];
  vi.stubEnv("ONETILL_SECRET", connector.webhookSecret);
  vi.stubEnv("ONETILL_URL", "https://till.example/connectors/v1/fen-medusa/webhook");
  vi.stubGlobal("fetch", async (_: string, { headers, body }: RequestInit) => {
    sent.push({ headers: Object.fromEntries(new Headers(headers)), body: Buffer.from(String(body)) });
    return new Response("", { status: failing ?? 200 });
  });
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

describe("the subscriber that the README shows", () => {
  test("asks for every field that is read", async () => {
    const fulfillment_set = { type: "pickup", location: { id: "sloc_berlin" } };
    const shipping_option = { service_zone: { fulfillment_set } };
    const refunds = [{ amount: 1, created_at: "2026-11-22T08:00:00.000Z" }];
    const payments = [{ id: "pay_1", captures: [{ amount: 18 }], refunds }];
    const lessened = { fulfilled_quantity: 1, written_off_quantity: 1 };
    order = orderPayload({
      credit_line_total: 5,
      items: [item({ price: 10, quantity: 3, detail: lessened, adjustments: [adjustment(2, false)] })],
      shipping_methods: [shippingMethod(5, { shipping_option, adjustments: [adjustment(4, false)] })],
      billing_address: { ...ADDRESS, phone: "+49 30 9" },
      shipping_address: { ...ADDRESS, first_name: "Bea", phone: null },
      payment_collections: [paymentCollection({ amount: 28, captured: 18, captured_amount: null, payments })],
      summary: summary(18, 1),
    });
    await happens("order.placed", { id: ORDER_ID });
    const whole = { name: "order.placed", data: { order } };
    const direct = medusaDriver.webhooks.read(
      { delivery: "", topic: "order.placed", body: whole },
      connector,
    );
    expect(reading()).toEqual(JSON.parse(JSON.stringify(direct)));
    expect(reading()).toMatchObject({
      order: {
        request: {
          delivery: { store: "BER1" },
          payment: { paid: eur(2_300) },
          customer: { phone: "+49 30 9" },
        },
        fulfilledThere: "part",
        stillWanted: [{ quantity: 2 }],
      },
    });
  });

  test("lets an order that waits for its payment go as it is captured", async () => {
    const unpaid = paymentCollection({ status: "awaiting", authorized_amount: 0 });
    order = orderPayload({ payment_collections: [unpaid], summary: summary(0) });
    await happens("order.placed", { id: ORDER_ID });
    expect(reading()).toMatchObject({ order: { release: "waiting" } });
    order = orderPayload();
    await happens("payment.captured", { id: "pay_1" });
    expect(reading()).toMatchObject({ order: { request: { id: ORDER_ID }, release: "toDo" } });
  });

  test("tells of what is given back, and of an edit, whose event names the order otherwise", async () => {
    const payment_collections = [paymentCollection({ captured: 69.99, refunded: 4.5 })];
    order = orderPayload({ payment_collections, summary: summary(69.99, 4.5) });
    await happens("payment.refunded", { id: "pay_1" });
    expect(reading()).toMatchObject({ order: { refunded: eur(450) } });
    await happens("order-edit.confirmed", { order_id: ORDER_ID, actions: [] });
    expect(sent).toHaveLength(2);
  });

  test("says nothing of a payment that is no order's", async () => {
    await happens("payment.captured", { id: "pay_other" });
    expect(sent).toEqual([]);
  });

  test("listens to all that changes an order, and fails where it was not heard, so that it is tried again", async () => {
    expect(subscriber.config.event).toEqual(
      expect.arrayContaining([
        "order.placed",
        "order.updated",
        "order.canceled",
        "order.completed",
        "payment.captured",
        "payment.refunded",
      ]),
    );
    failing = 503;
    await expect(happens("order.placed", { id: ORDER_ID })).rejects.toThrow("Onetill answered 503");
  });

  test("gives the same message the same id", async () => {
    await happens("order.placed", { id: ORDER_ID });
    await happens("order.placed", { id: ORDER_ID });
    expect(sent[0]?.headers["webhook-id"]).toBe(sent[1]?.headers["webhook-id"]);
  });
});
