import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { instant } from "#domain/ids.ts";
import { makeKeyAnswerSchema } from "#protocol/hq/keys.ts";
import { availabilityAnswerSchema, shopOrderSchema } from "#protocol/shop/order.ts";
import { quoteSchema } from "#protocol/shop/quote.ts";
import { EVENT_TYPES } from "../events/event-types.ts";
import { ORDER_EVENTS } from "../events/order-events.ts";
import { newWebhookSecret, webhookHeaders } from "../events/sign.ts";
import { HttpForTests } from "../http-for-tests.ts";
import { TEA } from "../testing/shop.ts";

const DOCUMENT = readFileSync(join(import.meta.dirname, "../../docs/web-shop.md"), "utf8");
/** The demo's article in the document, and the one that the tests' shop has. */
const SKUS = ["WIN-1005", "SKU-tea"] as const;
/** What the document asks, in its order: address and, where something is sent, the body. */
const CALLS = [...DOCUMENT.matchAll(/^ask '([^']+)'(?: -d '([^']+)')?$/gm)].map(
  ([, path = "", body = null]) => ({
    path: path.replaceAll(...SKUS),
    body: body === null ? null : (JSON.parse(body.replaceAll(...SKUS)) as unknown),
  }),
);
const RECEIVER = /^```js\n([\s\S]+?)^```$/m.exec(DOCUMENT)?.[1] ?? "";

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open();
  await http.parts.stockUp([TEA], 5);
});
afterEach(() => http.close());

test("what the document asks of the server, it does, in the order in which it stands there", async () => {
  const body = { scope: "shop", name: "web", channels: ["web"] };
  const made = await http.hq("/hq/v1/keys", { method: "POST", body });
  const { key } = makeKeyAnswerSchema.parse(await made.json());
  const answers = [];
  for (const { path, body } of CALLS) {
    const asked = body === null ? {} : { method: "POST", body };
    const answer = await http.ask(path, { token: key, ...asked });
    expect(answer.ok, `${path}: ${answer.status}`).toBe(true);
    answers.push({ status: answer.status, told: await answer.json() });
  }
  const [quote, availability, placed, known, cancelled] = answers;
  expect(answers).toHaveLength(5);
  expect(quoteSchema.parse(quote?.told).totals.total.minor).toBe(700);
  expect(availabilityAnswerSchema.parse(availability?.told).items[0]?.stores[0]?.available).toBe(5);
  expect(placed?.status).toBe(201);
  expect(shopOrderSchema.parse(placed?.told)).toMatchObject({
    pickupCode: expect.stringMatching(/^.{6}$/),
    remarks: [],
  });
  expect(shopOrderSchema.parse(known?.told)).toMatchObject({ number: "FEN-1042", pickupCode: null });
  expect(shopOrderSchema.parse(cancelled?.told)).toMatchObject({
    status: "cancelled",
    refundedByShop: { minor: 1_990 },
  });
});

test("the document says of every event of an order what the shop does, and names the other kinds there are", () => {
  const told = [...DOCUMENT.matchAll(/^\| `(order\.\w+)` +\| \S/gm)].map(([, type]) => type);
  expect(told.toSorted()).toEqual(Object.keys(ORDER_EVENTS).toSorted());
  const kinds = new Set(Object.keys(EVENT_TYPES).map((type) => type.split(".")[0]));
  expect([...kinds].filter((kind) => !DOCUMENT.includes(`\`${kind}.`))).toEqual([]);
});

test("the document's receiver knows our events, and nobody else's or old ones", async () => {
  const { isFromOnetill } = z
    .object({
      isFromOnetill: z.function({ input: [z.string(), z.unknown(), z.string()], output: z.boolean() }),
    })
    .parse(await import(`data:text/javascript,${encodeURIComponent(RECEIVER)}`));
  const secret = newWebhookSecret();
  const body = JSON.stringify({ type: "order.ready", data: { number: "FEN-1042" } });
  const at = instant(1_800_000_000_000);
  const headers = webhookHeaders({ secret, id: "event-1", at, body });
  vi.useFakeTimers({ now: at, toFake: ["Date"] });
  try {
    expect(isFromOnetill(secret, headers, body)).toBe(true);
    expect(isFromOnetill(secret, headers, `${body} `)).toBe(false);
    expect(isFromOnetill(newWebhookSecret(), headers, body)).toBe(false);
    expect(isFromOnetill(secret, { ...headers, "webhook-signature": "v1,none" }, body)).toBe(false);
    vi.setSystemTime(at + 600_000);
    expect(isFromOnetill(secret, headers, body)).toBe(false);
  } finally {
    vi.useRealTimers();
  }
});
