import { describe, expect, test } from "vitest";
import { TORF, wooOrder, wooWebhook } from "./fixtures.ts";
import { openWooCommerce } from "./verify.ts";

const topic = "order.updated";
const genuine = wooWebhook({ topic, payload: wooOrder() });

function deliveryOf(webhook: typeof genuine): string | null {
  const opened = openWooCommerce(webhook, TORF);
  return opened.ok ? opened.value.delivery : null;
}

function withHeaders(headers: Readonly<Record<string, string | undefined>>) {
  return { ...genuine, headers: { ...genuine.headers, ...headers } };
}

describe("a webhook of WooCommerce", () => {
  test("is opened when it is genuine", () => {
    expect(openWooCommerce(genuine, TORF)).toMatchObject({ value: { topic, body: wooOrder() } });
  });

  test("is known again though it is sent under another delivery id, and not taken for another of the same second", () => {
    const again = withHeaders({ "x-wc-webhook-delivery-id": "ffff20ebabc2fa725092ff4a47acedf2" });
    expect(deliveryOf(again)).toBe(deliveryOf(genuine));
    expect(deliveryOf(wooWebhook({ topic, payload: wooOrder({ id: 728 }) }))).not.toBe(deliveryOf(genuine));
    expect(deliveryOf(withHeaders({ "x-wc-webhook-topic": "order.created" }))).not.toBe(deliveryOf(genuine));
  });

  test.each([
    ["that is signed with another secret", wooWebhook({ topic, payload: {}, secret: "another" })],
    ["that was altered", { ...genuine, body: Buffer.from(genuine.body).fill(32, 10, 11) }],
    ["without a signature", withHeaders({ "x-wc-webhook-signature": undefined })],
  ])("%s is forged", (_, webhook) => {
    expect(openWooCommerce(webhook, TORF)).toEqual({ ok: false, reason: "forged" });
  });

  test.each([
    ["is no JSON", wooWebhook({ topic, payload: "a=b" })],
    ["names no topic", withHeaders({ "x-wc-webhook-topic": undefined })],
  ])("that %s is malformed", (_, webhook) => {
    expect(openWooCommerce(webhook, TORF)).toEqual({ ok: false, reason: "malformed" });
  });

  test("that tests the address is let in unsigned, but nothing else is", () => {
    const unsigned = (body: string) => ({ headers: {}, body: Buffer.from(body) });
    expect(openWooCommerce(unsigned("webhook_id=5"), TORF)).toMatchObject({
      value: { topic: "ping", body: null },
    });
    expect(openWooCommerce(unsigned("webhook_id=5&a=b"), TORF)).toEqual({ ok: false, reason: "forged" });
    expect(openWooCommerce(unsigned('{"id":727}'), TORF)).toEqual({ ok: false, reason: "forged" });
  });
});
