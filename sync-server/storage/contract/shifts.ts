import assert from "node:assert/strict";
import type { StoreAsk } from "#domain/access/roles.ts";
import { type BusinessDay, idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { BookedShift } from "#domain/shift/booked-shift.ts";
import type { DayReport } from "#domain/shift/report.ts";
import { zReport } from "../../testing/day.ts";
import { BERLIN, EUR, HAMBURG } from "../../testing/shop.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

const TILL = idOf<"Device">("till-1");

function shiftOf(id: string, changes: Partial<BookedShift> = {}): BookedShift {
  return {
    shift: idOf<"Shift">(id),
    store: BERLIN.store,
    device: TILL,
    register: 1,
    owner: null,
    openedAt: AT,
    openedBy: null,
    businessDay: idOf<"BusinessDay">("2026-11-26"),
    float: money(15_000, EUR),
    acts: [],
    closed: null,
    ...changes,
  };
}

const closed = {
  at: LATER,
  by: null,
  approvedBy: null,
  counted: money(1, EUR),
  expected: money(1, EUR),
  variance: money(0, EUR),
  reason: null,
  kept: money(0, EUR),
};

function told(name: string, changes: Partial<DayReport> = {}) {
  return { entry: idOf<"Entry">(name), report: zReport({ device: TILL, ...changes }), receivedAt: LATER };
}

const day = (text: string): BusinessDay => idOf<"BusinessDay">(text);

export const SHIFTS: readonly ContractCase[] = [
  {
    promise:
      "a drawer's shift is found as it was put last, the newest first, those that are open alone if wanted",
    check: async (storage) => {
      const first = shiftOf("1");
      await storage.write(async (tx) => {
        await tx.putShift(first);
        await tx.putShift(shiftOf("2", { openedAt: LATER }));
        await tx.putShift(shiftOf("3", { store: HAMBURG.store, openedAt: instant(LATER + 1) }));
        await tx.putShift({ ...first, closed });
      });
      await storage.read(async (tx) => {
        assert.deepEqual(await tx.shift(first.shift), { ...first, closed });
        assert.equal(await tx.shift(idOf<"Shift">("4")), null);
        const found = async (ask: { store?: StoreAsk; onlyOpen?: boolean; limit?: number }) =>
          (await tx.shifts({ store: null, onlyOpen: false, limit: 9, ...ask })).map(({ shift }) => shift);
        assert.deepEqual(await found({}), ["3", "2", "1"]);
        assert.deepEqual(await found({ onlyOpen: true }), ["3", "2"]);
        assert.deepEqual(await found({ store: BERLIN.store }), ["2", "1"]);
        assert.deepEqual(await found({ store: [HAMBURG.store] }), ["3"]);
        assert.deepEqual(await found({ store: [BERLIN.store, HAMBURG.store] }), ["3", "2", "1"]);
        assert.deepEqual(await found({ store: [] }), []);
        assert.deepEqual(await found({ limit: 1 }), ["3"]);
      });
    },
  },
  {
    promise: "a Z report is kept once by its entry, and two of one number are both kept",
    check: async (storage, reopen) => {
      await storage.write(async (tx) => {
        assert.equal(await tx.addZReport(told("a", { number: 1 })), true);
        assert.equal(await tx.addZReport(told("a", { number: 1 })), false);
        assert.equal(await tx.addZReport(told("b", { number: 1 })), true);
        assert.equal(await tx.addZReport(told("c", { number: 3 })), true);
        await tx.addZReport(told("d", { number: 2, device: idOf<"Device">("till-2") }));
      });
      await (await reopen()).read(async (tx) => {
        assert.deepEqual(await tx.zNumbers(TILL), [1, 1, 3]);
        assert.deepEqual(await tx.zReport(idOf<"Entry">("c")), told("c", { number: 3 }));
        assert.equal(await tx.zReport(idOf<"Entry">("x")), null);
      });
    },
  },
  {
    promise: "Z reports are listed newest first, by store and by day",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await tx.addZReport(told("a", { madeAt: AT, businessDay: day("2026-11-25") }));
        await tx.addZReport(told("b", { madeAt: LATER, businessDay: day("2026-11-26") }));
        await tx.addZReport(
          told("c", { store: HAMBURG.store, madeAt: instant(LATER + 1), businessDay: day("2026-11-26") }),
        );
      });
      await storage.read(async (tx) => {
        const found = async (ask: { store?: DayReport["store"]; day?: BusinessDay; limit?: number }) => {
          const { reports, total } = await tx.zReports({ store: null, day: null, limit: 9, ...ask });
          return [reports.map(({ entry }) => entry).join(""), total];
        };
        assert.deepEqual(await found({}), ["cba", 3]);
        assert.deepEqual(await found({ day: day("2026-11-26") }), ["cb", 2]);
        assert.deepEqual(await found({ store: BERLIN.store }), ["ba", 2]);
        assert.deepEqual(await found({ store: BERLIN.store, day: day("2026-11-26") }), ["b", 1]);
        assert.deepEqual(await found({ limit: 1 }), ["c", 3]);
      });
    },
  },
];
