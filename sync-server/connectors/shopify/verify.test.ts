import { describe, expect, test } from "vitest";
import { FEN, shopifyOrder, shopifyWebhook } from "./fixtures.ts";
import { openShopify } from "./verify.ts";

const topic = "orders/create";
const genuine = shopifyWebhook({ topic, payload: shopifyOrder() });

describe("a webhook of Shopify", () => {
  test("is opened when it is genuine, and known again by its id", () => {
    expect(openShopify(genuine, FEN)).toEqual({
      ok: true,
      value: { delivery: "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043", topic, body: shopifyOrder() },
    });
  });

  test("keeps ids whole that no number holds", () => {
    const opened = openShopify(shopifyWebhook({ topic, payload: '{"id":820982911946154508,"n":12}' }), FEN);
    expect(opened).toMatchObject({ value: { body: { id: "820982911946154508", n: 12 } } });
  });

  test("without an id is known again by topic and body", () => {
    const nameless = { ...genuine, headers: { ...genuine.headers, "x-shopify-webhook-id": undefined } };
    const first = openShopify(nameless, FEN);
    const other = openShopify(
      { ...nameless, headers: { ...nameless.headers, "x-shopify-topic": "orders/paid" } },
      FEN,
    );
    expect(first.ok && first.value.delivery).toMatch(/^[0-9a-f]{64}$/);
    expect(openShopify(nameless, FEN)).toEqual(first);
    expect(other.ok && first.ok && other.value.delivery === first.value.delivery).toBe(false);
  });

  test.each([
    ["that is signed with another secret", shopifyWebhook({ topic, payload: {}, secret: "another" })],
    ["that was altered", { ...genuine, body: Buffer.from(genuine.body).fill(32, 10, 11) }],
    [
      "without a signature",
      { ...genuine, headers: { ...genuine.headers, "x-shopify-hmac-sha256": undefined } },
    ],
    ["with an empty signature", { ...genuine, headers: { ...genuine.headers, "x-shopify-hmac-sha256": "" } }],
  ])("%s is forged", (_, webhook) => {
    expect(openShopify(webhook, FEN)).toEqual({ ok: false, reason: "forged" });
  });

  test("is never genuine for a connector without a secret", () => {
    const unsigned = { ...FEN, webhookSecret: "" };
    expect(openShopify(shopifyWebhook({ topic, payload: {}, secret: "" }), unsigned).ok).toBe(false);
  });

  test.each([
    ["is no JSON", shopifyWebhook({ topic, payload: "{" })],
    ["is empty", shopifyWebhook({ topic, payload: "" })],
    ["names no topic", { ...genuine, headers: { ...genuine.headers, "x-shopify-topic": undefined } }],
  ])("that %s is malformed", (_, webhook) => {
    expect(openShopify(webhook, FEN)).toEqual({ ok: false, reason: "malformed" });
  });
});
