import { expect, test } from "vitest";
import { instant } from "#domain/ids.ts";
import { newWebhookSecret, webhookHeaders } from "./sign.ts";

test("a message is signed as the Standard Webhooks specification signs its own example", () => {
  const headers = webhookHeaders({
    secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
    at: instant(1_614_265_330_000),
    body: '{"test": 2432232314}',
  });
  expect(headers).toEqual({
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  });
});

test("a secret is long enough, and no two are alike", () => {
  const secrets = Array.from({ length: 20 }, newWebhookSecret);
  expect(new Set(secrets).size).toBe(20);
  for (const secret of secrets)
    expect(Buffer.from(secret.replace("whsec_", ""), "base64").length).toBeGreaterThanOrEqual(24);
});
