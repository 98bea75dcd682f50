import { afterEach, beforeEach, expect, test } from "vitest";
import { pagesAnswerSchema } from "#protocol/sync/pages.ts";
import { type Answer, FakeServer, refusal } from "../testing/fake-server.ts";
import { MUG, price, stock } from "../testing/shop-fixture.ts";
import { SyncedTill, stockedServer } from "../testing/synced-till.ts";

let server: FakeServer;
let till: SyncedTill;
beforeEach(async () => {
  server = stockedServer(new FakeServer());
  till = await SyncedTill.upToDate(server);
});
afterEach(() => till.close());

const MUG_PRICE = `retail:${MUG}`;

/** A price and a level change, and wake the till together. Answers what it asked for until it rested. */
async function bothChange(amount: number, onHand: number, ...answers: readonly Answer[]) {
  server.answerNext("pages", ...answers);
  server.books.put("prices", price(MUG, amount));
  server.books.put("stock", stock(MUG, onHand));
  const before = server.asks.length;
  const asked = server.asked("pages", server.asksOf("pages").length + 1);
  server.streams.wake("prices", "stock");
  await asked;
  await till.resting();
  return server.asks.slice(before).map(({ call, name }) => `${call} ${name}`.trim());
}

async function shown() {
  const { replica } = till.parts;
  return [(await replica.get("prices", MUG_PRICE))?.amount.minor, (await replica.get("stock", MUG))?.onHand];
}

test("S39a S55 what several collections were woken for comes by one call", async () => {
  expect(await bothChange(999, 7)).toEqual(["pages"]);
  expect(await shown()).toEqual([999, 7]);
  expect(till.defects).toEqual([]);
});

test("S50 one collection alone is pulled by itself", async () => {
  server.books.put("prices", price(MUG, 999));
  const asked = server.asked("replica", server.asksOf("replica").length + 1);
  server.streams.wake("prices");
  await asked;
  await till.resting();
  expect(server.asksOf("pages")).toEqual([]);
});

test("S39a what is not in the answer, or does not end at the head, is pulled by itself", async () => {
  const withoutPrices: Answer = async (ask) => {
    const { pages, serverTime } = pagesAnswerSchema.parse(await server.answer(ask).json());
    return Response.json({ pages: { stock: pages.stock }, serverTime });
  };
  expect(await bothChange(999, 7, withoutPrices)).toEqual(["pages", "replica prices"]);
  expect(await shown()).toEqual([999, 7]);
  server.pageSize = 1;
  for (const amount of [998, 997])
    server.books.put("prices", price(`${MUG}-${amount}` as typeof MUG, amount));
  const asked = await bothChange(996, 6);
  expect(asked[0]).toBe("pages");
  expect(asked.slice(1)).toContain("replica prices");
  expect(await shown()).toEqual([996, 6]);
});

test("S55 a server of before is asked for each by itself, and for all at once again as the stream is opened anew", async () => {
  server.knowsPages = false;
  expect(await bothChange(999, 7)).toEqual(["pages", "replica prices", "replica stock"]);
  server.books.put("prices", price(MUG, 998));
  const asked = server.asked("replica", server.asksOf("replica").length + 2);
  server.streams.wake("prices", "stock");
  await asked;
  await till.resting();
  expect(server.asksOf("pages")).toHaveLength(1);
  server.knowsPages = true;
  const streams = server.asksOf("changes").length;
  server.streams.cut();
  await till.tryingAgain(server.asked("changes", streams + 1));
  await till.until(({ link }) => link.state === "online");
  await till.resting();
  expect(await bothChange(997, 6)).toEqual(["pages"]);
});

test("S36 a sale of its own that the pages contain counts once", async () => {
  await till.sell({ pieces: 2 });
  await server.asked("journal", 2);
  await till.resting();
  server.books.put("prices", price(MUG, 999));
  const asked = server.asked("pages", 1);
  server.streams.wake("prices", "stock");
  await asked;
  await till.resting();
  expect(till.parts.journal.pendingFor("stock")).toEqual([]);
  expect(await shown()).toEqual([999, 10]);
});

test("a document in a wrong shape stops its own collection, not the others", async () => {
  const wrongPrice: Answer = async (ask) => {
    const answer = pagesAnswerSchema.parse(await server.answer(ask).json());
    const documents = [{ id: MUG_PRICE, deleted: false, data: { id: MUG_PRICE, amount: "much" } }];
    return Response.json({
      ...answer,
      pages: { ...answer.pages, prices: { ...answer.pages.prices, documents } },
    });
  };
  const [before] = await shown();
  server.answerAlways("pages", wrongPrice);
  server.answerAlways("replica", () => refusal(503, "internal"));
  server.books.put("prices", price(MUG, 999));
  server.books.put("stock", stock(MUG, 7));
  server.streams.wake("prices", "stock");
  await till.backingOff();
  expect(await shown()).toEqual([before, 7]);
  server.answerAlways("pages", null);
  server.answerAlways("replica", null);
  await till.tryingAgain(server.asked("replica", 1, "prices"));
  await till.resting();
  expect(await shown()).toEqual([999, 7]);
});

test("S55 an answer that never comes whole changes nothing, and each is asked for by itself: what is wrong with one holds up no other", async () => {
  server.answerNext("pages", () => new Response('{"pages":{"stock":'));
  server.books.put("prices", price(MUG, 999));
  server.books.put("stock", stock(MUG, 7));
  server.streams.wake("prices", "stock");
  await till.backingOff();
  await till.tryingAgain(server.asked("replica", server.asksOf("replica").length + 2));
  await till.resting();
  expect(server.asksOf("pages")).toHaveLength(1);
  expect(await shown()).toEqual([999, 7]);
  expect(await bothChange(998, 6)).toEqual(["pages"]);
});
