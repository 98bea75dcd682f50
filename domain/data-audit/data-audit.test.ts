import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { daysAfter } from "../store/business-day.ts";
import { AUDIT_CHECK_NAMES, AUDIT_CHECKS, placeOfRow } from "./checks.ts";
import { dueOf, isOverdue, usualDue } from "./owner.ts";
import { changeOver, perThousand, sinceOf } from "./trend.ts";

const day = (text: string) => idOf<"BusinessDay">(text);
const TODAY = day("2027-01-15");

describe("the list of checks", () => {
  test("each kind of contradiction of prices is in one check and no other", () => {
    const kinds = AUDIT_CHECK_NAMES.flatMap((name) => AUDIT_CHECKS[name].contradictions ?? []);
    expect(new Set(kinds).size).toBe(kinds.length);
  });

  test("what tells of costs or people takes the right to see these", () => {
    expect(AUDIT_CHECKS.belowCost.right).toBe("margins.read");
    expect(AUDIT_CHECKS.duplicateCustomers.right).toBe("customers.read");
  });

  test("a product is set right on its own page, a level of stock in its store, a till where its like are", () => {
    expect(placeOfRow("noPicture", { product: "p-1" })).toEqual({ page: "product", ask: { id: "p-1" } });
    expect(placeOfRow("negativeStock", { store: "BER1", variant: "v", words: "TEA-1" })).toEqual({
      page: "stock",
      ask: { store: "BER1", search: "TEA-1", level: "BER1 v" },
    });
    expect(placeOfRow("silentTills", { store: "BER1" })).toEqual({
      page: "tills",
      ask: { state: "silent", store: "BER1" },
    });
    expect(placeOfRow("approvals", { store: "BER1" })).toEqual({ page: "approvals", ask: { store: "BER1" } });
  });
});

describe("the trend of a check", () => {
  const trend = (...counts: readonly number[]) =>
    counts.map((count, place) => ({ day: daysAfter(TODAY, place), count }));

  test("it is there since the first day after the last on which there was nothing", () => {
    expect(sinceOf(trend(3, 0, 2, 5))).toBe("2027-01-17");
    expect(sinceOf(trend(3, 2))).toBe("2027-01-15");
    expect(sinceOf(trend(3, 0))).toBeNull();
    expect(sinceOf([])).toBeNull();
  });

  test("it is compared with the newest count of at least a week before, over days on which nothing was counted", () => {
    expect(changeOver(trend(9, 1, 1, 1, 1, 1, 1, 4), 7)).toBe(-5);
    expect(changeOver(trend(9, 1), 7)).toBeNull();
    const gap = [
      { day: day("2027-01-01"), count: 4 },
      { day: day("2027-01-15"), count: 10 },
    ];
    expect(changeOver(gap, 7)).toBe(6);
  });

  test("every day since then had something, and the one before had nothing, whatever was counted", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2), { maxLength: 40 }), (counts) => {
        const known = trend(...counts);
        const since = sinceOf(known);
        const later = known.filter((each) => since !== null && each.day >= since);
        expect(later.every(({ count }) => count > 0)).toBe(true);
        expect(since === null).toBe((known.at(-1)?.count ?? 0) === 0);
        const before = known[known.length - later.length - 1];
        if (since !== null && before !== undefined) expect(before.count).toBe(0);
      }),
    );
  });

  test("acts are compared per 1,000 tickets, and not at all where nothing was sold", () => {
    expect(perThousand({ count: 3, tickets: 2_000 })).toBe(1.5);
    expect(perThousand({ count: 1, tickets: 3 })).toBe(333.3);
    expect(perThousand({ count: 2, tickets: 0 })).toBeNull();
  });
});

describe("who sees to it, and until when", () => {
  test("what is worse is due sooner where nobody says a day", () => {
    expect(usualDue("high", TODAY)).toBe("2027-01-22");
    expect(usualDue("medium", TODAY)).toBe("2027-02-14");
    expect(dueOf({ wanted: null, severity: "low", today: TODAY })).toEqual({ ok: true, value: "2027-04-15" });
  });

  test("no day that is over and none that is years away is taken", () => {
    const due = (wanted: string) => dueOf({ wanted: day(wanted), severity: "low", today: TODAY });
    expect(due("2027-01-15")).toEqual({ ok: true, value: "2027-01-15" });
    expect(due("2027-01-14")).toEqual({ ok: false, reason: "over" });
    expect(due("2028-01-15")).toEqual({ ok: true, value: "2028-01-15" });
    expect(due("2028-01-16")).toEqual({ ok: false, reason: "tooFar" });
  });

  test("it is overdue once its day is over, but not where nothing is left", () => {
    expect(isOverdue({ due: TODAY, today: TODAY, count: 2 })).toBe(false);
    expect(isOverdue({ due: day("2027-01-14"), today: TODAY, count: 2 })).toBe(true);
    expect(isOverdue({ due: day("2027-01-14"), today: TODAY, count: 0 })).toBe(false);
  });
});
