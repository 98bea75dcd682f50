import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Exception } from "#domain/exceptions/exceptions.ts";
import { idOf, type NoticeId } from "#domain/ids.ts";
import type { Fact } from "#domain/journal/entry.ts";
import { noticeSchema } from "#protocol/documents/notice.ts";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import { handedOver, OrderBench, partOf, picked } from "../testing/orders.ts";
import { BERLIN, TEA } from "../testing/shop.ts";

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

  test("counts from the books as they are when the count arrives: what another till sold meanwhile is in them", async () => {
    const task = await askedFor();
    const other = await server.pair(BERLIN);
    const ticket = other.till.ticket([{ variant: TEA, quantity: 1 }]);
    await bench.push(other, { type: "ticket.completed", ticket });
    await bench.push(desk, count(task, 3));
    expect(await bench.levels()).toMatchObject({ onHand: 3, sum: 3 });
    expect((await only()).closing?.note).toBe("Counted 3, the books said -5.");
  });

  test("counts once, however often it is pushed, and then goods are sold from it", async () => {
    const task = await askedFor();
    await bench.push(desk, count(task, 3), sale(1));
    await bench.pushAgain(desk);
    expect(await bench.levels()).toMatchObject({ onHand: 2, sum: 2 });
  });

  test("and counted again, on another till that was cut off, is what that one found", async () => {
    const task = await askedFor();
    await bench.push(desk, count(task, 3));
    await bench.push(await server.pair(BERLIN), count(task, 2));
    expect(await bench.levels()).toMatchObject({ onHand: 2, sum: 2 });
    expect((await only()).closing?.note).toBe("Counted 3, the books said -4.");
  });

  test("for a task that nobody gave is a fact all the same", async () => {
    await bench.push(desk, count(idOf<"Notice">("from-a-backup"), 1));
    expect(await bench.levels()).toMatchObject({ onHand: 1, sum: 1 });
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
