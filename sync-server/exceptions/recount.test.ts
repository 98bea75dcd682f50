import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Exception } from "#domain/exceptions/exceptions.ts";
import { idOf, instant, type NoticeId } from "#domain/ids.ts";
import type { Fact } from "#domain/journal/entry.ts";
import { type NoticeDocument, noticeSchema } from "#protocol/documents/notice.ts";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import { handedOver, OrderBench, partOf, picked } from "../testing/orders.ts";
import { BERLIN, TEA } from "../testing/shop.ts";

const HOUR_MS = 3_600_000;

let server: ServerForTests;
let bench: OrderBench;
let desk: PairedTill;
beforeEach(async () => {
  server = await ServerForTests.open();
  bench = new OrderBench(server.deps);
  await bench.stock(BERLIN, TEA, 5);
  desk = await server.pair(BERLIN);
});
afterEach(() => server.close());

const sale = (quantity: number): Fact => ({
  type: "ticket.completed",
  ticket: desk.till.ticket([{ variant: TEA, quantity }]),
});
const count = (task: NoticeId, counted: number): Fact => ({
  type: "stock.counted",
  task,
  variant: TEA,
  counted,
});

async function only(): Promise<Exception> {
  const [exception, ...more] = await bench.exceptions();
  if (exception === undefined || more.length > 0) throw new Error("not one exception");
  return exception;
}

async function decide(resolution: "recount" | "accept" | "contact") {
  const { id } = await only();
  return server.deps.exceptions.resolve({ id, resolution, by: "Hanna", note: "", store: null });
}

async function tasks() {
  const notices = (await bench.notices(BERLIN.store)).map((notice) => noticeSchema.parse(notice));
  return notices.filter(({ detail, resolved }) => detail.task === "recount" && !resolved);
}

async function askedFor(): Promise<NoticeId> {
  await bench.push(desk, sale(9));
  expect((await decide("recount")).ok).toBe(true);
  const [task] = await tasks();
  return task!.id;
}

describe("a shelf that was counted", () => {
  test("is what there is, by a movement over what the books say, and closes its task and its exception", async () => {
    const task = await askedFor();
    expect((await only()).closing).toBeNull();
    await bench.push(desk, count(task, 3));
    expect(await bench.levels()).toMatchObject({ onHand: 3, sum: 3 });
    expect(await bench.stockOnTills(BERLIN.store, TEA)).toMatchObject({ onHand: 3 });
    expect(await tasks()).toEqual([]);
    expect((await only()).closing).toMatchObject({
      resolution: "recount",
      note: "Counted 3, the books said -4.",
    });
  });

  test("counts once, however often it is pushed, and then goods are sold from it", async () => {
    const task = await askedFor();
    await bench.push(desk, count(task, 3), sale(1));
    await bench.pushAgain(desk);
    expect(await bench.levels()).toMatchObject({ onHand: 2, sum: 2 });
  });

  test("for a task that nobody gave is a fact all the same", async () => {
    await bench.push(desk, count(idOf<"Notice">("from-a-backup"), 1));
    expect(await bench.levels()).toMatchObject({ onHand: 1, sum: 1 });
  });
});

describe("a count asked for by a version before this one, of which only its notice is known", () => {
  const OLD = idOf<"Notice">("asked-long-ago");
  const notice = (id: NoticeId, detail: Readonly<Record<string, string>>): NoticeDocument => ({
    id,
    kind: "oversold",
    raisedAt: server.clock.now(),
    detail: { variant: TEA, ...detail },
    resolved: false,
  });
  const publish = (document: NoticeDocument) =>
    server.deps.publisher.publish((publication) => publication.putNotice(BERLIN.store, document));

  test("is off the tills once it was counted, and corrects the stock once", async () => {
    await publish(notice(OLD, { task: "recount" }));
    expect(await tasks()).toHaveLength(1);
    await bench.push(desk, count(OLD, 3), sale(1));
    await bench.pushAgain(desk);
    expect(await tasks()).toEqual([]);
    expect(await bench.levels()).toMatchObject({ onHand: 2, sum: 2 });
    const counted = desk.till.entries.find(({ fact }) => fact.type === "stock.counted")!;
    await server.storage.write((tx) => tx.beginEpoch(desk.till.device, 2));
    desk.till.epoch = 2;
    desk.till.begin();
    desk.till.repeat(counted);
    await bench.pushAgain(desk);
    expect(await bench.levels()).toMatchObject({ onHand: 2, sum: 2 });
  });

  test("ends nothing but a task, and only that of the article that was counted", async () => {
    await publish(notice(OLD, {}));
    await bench.push(desk, count(OLD, 3));
    const other = idOf<"Notice">("another-article");
    await publish(notice(other, { task: "recount", variant: "coffee" }));
    await bench.push(desk, count(other, 3));
    const notices = (await bench.notices(BERLIN.store)).map((each) => noticeSchema.parse(each));
    expect(notices.map(({ id, resolved }) => [id, resolved])).toEqual([
      [OLD, false],
      [other, false],
    ]);
  });
});

describe("a count stands for the moment the shelf was counted", () => {
  const NINE = 9 * HOUR_MS;
  const TEN = 10 * HOUR_MS;
  const NOON = 12 * HOUR_MS;
  const THREE = 15 * HOUR_MS;
  const EVENING = 20 * HOUR_MS;
  /** So many milliseconds into the day; books say 10 since its beginning. */
  let dawn: number;
  let task: NoticeId;
  let other: PairedTill;
  beforeEach(async () => {
    task = await askedFor();
    await bench.push(desk, count(task, 10));
    other = await server.pair(BERLIN);
    dawn = server.clock.now();
    server.clock.advance(EVENING);
  });

  /** Writes an act into a till's journal at a moment of the day by the till's clock; it is pushed with what comes later. */
  function act({ till }: PairedTill, at: number, fact: (till: PairedTill["till"]) => Fact): void {
    if (till.entries.length === 0) till.begin();
    till.at = instant(dawn + at);
    till.write(fact(till));
  }
  const sell = (quantity: number) => (till: PairedTill["till"]) =>
    ({ type: "ticket.completed", ticket: till.ticket([{ variant: TEA, quantity }]) }) as const;
  const counted = (pieces: number) => () => count(task, pieces);

  test("what another till sold before it, and tells of after it, was seen by whoever counted", async () => {
    act(other, NINE, sell(2));
    act(desk, TEN, counted(8));
    await bench.push(desk);
    await bench.push(other);
    expect(await bench.levels()).toMatchObject({ onHand: 8, sum: 8 });
    expect(await bench.stockOnTills(BERLIN.store, TEA)).toMatchObject({ onHand: 8 });
    await bench.pushAgain(other);
    expect(await bench.levels()).toMatchObject({ onHand: 8, sum: 8 });
  });

  test("what was sold since stays sold, although it is known before the count is", async () => {
    act(desk, NOON, counted(8));
    act(other, THREE, sell(3));
    await bench.push(other);
    await bench.push(desk);
    expect(await bench.levels()).toMatchObject({ onHand: 5, sum: 5 });
    expect(await bench.stockOnTills(BERLIN.store, TEA)).toMatchObject({ onHand: 5 });
  });

  test("an older count that comes later moves nothing, nor does what it had not seen", async () => {
    act(desk, NOON, counted(8));
    await bench.push(desk);
    act(desk, THREE, sell(1));
    act(other, NINE, counted(4));
    act(other, TEN, sell(1));
    await bench.push(desk);
    await bench.push(other);
    expect(await bench.levels()).toMatchObject({ onHand: 7, sum: 7 });
  });

  test("a newer count that comes later is what there is", async () => {
    act(desk, NOON, counted(8));
    act(other, THREE, counted(2));
    await bench.push(desk);
    await bench.push(other);
    expect(await bench.levels()).toMatchObject({ onHand: 2, sum: 2 });
  });

  test("by the server's clock: how far the till's is off is known", async () => {
    const clockOffsetMs = 5 * HOUR_MS;
    const { device } = other.till;
    await server.storage.write((tx) => tx.noteContacts([{ device, at: server.clock.now(), clockOffsetMs }]));
    act(other, NINE + clockOffsetMs, sell(2));
    act(desk, TEN, counted(8));
    await bench.push(desk);
    await bench.push(other);
    expect(await bench.levels()).toMatchObject({ onHand: 8, sum: 8 });
  });

  test("of what one till did its journal knows the order, also where its clock was put back", async () => {
    act(other, NOON, sell(2));
    await bench.push(other);
    act(other, NINE, counted(8));
    act(other, NINE + 1, sell(1));
    await bench.push(other);
    expect(await bench.levels()).toMatchObject({ onHand: 7, sum: 7 });
  });

  test("what a till carries over into its next epoch happened before that began", async () => {
    act(other, NINE, sell(2));
    act(desk, TEN, counted(8));
    await bench.push(desk);
    const carried = other.till.entries.at(-1)!;
    await server.storage.write((tx) => tx.beginEpoch(other.till.device, 2));
    other.till.epoch = 2;
    other.till.at = instant(dawn + THREE);
    other.till.begin();
    other.till.at = carried.at;
    other.till.repeat(carried);
    await bench.push(other);
    expect(await bench.levels()).toMatchObject({ onHand: 8, sum: 8 });
  });

  test("and counted before that began is told once more, for the till shows what it counted until then", async () => {
    act(other, TEN, counted(8));
    await bench.push(other);
    const told = await server.stockToldAt(BERLIN, TEA);
    const carried = other.till.entries.at(-1)!;
    await server.storage.write((tx) => tx.beginEpoch(other.till.device, 2));
    other.till.epoch = 2;
    other.till.begin();
    other.till.repeat(carried);
    await bench.push(other);
    expect(await bench.levels()).toMatchObject({ onHand: 8, sum: 8 });
    expect(await server.stockToldAt(BERLIN, TEA)).toBeGreaterThan(told);
  });

  test("more sold since than was counted is an oversell, whichever comes first", async () => {
    const kinds = async () => (await bench.exceptions()).filter(({ closing }) => closing === null);
    act(desk, NOON, counted(1));
    act(other, THREE, sell(3));
    await bench.push(other);
    expect(await kinds()).toEqual([]);
    await bench.push(desk);
    expect(await bench.levels()).toMatchObject({ onHand: -2 });
    expect(await kinds()).toMatchObject([{ kind: "oversold", detail: { variant: TEA, onHand: "-2" } }]);
  });

  test("what a count had seen oversells nothing, however late it is told", async () => {
    act(other, NINE, sell(9));
    act(desk, TEN, counted(1));
    await bench.push(desk);
    await bench.push(other);
    expect(await bench.levels()).toMatchObject({ onHand: 1, sum: 1 });
    expect((await bench.exceptions()).filter(({ closing }) => closing === null)).toEqual([]);
  });
});

describe("a count that is asked for", () => {
  test("is one task, however often it is asked for, and HQ sees that it is waited for", async () => {
    await askedFor();
    expect((await decide("recount")).ok).toBe(true);
    expect(await tasks()).toHaveLength(1);
    expect([...(await server.deps.exceptions.counting())]).toEqual([(await only()).id]);
  });

  test("leaves the tills when HQ settles it otherwise", async () => {
    await askedFor();
    expect((await decide("accept")).ok).toBe(true);
    expect(await tasks()).toEqual([]);
    expect(await server.deps.exceptions.counting()).toEqual(new Set());
  });

  test("of an order that went out twice is one of each of its articles, and closes when all are counted", async () => {
    const { order } = await bench.place();
    const part = partOf(order);
    await bench.push(desk, picked(part), handedOver(part));
    await bench.push(await server.pair(BERLIN), handedOver(part, { override: true }));
    expect((await only()).kind).toBe("handedOutTwice");
    expect((await decide("recount")).ok).toBe(true);
    const [task] = await tasks();
    expect(task?.detail.variant).toBe(TEA);
    await bench.push(desk, count(task!.id, 1));
    expect((await only()).closing).toMatchObject({ resolution: "recount" });
  });
});
