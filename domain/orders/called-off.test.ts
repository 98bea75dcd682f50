import { describe, expect, test } from "vitest";
import { idOf, type StoreId } from "../ids.ts";
import { AT_DESK, BERLIN, HAMBURG, NOON, orderLine, routedOrder, wantedOrder } from "../testing/orders.ts";
import type { FulfilmentAct } from "./act.ts";
import { withSuperfluousCalledOff } from "./called-off.ts";
import { allThatIsDue } from "./goods.ts";
import type { Order } from "./order.ts";
import { actOnOrder, newFulfilment, withFulfilment } from "./routing.ts";

const LAMP = orderLine({ name: "lamp", quantity: 4, price: 2_500 });
const MUNICH = idOf<"Store">("store-munich");
const BOOK = orderLine({ name: "book", price: 999 });

function withPart(
  order: Order,
  id: string,
  store: StoreId,
  needs: readonly (readonly [typeof LAMP, number])[],
): Order {
  const wanted = needs.map(([{ id: line, variant }, quantity]) => {
    if (variant === null) throw new Error("an article is known");
    return { line, variant, quantity };
  });
  const told = { id: idOf<"Fulfilment">(id), order, store, pickup: null, at: NOON, promisedAt: NOON };
  return withFulfilment(order, newFulfilment({ ...told, needs: wanted }));
}

function act(order: Order, id: string, what: FulfilmentAct): Order {
  const fulfilment = order.fulfilments.find((each) => each.id === id);
  if (fulfilment === undefined) throw new Error(`no ${id}`);
  return actOnOrder({ order, fulfilment, act: what, context: AT_DESK });
}

/** All that is due of it leaves, and what is superfluous then is called off. */
function leave(order: Order, id: string): Order {
  const fulfilment = order.fulfilments.find((each) => each.id === id);
  if (fulfilment === undefined) throw new Error(`no ${id}`);
  const lines = allThatIsDue(fulfilment);
  return withSuperfluousCalledOff(act(order, id, { type: "shipped", lines, parcels: [] }), AT_DESK);
}

const ordered = (...lines: (typeof LAMP)[]): Order => ({
  ...routedOrder(wantedOrder({ lines })),
  fulfilments: [],
});
const states = ({ fulfilments }: Order) => fulfilments.map(({ id, state }) => [id, state]);
const DECLINED = { type: "declined", reason: "Silent" } as const;

test("what left a store after some of it was given to another is not sent by that one as well", () => {
  const lines = [{ line: LAMP.id, quantity: 2, substitute: null }];
  const short = act(withPart(ordered(LAMP), "berlin", BERLIN, [[LAMP, 4]]), "berlin", {
    type: "picked",
    lines,
    shelf: "",
    rest: "rerouteRest",
  });
  const shared = withPart(short, "hamburg", HAMBURG, [[LAMP, 2]]);
  if (LAMP.variant === null) throw new Error("an article is known");
  const all = [{ line: LAMP.id, variant: LAMP.variant, from: 0, quantity: 4 }];
  const sent = act(shared, "berlin", { type: "shipped", lines: all, parcels: [] });
  expect(states(withSuperfluousCalledOff(sent, AT_DESK))).toEqual([
    ["berlin", "shipped"],
    ["hamburg", "cancelled"],
  ]);
});

test("what left the store that had lost it is not sent by the other as well", () => {
  const moved = withPart(
    act(withPart(ordered(LAMP), "a", BERLIN, [[LAMP, 4]]), "a", DECLINED),
    "b",
    HAMBURG,
    [[LAMP, 4]],
  );
  const after = leave(moved, "a");
  expect(states(after)).toEqual([
    ["a", "shipped"],
    ["b", "cancelled"],
  ]);
  expect(after.givenUp).toEqual([]);
});

test("a part that has something else to give as well is left to people", () => {
  const begun = act(withPart(ordered(LAMP, BOOK), "a", BERLIN, [[LAMP, 4]]), "a", DECLINED);
  const after = leave(
    withPart(begun, "b", HAMBURG, [
      [LAMP, 4],
      [BOOK, 1],
    ]),
    "a",
  );
  expect(states(after)).toEqual([
    ["a", "shipped"],
    ["b", "allocated"],
  ]);
});

test("what leaves as it should calls nothing off, nor does what was given up and left after all", () => {
  const split = withPart(withPart(ordered(LAMP), "a", BERLIN, [[LAMP, 2]]), "b", HAMBURG, [[LAMP, 2]]);
  expect(states(leave(split, "a"))).toEqual([
    ["a", "shipped"],
    ["b", "allocated"],
  ]);
  const cancelled = act(split, "a", { type: "cancelled", reason: "Not collected" });
  const givenUp = { ...cancelled, givenUp: [{ line: LAMP.id, quantity: 2 }] };
  expect(states(leave(givenUp, "a"))).toEqual([
    ["a", "shipped"],
    ["b", "allocated"],
  ]);
});

describe("where a store gave up some of the line as missing", () => {
  /** Hamburg found one of its two; Berlin was silent, so that its two were moved to Munich, and left there all the same. */
  const found = (rest: "refundRest" | "rerouteRest") => {
    const split = withPart(withPart(ordered(LAMP), "a", BERLIN, [[LAMP, 2]]), "b", HAMBURG, [[LAMP, 2]]);
    const lines = [{ line: LAMP.id, quantity: 1, substitute: null }];
    const short = act(split, "b", { type: "picked", lines, shelf: "", rest });
    return withPart(act(short, "a", DECLINED), "c", MUNICH, [[LAMP, 2]]);
  };

  test("it is not owed: what left the store that had lost it is not sent by the other as well", () => {
    const after = leave(found("refundRest"), "a");
    expect(states(after)).toEqual([
      ["a", "shipped"],
      ["b", "ready"],
      ["c", "cancelled"],
    ]);
    expect(after.givenUp).toEqual([{ line: LAMP.id, quantity: 1 }]);
  });

  test("but is where another store is to find it: four come, the one that was found is too many", () => {
    expect(states(leave(found("rerouteRest"), "a"))).toEqual([
      ["a", "shipped"],
      ["b", "cancelled"],
      ["c", "allocated"],
    ]);
  });

  test("and of what was given up with a part that left after all nothing is called off for it", () => {
    const split = withPart(withPart(ordered(LAMP), "a", BERLIN, [[LAMP, 1]]), "b", HAMBURG, [[LAMP, 2]]);
    const whole = withPart(split, "c", MUNICH, [[LAMP, 1]]);
    const lines = [{ line: LAMP.id, quantity: 1, substitute: null }];
    const short = act(whole, "b", { type: "picked", lines, shelf: "", rest: "refundRest" });
    const cancelled = act(short, "a", { type: "cancelled", reason: "Not collected" });
    const after = leave(
      { ...cancelled, givenUp: [...cancelled.givenUp, { line: LAMP.id, quantity: 1 }] },
      "a",
    );
    expect(states(after)).toEqual([
      ["a", "shipped"],
      ["b", "ready"],
      ["c", "allocated"],
    ]);
  });
});
