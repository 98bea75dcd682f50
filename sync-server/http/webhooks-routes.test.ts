import { afterEach, beforeEach, expect, test } from "vitest";
import type { z } from "zod";
import { makeKeyAnswerSchema } from "#protocol/hq/keys.ts";
import {
  addWebhookAnswerSchema,
  deadWebhooksAnswerSchema,
  replayAnswerSchema,
  webhooksAnswerSchema,
} from "#protocol/hq/webhooks.ts";
import { HttpForTests, refusalOf } from "../http-for-tests.ts";

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open();
});
afterEach(() => http.close());

const post = (path: string, body: unknown) => http.hq(path, { method: "POST", body });

async function told<S extends z.ZodType>(schema: S, answer: Promise<Response>): Promise<z.output<S>> {
  return schema.parse(await (await answer).json());
}

test("HQ says where events go, is told the secret once, and takes it back again", async () => {
  const url = "https://shop.example/hook";
  const added = await told(addWebhookAnswerSchema, post("/hq/v1/webhooks", { url, types: ["order.ready"] }));
  expect(added).toMatchObject({
    url,
    types: ["order.ready"],
    secret: expect.stringMatching(/^whsec_.{40,}/),
  });
  const { endpoints } = await told(webhooksAnswerSchema, http.hq("/hq/v1/webhooks"));
  const { secret: _, ...row } = added;
  expect(endpoints).toEqual([{ ...row, waiting: 0, dead: 0 }]);
  const remove = () => http.hq(`/hq/v1/webhooks/${added.id}`, { method: "DELETE" });
  expect((await remove()).status).toBe(200);
  expect(await refusalOf(await remove())).toEqual({ status: 404, reason: "notFound" });
});

test("an address in the clear, or none at all, is refused", async () => {
  for (const url of ["http://shop.example/hook", "shop.example", ""])
    expect(await refusalOf(await post("/hq/v1/webhooks", { url }))).toEqual({
      status: 400,
      reason: "badRequest",
    });
});

test("dead letters are listed and sent again on HQ's word", async () => {
  const { id } = await told(
    addWebhookAnswerSchema,
    post("/hq/v1/webhooks", { url: "https://shop.example/hook" }),
  );
  const at = http.parts.clock.now();
  const event = { id: "event-1", type: "order.ready", order: null, at, data: "{}" };
  await http.parts.storage.write(async (tx) => {
    await tx.addEvent(event);
    await tx.spreadEvents(at);
    const dead = { endpoint: id, event, failures: 10, nextTryAt: null, lastFailure: "status 500" };
    await tx.putDelivery(dead);
  });
  const { dead } = await told(deadWebhooksAnswerSchema, http.hq("/hq/v1/webhooks/dead"));
  expect(dead).toMatchObject([{ endpoint: id, event: "event-1", failures: 10, lastFailure: "status 500" }]);
  const again = await told(replayAnswerSchema, post("/hq/v1/webhooks/dead/replay", { endpoint: id }));
  expect(again).toEqual({ replayed: 1 });
  const { endpoints } = await told(webhooksAnswerSchema, http.hq("/hq/v1/webhooks"));
  expect(endpoints).toMatchObject([{ waiting: 1, dead: 0 }]);
});

test("a key works for its scope at once and is kept as a hash alone", async () => {
  const made = await post("/hq/v1/keys", { scope: "shop", name: "Web shop" });
  expect(made.status).toBe(201);
  expect(made.headers.get("cache-control")).toBe("no-store");
  const { key, scope } = makeKeyAnswerSchema.parse(await made.json());
  expect(scope).toBe("shop");
  const basket = { method: "POST", token: key, body: { lines: [{ sku: "SKU-tea", quantity: 1 }] } };
  expect((await http.ask("/shop/v1/baskets", basket)).status).toBe(201);
  expect(await refusalOf(await http.ask("/hq/v1/webhooks", { token: key }))).toEqual({
    status: 403,
    reason: "forbidden",
  });
  expect((await post("/hq/v1/keys", { scope: "everything", name: "x" })).status).toBe(400);
});
