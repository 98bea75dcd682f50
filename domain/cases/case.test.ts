import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import { DAY_MS } from "../store/offline-state.ts";
import { NOTHING_DONE, openCase, withCaseActs } from "./act.ts";
import type { Case, CaseAct, DatedCaseAct } from "./case.ts";
import { casePolicyOf, DEFAULT_CASE_POLICY, deadlineOf, isOverdue } from "./deadline.ts";
import { caseNumber, hqCaseNumber, isCaseNumber } from "./number.ts";
import { CASE_OUTCOMES, CASE_STATUSES, CASE_TRANSITIONS, type CaseStatus, moveFits } from "./status.ts";

const AT = instant(1_800_000_000_000);
const BERLIN = idOf<"Store">("store-ber1");
const HAMBURG = idOf<"Store">("store-ham1");
const BY = { kind: "staff", staff: idOf<"Staff">("mira"), device: idOf<"Device">("till-1") } as const;

const FRESH: Case = openCase(
  {
    id: idOf<"Case">("case-1"),
    number: "C-BER1-03-000012",
    kind: "repair",
    store: BERLIN,
    customer: null,
    contact: { name: "Ada Brandt", email: null, phone: "030 1234567" },
    product: { variant: null, sku: null, name: "Oak lamp", options: [] },
    serial: "",
    purchase: null,
    fault: "Does not light",
    condition: "",
    accessories: "",
    deadline: instant(AT + 14 * DAY_MS),
    photos: [],
  },
  { at: AT, by: BY },
);

function act(id: string, minutes: number, done: Partial<CaseAct>): DatedCaseAct {
  return { id, at: instant(AT + minutes * 60_000), by: BY, act: { ...NOTHING_DONE, ...done } };
}

function move(from: CaseStatus, to: CaseStatus, outcome: CaseAct["move"] = null): Partial<CaseAct> {
  return { move: outcome ?? { from, to, outcome: to === "closed" ? "repaired" : null } };
}

describe("the life of a case", () => {
  test("it is opened, worked on, waits for its customer and is closed with what became of it", () => {
    const closed = withCaseActs(FRESH, [
      act("a", 1, move("open", "inProgress")),
      act("b", 2, move("inProgress", "readyForPickup")),
      act("c", 3, move("readyForPickup", "closed")),
    ]);
    expect(closed).toMatchObject({ status: "closed", outcome: "repaired", closedAt: AT + 180_000 });
    expect(closed.history.every(({ fits }) => fits)).toBe(true);
  });

  test("an offline till that works on a case which was closed meanwhile does not open it again; what it did is noted as not fitting", () => {
    const after = withCaseActs(FRESH, [
      act("close", 1, move("open", "closed")),
      act("late", 2, { ...move("open", "inProgress"), note: "Taken to the workshop" }),
    ]);
    expect(after).toMatchObject({ status: "closed", outcome: "repaired" });
    expect(after.history[1]).toMatchObject({ id: "late", fits: false, status: "closed" });
    expect(after.history[1]?.act.note).toBe("Taken to the workshop");
  });

  test("a colleague who sees that it is closed opens it again, and its outcome is open again too", () => {
    const again = withCaseActs(FRESH, [
      act("close", 1, move("open", "closed")),
      act("again", 2, move("closed", "inProgress")),
    ]);
    expect(again).toMatchObject({ status: "inProgress", outcome: null, closedAt: null });
  });

  test("two tills that close it differently: the first one's outcome stands", () => {
    const after = withCaseActs(FRESH, [
      act("b", 2, move("open", "closed", { from: "open", to: "closed", outcome: "rejected" })),
      act("a", 1, move("open", "closed", { from: "open", to: "closed", outcome: "replaced" })),
    ]);
    expect(after.outcome).toBe("replaced");
    expect(after.history.map(({ fits }) => fits)).toEqual([true, false]);
  });

  test("another store takes it over, and the deadline that was moved last counts", () => {
    const after = withCaseActs(FRESH, [
      act("b", 2, { deadline: instant(AT + 30 * DAY_MS) }),
      act("a", 1, { deadline: instant(AT + 20 * DAY_MS), store: HAMBURG }),
    ]);
    expect(after).toMatchObject({ store: HAMBURG, deadline: AT + 30 * DAY_MS });
  });
});

const anAct: fc.Arbitrary<DatedCaseAct> = fc
  .record({
    id: fc.integer({ min: 0, max: 40 }),
    minutes: fc.integer({ min: 0, max: 6 }),
    from: fc.constantFrom(...CASE_STATUSES),
    to: fc.option(fc.constantFrom(...CASE_STATUSES)),
    outcome: fc.constantFrom(...CASE_OUTCOMES),
    note: fc.string({ maxLength: 5 }),
    days: fc.option(fc.integer({ min: 1, max: 90 })),
    store: fc.option(fc.constantFrom(BERLIN, HAMBURG)),
  })
  .map(({ id, minutes, from, to, outcome, note, days, store }) =>
    act(`act-${id}`, minutes, {
      move: to === null ? null : { from, to, outcome: to === "closed" ? outcome : null },
      note,
      deadline: days === null ? null : instant(AT + days * DAY_MS),
      store,
    }),
  );
/** Of one id there is one act only, as of one journal entry. */
const acts = fc.uniqueArray(anAct, { selector: ({ id }) => id, maxLength: 12 });

describe("acts of several tills", () => {
  test("in whatever order they arrive, one by one or together, even twice, the case is the same", () => {
    fc.assert(
      fc.property(
        acts.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.subarray(all)),
        ),
        ([all, shuffled, again]) => {
          const together = withCaseActs(FRESH, all);
          const oneByOne = [...shuffled, ...again].reduce((now, each) => withCaseActs(now, [each]), FRESH);
          expect(oneByOne).toEqual(together);
        },
      ),
    );
  });

  test("nothing that was done is ever lost, and no case is closed without an outcome or has one without being closed", () => {
    fc.assert(
      fc.property(acts, (all) => {
        const after = withCaseActs(FRESH, all);
        expect(new Set(after.history.map(({ id }) => id))).toEqual(new Set(all.map(({ id }) => id)));
        expect(after.outcome !== null).toBe(after.status === "closed");
        expect(after.closedAt !== null).toBe(after.status === "closed");
      }),
    );
  });

  test("a case goes from status to status by the table alone", () => {
    fc.assert(
      fc.property(acts, (all) => {
        let now: CaseStatus = "open";
        for (const { status } of withCaseActs(FRESH, all).history) {
          expect(status === now || CASE_TRANSITIONS[now].includes(status)).toBe(true);
          now = status;
        }
      }),
    );
  });

  test("whatever a till offers as the next step of the case in front of it fits", () => {
    for (const now of CASE_STATUSES)
      for (const to of CASE_TRANSITIONS[now]) expect(moveFits({ now, from: now, to })).toBe(true);
  });
});

describe("deadlines", () => {
  test("each kind has its days by the store's policy, the common one where it has none", () => {
    const policy = { deadlineDays: { complaint: 3, warranty: 20, repair: 10 } };
    expect(deadlineOf({ kind: "warranty", at: AT, policy })).toBe(AT + 20 * DAY_MS);
    expect(casePolicyOf({})).toBe(DEFAULT_CASE_POLICY);
    expect(casePolicyOf({ cases: policy })).toBe(policy);
  });

  test("what waits to be picked up or is closed is never overdue", () => {
    const late = instant(FRESH.deadline + 1);
    expect(isOverdue(FRESH, FRESH.deadline)).toBe(false);
    expect(isOverdue(FRESH, late)).toBe(true);
    expect(isOverdue({ ...FRESH, status: "readyForPickup" }, late)).toBe(false);
    expect(isOverdue({ ...FRESH, status: "closed" }, late)).toBe(false);
  });
});

describe("case numbers", () => {
  test("they say the store, the register and the place in its journal", () => {
    expect(caseNumber({ storeCode: "BER1", register: 3, epoch: 1, seq: 12 })).toBe("C-BER1-03-000012");
    expect(caseNumber({ storeCode: "BER1", register: 3, epoch: 2, seq: 12 })).toBe("C-BER1-03-2-000012");
    expect(hqCaseNumber(7)).toBe("C-HQ-000007");
  });

  test("no two entries of a till's journal give the same number, and each is known again when it is scanned", () => {
    const place = fc.record({
      register: fc.integer({ min: 1, max: 120 }),
      epoch: fc.integer({ min: 1, max: 9_999 }),
      seq: fc.integer({ min: 1, max: 999_999_999 }),
    });
    fc.assert(
      fc.property(place, place, (a, b) => {
        const first = caseNumber({ storeCode: "BER1", ...a });
        expect(isCaseNumber(first.toLowerCase())).toBe(true);
        const isSame = a.register === b.register && a.epoch === b.epoch && a.seq === b.seq;
        expect(first === caseNumber({ storeCode: "BER1", ...b })).toBe(isSame);
      }),
    );
    expect(isCaseNumber("BER1-03-000123")).toBe(false);
    expect(isCaseNumber("C-HQ-000001")).toBe(true);
  });
});
