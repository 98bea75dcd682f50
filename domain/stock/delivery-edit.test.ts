import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import type { Delivery, DeliveryAct, DeliveryOpening } from "./delivery.ts";
import { openDelivery, withDeliveryActs } from "./delivery-acts.ts";
import { type DeliveryEdit, deliveryFreedom, editedDelivery, mayRemoveDelivery } from "./delivery-edit.ts";

const [BERLIN, HAMBURG, MUNICH] = [idOf<"Store">("ber"), idOf<"Store">("ham"), idOf<"Store">("muc")];
const article = (name: string) => ({ variant: idOf<"Variant">(name), sku: idOf<"Sku">(name), name });
const HQ = { kind: "hq", who: "Hanna" } as const;

const WANTED: DeliveryEdit = {
  reference: "D-1",
  supplier: "",
  from: BERLIN,
  to: HAMBURG,
  fromName: "Berlin",
  toName: "Hamburg",
  expectedOn: null,
  blind: false,
  lines: [{ ...article("tea"), ordered: 5 }],
  note: "",
};
const OPENING: DeliveryOpening = { ...WANTED, id: idOf<"Delivery">("d1"), kind: "transfer" };

function whereDone(...acts: readonly DeliveryAct[]): Delivery {
  return withDeliveryActs(
    openDelivery(OPENING, { at: instant(0), by: HQ }),
    acts.map((act, index) => ({ id: `a${index}`, at: instant(index + 1), by: HQ, act })),
  );
}
const CONFIRMED = { kind: "confirmed" } as const;
const SENT = { kind: "sent", store: BERLIN, lines: [{ ...article("tea"), pieces: 2 }] } as const;
const RECEIVED = {
  kind: "received",
  store: HAMBURG,
  lines: [{ ...article("tea"), good: 2, damaged: 0 }],
  isAll: false,
  note: "",
} as const;
const CANCELLED = { kind: "cancelled", reason: "No" } as const;

describe("a delivery that nobody was told of", () => {
  test("is changed in all but its kind, and keeps who asked for it", () => {
    const edit = { ...WANTED, reference: "D-2", to: MUNICH, toName: "Munich", note: "Fragile" };
    const edited = editedDelivery(whereDone(), { ...edit, lines: [{ ...article("mug"), ordered: 3 }] });
    expect(edited).toMatchObject({
      ok: true,
      value: {
        reference: "D-2",
        to: MUNICH,
        note: "Fragile",
        state: "draft",
        openedBy: HQ,
        kind: "transfer",
      },
    });
    expect(edited.ok && edited.value.lines).toEqual([
      { ...article("mug"), ordered: 3, sent: 0, good: 0, damaged: 0, writtenOff: 0 },
    ]);
    expect(mayRemoveDelivery(whereDone())).toBe(true);
  });
});

describe("one that stores know of", () => {
  test("is changed in what is in it, when and with what words, and stays told", () => {
    const lines = [{ ...article("tea"), ordered: 7 }];
    const edited = editedDelivery(whereDone(CONFIRMED), { ...WANTED, lines, expectedOn: idOf("2026-12-01") });
    expect(edited).toMatchObject({
      ok: true,
      value: { state: "expected", lines: [{ ordered: 7 }], expectedOn: "2026-12-01" },
    });
    expect(mayRemoveDelivery(whereDone(CONFIRMED))).toBe(false);
  });

  test.each([{ to: MUNICH }, { from: MUNICH }, { reference: "D-9" }, { supplier: "Tea House" }])(
    "stays where it comes from, where it goes and what it is called: %j",
    (change) => {
      const edited = editedDelivery(whereDone(CONFIRMED), { ...WANTED, ...change });
      expect(edited).toEqual({ ok: false, reason: "toldAlready" });
    },
  );
});

test("nothing is changed of what was sent, received or is over", () => {
  for (const acts of [[CONFIRMED, SENT], [CONFIRMED, RECEIVED], [CANCELLED], [SENT]]) {
    expect(deliveryFreedom(whereDone(...acts))).toBe("nothing");
    expect(mayRemoveDelivery(whereDone(...acts))).toBe(false);
    expect(editedDelivery(whereDone(...acts), WANTED)).toEqual({ ok: false, reason: "sentAlready" });
  }
});

test("what is sent after a change counts the same as if it had been asked for so from the start", () => {
  const line = fc.record({
    name: fc.constantFrom("tea", "mug", "pot"),
    ordered: fc.integer({ min: 1, max: 9 }),
  });
  const lines = fc.uniqueArray(line, { selector: ({ name }) => name, minLength: 1 });
  fc.assert(
    fc.property(lines, fc.boolean(), (wanted, isTold) => {
      const ordered = wanted.map(({ name, ordered: pieces }) => ({ ...article(name), ordered: pieces }));
      const sent = [{ id: "s", at: instant(9), by: HQ, act: SENT }];
      const before = isTold ? whereDone(CONFIRMED) : whereDone();
      const edited = editedDelivery(before, { ...WANTED, lines: ordered });
      const fresh = openDelivery({ ...OPENING, lines: ordered }, { at: instant(0), by: HQ });
      expect(edited.ok && withDeliveryActs(edited.value, sent)).toEqual(
        withDeliveryActs(fresh, [...before.history, ...sent]),
      );
    }),
  );
});
