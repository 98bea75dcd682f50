import { describe, expect, test } from "vitest";
import { connector, orderPayload, signed } from "./payloads-for-tests.ts";
import { openWebhook } from "./verify.ts";

const BODY = JSON.stringify({
  name: "order.placed",
  data: { order: orderPayload({ email: "ä@example.org" }) },
});
const FORGED = { ok: false, reason: "forged" };

describe("a subscriber's message", () => {
  test("is opened when it is signed with the connector's secret, and known again by its id", () => {
    expect(openWebhook(signed(BODY), connector)).toMatchObject({
      ok: true,
      value: { delivery: "msg_1", topic: "order.placed", body: { data: { order: { display_id: 42 } } } },
    });
  });

  test("may carry several signatures, and the secret may be written without its prefix", () => {
    const webhook = signed(BODY);
    const signature = `v1,bm90IHRoaXMgb25l v1a,x ${webhook.headers["webhook-signature"]}`;
    const rotated = { ...webhook, headers: { ...webhook.headers, "webhook-signature": signature } };
    expect(openWebhook(rotated, connector)).toMatchObject({ ok: true });
    const bare = connector.webhookSecret.replace("whsec_", "");
    expect(openWebhook(webhook, { webhookSecret: bare })).toMatchObject({ ok: true });
  });

  test.each(["webhook-id", "webhook-timestamp", "webhook-signature"])("without %s is forged", (name) => {
    const { headers, body } = signed(BODY);
    expect(openWebhook({ headers: { ...headers, [name]: undefined }, body }, connector)).toEqual(FORGED);
    expect(openWebhook({ headers: { ...headers, [name]: `0${headers[name]}` }, body }, connector)).toEqual(
      FORGED,
    );
  });

  test("of another secret, of another body or under no secret is forged", () => {
    const genuine = signed(BODY);
    const other = signed(BODY, { secret: `whsec_${Buffer.from("another secret").toString("base64")}` });
    const altered = { ...genuine, body: Buffer.from(BODY.replace("24.99", "4.99")) };
    for (const webhook of [other, altered]) expect(openWebhook(webhook, connector)).toEqual(FORGED);
    expect(openWebhook(signed(BODY, { secret: "whsec_" }), { webhookSecret: "whsec_" })).toEqual(FORGED);
  });

  test("is malformed when it is genuine but no JSON or no envelope", () => {
    for (const body of ["{", "[]", '{"name":"order.placed"}'])
      expect(openWebhook(signed(body), connector)).toEqual({ ok: false, reason: "malformed" });
  });
});
