import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shopOrderRequestSchema } from "#protocol/shop/order.ts";
import { mutated } from "../testing/mutated.ts";
import { DRIVERS } from "./drivers.ts";
import * as medusa from "./medusa/payloads-for-tests.ts";
import type { Connector, PlatformDriver, RawWebhook } from "./port.ts";
import { FEN, shopifyOrder, shopifyRefund, shopifyWebhook } from "./shopify/fixtures.ts";
import * as shopware from "./shopware/payloads-for-tests.ts";
import { TORF, wooOrder, wooWebhook } from "./woocommerce/fixtures.ts";

interface Case {
  readonly driver: PlatformDriver;
  readonly connector: Connector;
  readonly message: unknown;
  readonly sign: (body: string) => RawWebhook;
}

const MESSAGES: Readonly<Record<string, Case>> = {
  "an order of Shopify": {
    driver: DRIVERS.shopify,
    connector: FEN,
    message: shopifyOrder(),
    sign: (payload) => shopifyWebhook({ topic: "orders/updated", payload }),
  },
  "a refund of Shopify": {
    driver: DRIVERS.shopify,
    connector: FEN,
    message: shopifyRefund(),
    sign: (payload) => shopifyWebhook({ topic: "refunds/create", payload }),
  },
  "an order of WooCommerce": {
    driver: DRIVERS.woocommerce,
    connector: TORF,
    message: wooOrder(),
    sign: (payload) => wooWebhook({ topic: "order.updated", payload }),
  },
  "an order of Shopware": {
    driver: DRIVERS.shopware,
    connector: shopware.connector,
    message: shopware.webhookBody({ order: shopware.orderPayload() }),
    sign: (body) => shopware.signed(body),
  },
  "a change of state in Shopware": {
    driver: DRIVERS.shopware,
    connector: shopware.connector,
    message: shopware.webhookBody(
      { order: shopware.orderPayload() },
      { event: "state_enter.order.state.cancelled" },
    ),
    sign: (body) => shopware.signed(body),
  },
  "an order of Medusa": {
    driver: DRIVERS.medusa,
    connector: medusa.connector,
    message: { name: "order.placed", data: { id: medusa.ORDER_ID, order: medusa.orderPayload() } },
    sign: (body) => medusa.signed(body),
  },
};

describe.each(Object.entries(MESSAGES))("%s", (_, { driver, connector, message, sign }) => {
  function read(webhook: RawWebhook): string {
    const opened = driver.webhooks.open(webhook, connector);
    if (!opened.ok) return opened.reason;
    const reading = driver.webhooks.read(opened.value, connector);
    if ("problem" in reading) return "problem";
    // What is taken for an order can be placed as one: nothing of it is checked again before it is.
    if (reading.kind === "order")
      expect(shopOrderRequestSchema.safeParse(reading.order.request).error).toBeUndefined();
    return reading.kind;
  }

  test("is read, so that what follows tries what it means to", () => {
    expect(["order", "refund", "cancelled"]).toContain(read(sign(JSON.stringify(message))));
  });

  test("that is half right is read, or said to be unreadable: it makes nobody stumble", () => {
    fc.assert(fc.property(mutated(message), (sent) => void read(sign(JSON.stringify(sent)))));
  });

  test("that is anything at all, and signed, is malformed or means nothing", () => {
    const anything = fc.oneof(fc.json(), fc.string({ unit: "binary" }));
    fc.assert(fc.property(anything, (sent) => void read(sign(sent))));
  });

  test("of which a byte was changed after it was signed is forged, and so is one with headers of anything", () => {
    const { headers, body } = sign(JSON.stringify(message));
    const at = fc.nat({ max: body.length - 1 });
    fc.assert(
      fc.property(at, fc.integer({ min: 1, max: 255 }), (place, by) => {
        const changed = Uint8Array.from(body);
        changed[place] = (changed[place] ?? 0) ^ by;
        expect(driver.webhooks.open({ headers, body: changed }, connector)).toEqual({
          ok: false,
          reason: "forged",
        });
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const others = Object.fromEntries(Object.keys(headers).map((name) => [name, text]));
        expect(driver.webhooks.open({ headers: others, body }, connector).ok).toBe(false);
      }),
    );
  });
});

describe("what was found so", () => {
  const read = (driver: PlatformDriver, connector: Connector, webhook: RawWebhook) => {
    const opened = driver.webhooks.open(webhook, connector);
    return opened.ok ? driver.webhooks.read(opened.value, connector) : opened.reason;
  };

  test("more pieces of a line than any order has fill no memory with a weight for each", () => {
    const [line] = [shopware.item({ quantity: 2 ** 32, price: 1 })];
    const order = shopware.orderPayload({ lineItems: [line] });
    const webhook = shopware.signed(JSON.stringify(shopware.webhookBody({ order })));
    expect(read(DRIVERS.shopware, shopware.connector, webhook)).toMatchObject({
      problem: expect.any(String),
    });
  });

  test("amounts beyond all amounts are said to be so", () => {
    const refunded = medusa.orderPayload({
      summary: { ...medusa.summary(69.99), raw_refunded_total: { value: "99999999999999999999.99" } },
    });
    const message = { name: "order.placed", data: { id: medusa.ORDER_ID, order: refunded } };
    expect(read(DRIVERS.medusa, medusa.connector, medusa.signed(JSON.stringify(message)))).toMatchObject({
      problem: expect.any(String),
    });
  });
});
