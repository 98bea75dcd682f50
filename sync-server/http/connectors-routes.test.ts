import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import {
  addConnectorAnswerSchema,
  changeConnectorAnswerSchema,
  connectorsAnswerSchema,
  deadNewsAnswerSchema,
  inboxAnswerSchema,
  messageAnswerSchema,
} from "#protocol/hq/connectors.ts";
import { makeKeyAnswerSchema } from "#protocol/hq/keys.ts";
import { replayAnswerSchema } from "#protocol/hq/webhooks.ts";
import { errorBodySchema } from "#protocol/sync/error.ts";
import { HttpForTests, refusalOf } from "../http-for-tests.ts";
import { seenOrder, webhook } from "../testing/connectors.ts";
import { OrderBench } from "../testing/orders.ts";
import { BERLIN, EUR, TEA } from "../testing/shop.ts";
import { buildServer } from "./server.ts";

const SECRET = "only-the-shop-knows";
const SHOP = {
  platform: "shopify",
  channel: "web",
  apiUrl: "https://fen.myshopify.com/",
  credentials: { accessToken: "shpat_secret" },
  locations: { "77": "BER1" },
};
const NAME = { channel: "web", externalId: "1042" };

let http: HttpForTests;
let bench: OrderBench;
beforeEach(async () => {
  http = await HttpForTests.open();
  bench = new OrderBench(http.parts.deps);
  await bench.stock(BERLIN, TEA, 5);
});
afterEach(() => http.close());

const post = (path: string, body: unknown) => http.hq(path, { method: "POST", body });

async function told<S extends z.ZodType>(schema: S, answer: Promise<Response>): Promise<z.output<S>> {
  return schema.parse(await (await answer).json());
}

const added = (changes: Readonly<Record<string, unknown>> = {}) =>
  told(addConnectorAnswerSchema, post("/hq/v1/connectors", { ...SHOP, webhookSecret: SECRET, ...changes }));
const inbox = async (query = "") =>
  (await told(inboxAnswerSchema, http.hq(`/hq/v1/connectors/inbox${query}`))).messages;
const order = () => http.parts.deps.orders.find(NAME);

/** Sends a message as the platform does: signed, its bytes as they are. */
async function send(
  body: unknown,
  {
    delivery,
    path,
    secret = SECRET,
    headers = { "content-type": "application/json" },
  }: {
    readonly delivery: string;
    readonly path: string;
    readonly secret?: string;
    readonly headers?: Readonly<Record<string, string>>;
  },
): Promise<Response> {
  const made = webhook(body, { webhookSecret: secret }, { delivery });
  const signed = Object.entries(made.headers).filter(
    (each): each is [string, string] => each[1] !== undefined,
  );
  return fetch(`${http.address}${path}`, {
    method: "POST",
    headers: { ...Object.fromEntries(signed), ...headers },
    body: Buffer.from(made.body),
  });
}

async function receiptOf(answer: Response): Promise<{ readonly status: number; readonly receipt: string }> {
  const { receipt } = z.strictObject({ receipt: z.string() }).parse(await answer.json());
  return { status: answer.status, receipt };
}

describe("a connector", () => {
  test("is added with a secret that is told once, is listed without any, and is removed", async () => {
    const { webhookSecret: _, ...shop } = { ...SHOP, webhookSecret: undefined };
    const answer = await post("/hq/v1/connectors", shop);
    expect(answer.status).toBe(201);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const made = addConnectorAnswerSchema.parse(await answer.json());
    expect(made).toMatchObject({
      channel: "web",
      apiUrl: "https://fen.myshopify.com",
      webhookPath: `/connectors/v1/${made.id}/webhook`,
      webhookSecret: expect.stringMatching(/^[\w-]{43}$/),
    });
    const text = await (await http.hq("/hq/v1/connectors")).text();
    expect(text).not.toContain(made.webhookSecret);
    expect(text).not.toContain("shpat_secret");
    const { connectors, platforms } = connectorsAnswerSchema.parse(JSON.parse(text));
    const nothing = { waiting: 0, dead: 0 };
    const { webhookSecret, ...row } = made;
    expect(connectors).toEqual([{ ...row, inbox: nothing, news: nothing, forged: 0, stock: [] }]);
    expect(platforms).toContainEqual({ platform: "shopify", credentials: ["accessToken"] });
    const signed = { delivery: "d", path: made.webhookPath, secret: webhookSecret ?? "" };
    expect((await send({ kind: "nothing", why: "A test." }, signed)).status).toBe(200);
    const remove = () => http.hq(`/hq/v1/connectors/${made.id}`, { method: "DELETE" });
    expect((await remove()).status).toBe(200);
    expect(await refusalOf(await remove())).toEqual({ status: 404, reason: "notFound" });
    expect((await send({}, signed)).status).toBe(404);
    expect(await inbox()).toEqual([]);
  });

  test("a secret that HQ gave is not told back", async () => {
    expect((await added()).webhookSecret).toBeNull();
  });

  test.each([
    [{ platform: "magento" }, 400, /form/],
    [{ platform: "medusa" }, 400, /cannot connect to medusa/],
    [{ channel: "Web Shop" }, 400, /form/],
    [{ channel: "-a" }, 400, /form/],
    [{ channel: "till" }, 409, /till come another way/],
    [{ apiUrl: "http://fen.example" }, 400, /HTTPS/],
    [{ apiUrl: "https://me:secret@fen.example" }, 400, /credentials, not in the address/],
    [{ credentials: {} }, 400, /accessToken/],
    [{ credentials: { accessToken: "a", password: "b" } }, 400, /no such credentials: password/],
    [{ locations: { "77": "NOWHERE" } }, 400, /no store with the code NOWHERE/],
    [{ webhookSecret: "short" }, 400, /form/],
  ])("is refused with %j", async (changes, status, words) => {
    const answer = await post("/hq/v1/connectors", { ...SHOP, ...changes });
    expect(answer.status).toBe(status);
    expect(errorBodySchema.parse(await answer.json()).message).toMatch(words);
  });

  test("is changed in what is named and stays as it is in the rest; what is kept elsewhere or is of another store is told anew", async () => {
    const { id } = await added();
    const told = {
      connector: id,
      location: "77",
      cursor: 9,
      safetyStock: 0,
      failures: 0,
      nextTryAt: null,
      lastFailure: "x",
    };
    await http.parts.storage.write((tx) => tx.putStockTold(told));
    const change = (body: unknown, of = id) => http.hq(`/hq/v1/connectors/${of}`, { method: "PUT", body });
    const answer = await change({ locations: { "77": "HAM1", "78": "BER1" }, webhookSecret: "a-new-secret" });
    expect(changeConnectorAnswerSchema.parse(await answer.json())).toMatchObject({
      channel: "web",
      locations: { "77": "HAM1", "78": "BER1" },
    });
    const kept = await http.parts.storage.read((tx) => tx.connector(id));
    expect(kept).toMatchObject({ credentials: SHOP.credentials, webhookSecret: "a-new-secret" });
    expect(await http.parts.storage.read((tx) => tx.stockTold(id))).toMatchObject([
      { cursor: 0, lastFailure: null },
    ]);
    const cursorAfter = async (body: unknown) => {
      await http.parts.storage.write((tx) =>
        tx.putStockTold({ ...told, nextTryAt: instant(1), failures: 7 }),
      );
      expect((await change(body)).status).toBe(200);
      const [after] = await http.parts.storage.read((tx) => tx.stockTold(id));
      return [after?.cursor, after?.failures, after?.nextTryAt];
    };
    const same = { apiUrl: SHOP.apiUrl, credentials: SHOP.credentials, webhookSecret: "another-new-secret" };
    expect(await cursorAfter(same)).toEqual([9, 7, 1]);
    expect(await cursorAfter({ apiUrl: "https://moved.example" })).toEqual([0, 0, null]);
    expect(await cursorAfter({ credentials: { accessToken: "shpat_right" } })).toEqual([0, 0, null]);
    expect(await cursorAfter({ apiUrl: SHOP.apiUrl, credentials: SHOP.credentials })).toEqual([0, 0, null]);
    const before = await http.parts.storage.read((tx) => tx.connector(id));
    expect((await change({ apiUrl: "http://fen.example" })).status).toBe(400);
    expect((await change({ locations: { "1": "NOWHERE" } })).status).toBe(400);
    expect((await change({ channel: "other" })).status).toBe(400);
    expect((await change({}, "nobody")).status).toBe(404);
    expect(await http.parts.storage.read((tx) => tx.connector(id))).toEqual(before);
  });

  test("is alone in its channel; its API may be on this machine", async () => {
    await added({ apiUrl: "http://127.0.0.1:9/api" });
    expect(await refusalOf(await post("/hq/v1/connectors", SHOP))).toEqual({
      status: 409,
      reason: "conflict",
    });
  });

  test("is HQ's business alone", async () => {
    const made = await post("/hq/v1/keys", { scope: "shop", name: "Web shop" });
    const { key } = makeKeyAnswerSchema.parse(await made.json());
    for (const path of ["/hq/v1/connectors", "/hq/v1/connectors/inbox", "/hq/v1/connectors/dead"]) {
      expect((await http.ask(path)).status).toBe(401);
      expect((await http.ask(path, { token: key })).status).toBe(403);
    }
  });
});

describe("a webhook", () => {
  let path: string;
  beforeEach(async () => {
    path = (await added()).webhookPath;
  });
  const line = idOf<"Line">("1");
  const fewer = { stillWanted: [{ line, quantity: 1 }], refunded: money(350, EUR) };
  const refund = {
    kind: "refund",
    externalId: "1042",
    refund: { id: "r-1", amount: money(350, EUR), lines: [{ line, quantity: 1 }] },
  };

  test("that is genuine places its order; sent again, it does nothing", async () => {
    const first = seenOrder({ updatedAt: 1 });
    expect(await receiptOf(await send(first, { delivery: "d", path }))).toEqual({
      status: 200,
      receipt: "taken",
    });
    const placed = await order();
    expect(placed).toMatchObject({
      channel: "web",
      externalId: "1042",
      fulfilments: [{ state: "allocated" }],
    });
    expect(await receiptOf(await send(first, { delivery: "d", path }))).toEqual({
      status: 200,
      receipt: "duplicate",
    });
    expect(await receiptOf(await send(first, { delivery: "d-2", path }))).toEqual({
      status: 200,
      receipt: "taken",
    });
    expect(await order()).toEqual(placed);
    expect(await bench.levels()).toEqual({ onHand: 5, sum: 5, reserved: 2 });
    expect(await inbox()).toMatchObject([
      { delivery: "d-2", state: "taken", externalId: "1042", tries: 1 },
      { delivery: "d", state: "taken", reason: "" },
    ]);
  });

  test("that is forged, or altered by a byte, is 401 and leaves nothing; it is counted", async () => {
    const first = seenOrder({ updatedAt: 1 });
    const forged = await send(first, { delivery: "d", path, secret: "another-secret" });
    expect(await refusalOf(forged)).toEqual({ status: 401, reason: "unauthorised" });
    const signature =
      webhook(first, { webhookSecret: SECRET }, { delivery: "d" }).headers["x-signature"] ?? "";
    const altered = await send(`${JSON.stringify(first)} `, {
      delivery: "d",
      path,
      headers: { "x-signature": signature },
    });
    expect(altered.status).toBe(401);
    expect([await order(), await inbox()]).toEqual([null, []]);
    const { connectors } = await told(connectorsAnswerSchema, http.hq("/hq/v1/connectors"));
    expect(connectors).toMatchObject([{ forged: 2 }]);
  });

  test("is verified over its raw bytes, whatever its type says, and even without one", async () => {
    const odd = `{ "kind":"nothing",\n "why": "Grüße"}`;
    const types = [
      { "content-type": "text/plain" },
      { "content-type": "application/x-www-form-urlencoded" },
      {},
    ];
    for (const [index, headers] of types.entries()) {
      const answer = await send(odd, { delivery: `d-${index}`, path, headers });
      expect(answer.headers.get("x-ratelimit-limit")).toBe("1200");
      expect(await receiptOf(answer)).toEqual({ status: 200, receipt: "ignored" });
    }
    expect((await inbox())[0]?.reason).toBe("Grüße");
  });

  test("that is malformed is 400, one of no connector 404, one that is too large 413", async () => {
    expect((await send("{oh", { delivery: "d", path })).status).toBe(400);
    expect((await send("", { delivery: "d", path })).status).toBe(400);
    expect((await send({}, { delivery: "d", path: "/connectors/v1/nobody/webhook" })).status).toBe(404);
    // Not over a socket: the server hangs up on who sends too much, maybe before the answer was read.
    const app = await buildServer(http.parts.deps, { logger: null, consoleRoot: null });
    const payload = "x".repeat(2 * 1024 * 1024 + 1);
    expect((await app.inject({ method: "POST", url: path, payload })).statusCode).toBe(413);
    const large = { kind: "nothing", why: "Large.", filler: "x".repeat(1_500_000) };
    expect((await send(large, { delivery: "d-large", path })).status).toBe(200);
    expect(await inbox()).toHaveLength(1);
  });

  test("that comes out of order: a refund before its order waits for it, an older snapshot changes nothing", async () => {
    expect(await receiptOf(await send(refund, { delivery: "r", path }))).toEqual({
      status: 200,
      receipt: "waiting",
    });
    expect(await inbox("?state=waiting")).toMatchObject([
      { delivery: "r", externalId: "1042", reason: expect.stringMatching(/has not come yet/) },
    ]);
    await send(seenOrder({ updatedAt: 5, ...fewer }), { delivery: "edited", path });
    const late = await send(seenOrder({ updatedAt: 1 }), { delivery: "late", path });
    expect(await receiptOf(late)).toEqual({ status: 200, receipt: "ignored" });
    expect(await order()).toMatchObject({
      givenUp: [{ line: "1", quantity: 1 }],
      payment: { state: "paid", refunded: money(350, EUR) },
    });
    expect(await bench.levels()).toEqual({ onHand: 5, sum: 5, reserved: 1 });
    expect((await inbox()).map(({ delivery, state }) => [delivery, state])).toEqual([
      ["late", "ignored"],
      ["edited", "taken"],
      ["r", "taken"],
    ]);
  });

  test("that nobody can act on is 200 all the same, dead with its reason, and replayed on HQ's word", async () => {
    await bench.policy(BERLIN, { pickup: false });
    const first = await send(seenOrder({ updatedAt: 1 }), { delivery: "d", path });
    expect(await receiptOf(first)).toEqual({ status: 200, receipt: "dead" });
    const unread = await send({ problem: "Location 12 stands for no store." }, { delivery: "u", path });
    expect(await receiptOf(unread)).toEqual({ status: 200, receipt: "dead" });
    const [{ connector, reason } = { connector: "", reason: "" }] = await inbox("?state=dead&limit=1");
    expect(reason).toBe("Location 12 stands for no store.");
    await bench.policy(BERLIN, { pickup: true });
    const replay = (delivery: string) => post("/hq/v1/connectors/inbox/replay", { connector, delivery });
    expect(await told(messageAnswerSchema, replay("d"))).toMatchObject({ state: "taken", reason: "" });
    expect((await order())?.fulfilments).toHaveLength(1);
    expect(await refusalOf(await replay("d"))).toEqual({ status: 409, reason: "conflict" });
    expect(await refusalOf(await replay("nothing"))).toEqual({ status: 404, reason: "notFound" });
    const open = async () =>
      (await told(connectorsAnswerSchema, http.hq("/hq/v1/connectors"))).connectors[0]?.inbox;
    expect(await open()).toEqual({ waiting: 0, dead: 1 });
    const dismiss = () => post("/hq/v1/connectors/inbox/dismiss", { connector, delivery: "u" });
    expect(await told(messageAnswerSchema, dismiss())).toMatchObject({
      state: "ignored",
      reason: expect.stringMatching(/^Dismissed by HQ\. Location 12/),
    });
    expect((await dismiss()).status).toBe(409);
    expect(await open()).toEqual({ waiting: 0, dead: 0 });
  });

  test("ten at once, some twice, end as the newest says", async () => {
    const messages = [7, 3, 9, 1, 5].map((updatedAt) =>
      seenOrder({ updatedAt, ...(updatedAt > 4 ? fewer : {}) }),
    );
    const answers = await Promise.all(
      [...messages, ...messages].map((each, index) => send(each, { delivery: `d-${index % 5}`, path })),
    );
    const receipts = await Promise.all(answers.map(async (each) => (await receiptOf(each)).receipt));
    expect(receipts.filter((each) => each === "duplicate")).toHaveLength(5);
    expect(await order()).toMatchObject({ payment: { refunded: money(350, EUR) } });
    expect(await bench.levels()).toEqual({ onHand: 5, sum: 5, reserved: 1 });
  });
});

test("news that its shop never took is listed and told again on HQ's word", async () => {
  const { id } = await added();
  const { order: placed } = await bench.place();
  const at = http.parts.clock.now();
  await http.parts.storage.write(async (tx) => {
    await tx.spreadEvents(at);
    const [due] = await tx.dueDeliveries({ endpoint: id, at, limit: 1 });
    if (due === undefined) throw new Error("nothing is due");
    await tx.putDelivery({ ...due, failures: 1, nextTryAt: null, lastFailure: "no such order" });
  });
  const { dead } = await told(deadNewsAnswerSchema, http.hq("/hq/v1/connectors/dead"));
  expect(dead).toMatchObject([
    { connector: id, channel: "web", type: "order.placed", order: placed.id, lastFailure: "no such order" },
  ]);
  expect(await told(replayAnswerSchema, post("/hq/v1/webhooks/dead/replay", {}))).toEqual({ replayed: 0 });
  const again = await told(replayAnswerSchema, post("/hq/v1/connectors/dead/replay", { connector: id }));
  expect(again).toEqual({ replayed: 1 });
  const { connectors } = await told(connectorsAnswerSchema, http.hq("/hq/v1/connectors"));
  expect(connectors).toMatchObject([{ news: { waiting: 1, dead: 0 } }]);
  const [{ event } = { event: "" }] = dead;
  const dismiss = () => post("/hq/v1/connectors/dead/dismiss", { connector: id, event });
  expect((await dismiss()).status).toBe(404);
  await http.parts.storage.write(async (tx) => {
    const [due] = await tx.dueDeliveries({ endpoint: id, at, limit: 1 });
    if (due !== undefined) await tx.putDelivery({ ...due, nextTryAt: null });
  });
  expect((await dismiss()).status).toBe(200);
  expect(await told(deadNewsAnswerSchema, http.hq("/hq/v1/connectors/dead"))).toEqual({ dead: [] });
});
