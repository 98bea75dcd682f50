import { expect, test } from "vitest";
import { mayDo, roleOf } from "../staff/role.ts";
import {
  FULFILMENT_STATES,
  type FulfilmentActType,
  type FulfilmentState,
  fits,
  isOpen,
  TRANSITIONS,
} from "./transitions.ts";

const ACTS = Object.keys(TRANSITIONS) as FulfilmentActType[];

function reachable(): ReadonlySet<FulfilmentState> {
  const found = new Set<FulfilmentState>(["allocated"]);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const act of ACTS)
      for (const state of [...found])
        if (fits(act, state)) for (const to of TRANSITIONS[act].to) found.add(to);
  }
  return found;
}

test("an order can come into every state there is, beginning with its store", () => {
  expect([...reachable()].sort()).toEqual([...FULFILMENT_STATES].sort());
});

test("from every open state there is a way to an end, and from an end there is none back", () => {
  for (const state of FULFILMENT_STATES) {
    const next = ACTS.filter((act) => fits(act, state)).flatMap((act) => TRANSITIONS[act].to);
    if (isOpen(state)) expect(next.length, state).toBeGreaterThan(0);
    else
      expect(
        next.every((to) => !isOpen(to)),
        state,
      ).toBe(true);
  }
});

test("only a manager hands out without the lease, everybody else's acts are for everybody", () => {
  for (const act of ACTS) {
    const { permission } = TRANSITIONS[act];
    if (permission !== null) expect(mayDo(roleOf({}, "cashier"), { permission }), act).toBe(true);
  }
  expect(mayDo(roleOf({}, "cashier"), { permission: "orders.handOverWithoutLease" })).toBe(false);
  expect(mayDo(roleOf({}, "manager"), { permission: "orders.handOverWithoutLease" })).toBe(true);
});
