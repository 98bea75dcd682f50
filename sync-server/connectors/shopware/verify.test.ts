import { describe, expect, test } from "vitest";
import { connector, hex, orderPayload, signed, webhookBody } from "./payloads-for-tests.ts";
import { openWebhook } from "./verify.ts";

const BODY = JSON.stringify(webhookBody({ order: orderPayload() }));

describe("an app's webhook", () => {
  test("is opened when it is signed with the shop's secret, and known again by its event's id", () => {
    const opened = openWebhook(signed(BODY), connector);
    expect(opened).toMatchObject({ ok: true, value: { delivery: hex(42), topic: "checkout.order.placed" } });
  });

  test("of a shop without event ids is known by what it says", () => {
    const body = (event: string) =>
      JSON.stringify(webhookBody([], { event, source: { eventId: undefined } }));
    const delivery = (event: string) => {
      const opened = openWebhook(signed(body(event)), connector);
      return opened.ok ? opened.value.delivery : opened.reason;
    };
    expect(delivery("order.written")).toMatch(/^[0-9a-f]{64}$/);
    expect(delivery("order.written")).toBe(delivery("order.written"));
    expect(delivery("order.written")).not.toBe(delivery("order.deleted"));
  });

  test("is forged when the signature is missing, of another secret, in capitals or of another body", () => {
    const genuine = signed(BODY);
    const signature = genuine.headers["shopware-shop-signature"]!;
    const forged = [
      { headers: {}, body: genuine.body },
      signed(BODY, "another secret"),
      { headers: { "shopware-shop-signature": signature.toUpperCase() }, body: genuine.body },
      { ...genuine, body: Buffer.from(BODY.replace("69.97", "9.97")) },
      { ...genuine, body: Buffer.from(`${BODY} `) },
    ];
    for (const webhook of forged)
      expect(openWebhook(webhook, connector)).toEqual({ ok: false, reason: "forged" });
    const empty = { webhookSecret: "" };
    expect(openWebhook(signed(BODY, ""), empty)).toEqual({ ok: false, reason: "forged" });
  });

  test("is malformed when it is genuine but no JSON or no envelope", () => {
    for (const body of ["{", "[]", '{"data":{}}'])
      expect(openWebhook(signed(body), connector)).toEqual({ ok: false, reason: "malformed" });
  });
});
