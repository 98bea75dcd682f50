import { beforeEach, describe, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import type { CashPolicy } from "#domain/shift/cash.ts";
import { countOf } from "#domain/shift/cash-count.ts";
import type { VerbParsedArgs } from "#protocol/till/contract.ts";
import { EUR, euros, MUG, PINS, settingsWith } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

const DAY_MS = 86_400_000;
const POLICY: CashPolicy = {
  drawer: "shared",
  requireShift: true,
  blindCount: true,
  variance: euros(200),
  float: euros(10_000),
  pickupAbove: euros(30_000),
  lockAfterMinutes: null,
};
const JOHANNA_ALLOWS = { manager: idOf<"Staff">("johanna"), pin: PINS.johanna };

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  policy({});
  await till.signIn("mira");
});

function policy(changes: Partial<CashPolicy>): void {
  till.replica.put("settings", settingsWith({ cash: { ...POLICY, ...changes } }));
}

/** Counted in cents, for brevity's sake. */
function cash(minor: number) {
  return countOf([{ face: 1, pieces: minor }], EUR);
}

async function good<T>(
  answer: Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string }>,
): Promise<T> {
  const given = await answer;
  if (!given.ok) throw new Error(`refused: ${given.reason}`);
  return given.value;
}

function open(minor = 10_000) {
  return good(till.verbs.openShift({ float: cash(minor), approval: null }));
}

/** One mug, 8.50. */
async function sell(tendered = 1_000) {
  await good(till.verbs.addItem({ variant: MUG, quantity: 1 }));
  await good(till.verbs.takeCash({ tendered: euros(tendered) }));
  return good(till.verbs.completeSale({ basket: till.basket.id }));
}

function shift() {
  const view = till.shop.views.shift.current();
  if (view === null) throw new Error("nobody is signed in");
  return view;
}

function mine() {
  const { mine: open } = shift();
  if (open === null) throw new Error("no shift is open");
  return open;
}

function count(minor: number) {
  return till.verbs.countShift({ shift: mine().shift, count: cash(minor) });
}

function close(changes: Partial<VerbParsedArgs<"closeShift">> = {}) {
  return till.verbs.closeShift({
    shift: mine().shift,
    kept: euros(10_000),
    reason: null,
    approval: null,
    ...changes,
  });
}

function closeDay() {
  return till.verbs.closeDay({ approval: null });
}

describe("a day at one drawer", () => {
  test("goes from the float to the Z report, and every sum fits", async () => {
    await open();
    await sell(1_000);
    await sell(850);
    expect(await good(count(11_700))).toEqual({
      counted: euros(11_700),
      expected: euros(11_700),
      variance: euros(0),
      needs: "nothing",
    });
    await good(close());
    const { report } = await good(closeDay());
    expect(report).toMatchObject({
      kind: "z",
      number: 1,
      businessDay: "2026-11-24",
      turnover: euros(1_700),
      grandTotal: euros(1_700),
      receipts: { count: 2, first: "BER1-03-000001", last: "BER1-03-000002" },
      tenders: [{ kind: "cash", count: 2, in: euros(1_700), out: euros(0) }],
      drawers: [
        {
          float: euros(10_000),
          cashIn: euros(1_700),
          expected: euros(11_700),
          variance: euros(0),
          kept: euros(10_000),
        },
      ],
    });
    expect(shift()).toMatchObject({ mine: null, nextZ: 2, salesSinceZ: 0, suggestedFloat: euros(10_000) });
  });

  test("stands on each of its tickets", async () => {
    await open();
    const { shift: opened } = mine();
    await sell();
    expect(till.journal.facts("ticket.completed").map(({ ticket }) => ticket.shift)).toEqual([opened]);
  });
});
