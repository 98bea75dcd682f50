import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import { AT_DESK, NOON, orderLine, routedOrder } from "../testing/orders.ts";
import { actOn, type FulfilmentAct } from "./act.ts";
import { allThatIsDue, movementsOfHanded, reservedBy } from "./goods.ts";
import { judge } from "./judge.ts";
import type { Fulfilment } from "./order.ts";

const TWO_LINES = [orderLine({ name: "lamp", quantity: 3 }), orderLine({ name: "book", quantity: 2 })];
const LAMP = idOf<"Line">("line-lamp");
const BOOK = idOf<"Line">("line-book");

function fresh(): Fulfilment {
  const fulfilment = routedOrder({ lines: TWO_LINES }).fulfilments[0];
  if (fulfilment === undefined) throw new Error("not routed");
  return fulfilment;
}

function picked(
  lamps: number,
  books: number,
  rest: "refundRest" | "rerouteRest" | "askHq" | null,
): FulfilmentAct {
  return {
    type: "picked",
    lines: [
      { line: LAMP, quantity: lamps, substitute: null },
      { line: BOOK, quantity: books, substitute: null },
    ],
    shelf: "A3",
    rest,
  };
}

const ready = (): Fulfilment => actOn(fresh(), picked(3, 2, null), AT_DESK);
const handOut = (from: Fulfilment): FulfilmentAct => ({
  type: "handedOver",
  lines: allThatIsDue(from),
  proof: { kind: "code" },
  override: null,
});

describe("picking", () => {
  test("what is found in full is ready, on its shelf, and kept for as long as the store says", () => {
    const after = ready();
    expect(after).toMatchObject({ state: "ready", shelf: "A3", collectBy: NOON + AT_DESK.keepReadyMs });
    expect(after.trace.at(-1)).toMatchObject({ act: "picked", from: "allocated", to: "ready", fits: true });
  });

  test("pieces that are not there are missing, and the rest is ready", () => {
    const after = actOn(fresh(), picked(2, 2, "refundRest"), AT_DESK);
    expect(after.state).toBe("ready");
    expect(after.lines.map(({ picked: found, missing }) => [found, missing])).toEqual([
      [2, 1],
      [2, 0],
    ]);
    expect(judge({ before: fresh(), act: picked(2, 2, "refundRest") })).toEqual(["shortPick"]);
  });

  test("when HQ is asked the order waits as short, with nothing given up yet", () => {
    const after = actOn(fresh(), picked(2, 2, "askHq"), AT_DESK);
    expect(after).toMatchObject({ state: "short", collectBy: null });
    expect(after.lines.every(({ missing }) => missing === 0)).toBe(true);
  });

  test("a substitute takes the place of the article and is what leaves the stock", () => {
    const other = {
      variant: idOf<"Variant">("variant-other"),
      sku: idOf<"Sku">("OTHER"),
      name: "Other lamp",
    };
    const act: FulfilmentAct = {
      type: "picked",
      lines: [
        { line: LAMP, quantity: 3, substitute: other },
        { line: BOOK, quantity: 2, substitute: null },
      ],
      shelf: "",
      rest: null,
    };
    const after = actOn(fresh(), act, AT_DESK);
    expect(after.lines[0]).toMatchObject({ variant: "variant-other", insteadOf: "variant-lamp" });
    expect(reservedBy(after).get(other.variant)).toBe(3);
  });
});

describe("handing out", () => {
  test("all of it is collected, each piece a movement of its own", () => {
    const before = ready();
    const act = handOut(before);
    expect(actOn(before, act, AT_DESK).state).toBe("collected");
    const moved = movementsOfHanded({
      fulfilment: before.id,
      store: before.store,
      lines: allThatIsDue(before),
    });
    expect(moved).toHaveLength(5);
    expect(new Set(moved.map(({ reason }) => JSON.stringify(reason))).size).toBe(5);
  });

  test("a part of it leaves the rest ready", () => {
    const before = ready();
    const part: FulfilmentAct = {
      type: "handedOver",
      lines: [{ line: LAMP, variant: idOf<"Variant">("variant-lamp"), from: 0, quantity: 1 }],
      proof: { kind: "code" },
      override: null,
    };
    const after = actOn(before, part, AT_DESK);
    expect(after.state).toBe("ready");
    expect(allThatIsDue(after).map(({ from, quantity }) => [from, quantity])).toEqual([
      [1, 2],
      [0, 2],
    ]);
    expect(judge({ before: after, act: handOut(after) })).toEqual([]);
  });

  test("the same pieces again are found out, and count as handed once", () => {
    const before = ready();
    const act = handOut(before);
    const once = actOn(before, act, AT_DESK);
    expect(judge({ before: once, act })).toEqual(["handedOutTwice"]);
    const twice = actOn(once, act, AT_DESK);
    expect(twice.lines).toEqual(once.lines);
    expect(twice.trace.at(-1)).toMatchObject({ fits: false });
  });

  test("what a till that was cut off did not find is owed all the same where another found it, or another store has it", () => {
    const short: FulfilmentAct = { type: "picked", lines: [], shelf: "B2", rest: "refundRest" };
    for (const before of [ready(), actOn(fresh(), { type: "declined", reason: "Silent" }, AT_DESK)]) {
      const after = actOn(before, short, AT_DESK);
      expect(after.state).toBe(before.state);
      expect(after.lines).toEqual(before.lines);
      expect(after.collectBy).toBe(before.collectBy);
      if (before.state === "ready") expect(after.shelf).toBe(before.shelf);
      expect(after.trace.at(-1)).toMatchObject({ act: "picked", fits: false });
      expect(judge({ before, act: short })).toEqual([]);
    }
  });

  test("pieces that were given up meanwhile are gone all the same, and it is said", () => {
    const before = ready();
    const lessened = {
      ...before,
      lines: before.lines.map((line) => (line.line === LAMP ? { ...line, missing: 1 } : line)),
    };
    expect(judge({ before: lessened, act: handOut(before) })).toEqual(["handedOutAfterCancellation"]);
    expect(judge({ before: lessened, act: handOut(lessened) })).toEqual([]);
  });

  test("an order that was cancelled meanwhile is gone all the same, and it is said", () => {
    const cancelled = actOn(ready(), { type: "cancelled", reason: "changed my mind" }, AT_DESK);
    const act = handOut(ready());
    expect(judge({ before: cancelled, act })).toEqual(["handedOutAfterCancellation"]);
    const after = actOn(cancelled, act, AT_DESK);
    expect(after.state).toBe("collected");
    expect(reservedBy(after).size).toBe(0);
  });
});

describe("what is kept from being sold", () => {
  test("goods are reserved from the first moment until they are handed out", () => {
    expect([...reservedBy(fresh()).values()]).toEqual([3, 2]);
    expect(reservedBy(actOn(ready(), handOut(ready()), AT_DESK)).size).toBe(0);
  });

  test("a picked order that is cancelled keeps its goods until they are back on sale", () => {
    const cancelled = actOn(ready(), { type: "cancelled", reason: "late" }, AT_DESK);
    expect([...reservedBy(cancelled).values()]).toEqual([3, 2]);
    expect(reservedBy(actOn(cancelled, { type: "restocked" }, AT_DESK)).size).toBe(0);
  });

  test("an order that was never picked frees its goods as it is cancelled", () => {
    expect(reservedBy(actOn(fresh(), { type: "cancelled", reason: "late" }, AT_DESK)).size).toBe(0);
  });
});

const anyAct: fc.Arbitrary<FulfilmentAct> = fc.oneof(
  fc.constantFrom<FulfilmentAct>(
    { type: "accepted" },
    { type: "pickingStarted" },
    { type: "pickingStopped" },
    { type: "expired" },
    { type: "restocked" },
    { type: "declined", reason: "no" },
    { type: "cancelled", reason: "no" },
  ),
  fc
    .record({
      lamps: fc.integer({ min: 0, max: 5 }),
      books: fc.integer({ min: 0, max: 5 }),
      rest: fc.constantFrom("refundRest" as const, "rerouteRest" as const, "askHq" as const),
    })
    .map(({ lamps, books, rest }) => picked(lamps, books, rest)),
  fc.record({ from: fc.integer({ min: 0, max: 3 }), quantity: fc.integer({ min: 1, max: 3 }) }).map(
    ({ from, quantity }): FulfilmentAct => ({
      type: "handedOver",
      lines: [{ line: LAMP, variant: idOf<"Variant">("variant-lamp"), from, quantity }],
      proof: { kind: "code" },
      override: null,
    }),
  ),
);

test("whatever happens, in whatever order: no more is handed out, missing or reserved than was ordered, and all of it is traced", () => {
  fc.assert(
    fc.property(fc.array(anyAct, { maxLength: 30 }), (acts) => {
      const after = acts.reduce(
        (so, act, index) => actOn(so, act, { ...AT_DESK, at: instant(NOON + index) }),
        fresh(),
      );
      for (const line of after.lines) {
        expect(line.handed).toBeLessThanOrEqual(line.quantity);
        expect(line.picked + line.missing).toBeLessThanOrEqual(line.quantity);
        expect(line.handed).toBeGreaterThanOrEqual(0);
      }
      for (const pieces of reservedBy(after).values()) expect(pieces).toBeGreaterThan(0);
      expect(after.trace).toHaveLength(acts.length + 1);
      if (after.state === "collected") expect(allThatIsDue(after)).toEqual([]);
    }),
  );
});
