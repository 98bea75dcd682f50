import { createHash } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { instant } from "#domain/ids.ts";
import { checkRun } from "#domain/journal/check.ts";
import { ticketOf } from "#domain/journal/effects.ts";
import { GENESIS_HASH, type JournalEntry } from "#domain/journal/entry.ts";
import { disagreements } from "#domain/shift/agree.ts";
import { isVarianceTooLarge } from "#domain/shift/booked-shift.ts";
import type { DayReport } from "#domain/shift/report.ts";
import { entrySchema } from "#protocol/sync/entry.ts";
import type { PastStore } from "../demo-context.ts";
import { verifierFor } from "../sync/signatures.ts";
import { type DemoData, demoData } from "./demo-data.ts";
import { pastStores } from "./past-stores.ts";

const NOW = instant(Date.UTC(2026, 10, 26, 9));
let data: DemoData;
let stores: readonly PastStore[];
beforeAll(async () => {
  data = await demoData(1);
  stores = pastStores(data, { seed: 1, now: NOW });
});

const ticketsOf = (entries: readonly JournalEntry[]) =>
  entries.map(({ fact }) => ticketOf(fact)).filter((ticket) => ticket !== null);
const reportsOf = (entries: readonly JournalEntry[]): readonly DayReport[] =>
  entries.flatMap(({ fact }) => (fact.type === "day.closed" ? [fact.report] : []));

test("every store's register has a journal that a server takes in: one chain, signed, in the shape of the protocol", () => {
  expect(stores).toHaveLength(3);
  for (const { register } of stores) {
    for (const entry of register.entries) entrySchema.parse(entry);
    const checked = checkRun({
      entries: register.entries,
      head: { device: register.device, epoch: 1, seq: 0, hash: GENESIS_HASH },
      hashAt: () => undefined,
      crypto: {
        sha256Hex: (text) => createHash("sha256").update(text, "utf8").digest("hex"),
        verify: verifierFor(register.publicKey),
      },
    });
    expect(checked.ok && checked.value.fresh.length).toBe(register.entries.length);
  }
});

test("four weeks but their Sundays are closed, each with a report that its tickets agree with and a drawer that is off by what nobody must allow", () => {
  for (const { register } of stores) {
    const reports = reportsOf(register.entries);
    const tickets = ticketsOf(register.entries);
    expect(reports.map(({ number }) => number)).toEqual(Array.from({ length: 24 }, (_, index) => index + 1));
    expect(tickets.map(({ number }) => Number(number.split("-")[2]))).toEqual(
      tickets.map((_, index) => index + 1),
    );
    const store = data.stores.find((each) => each.store === reports[0]?.store);
    for (const report of reports) {
      expect(
        disagreements(
          report,
          tickets.filter(({ businessDay }) => businessDay === report.businessDay),
        ),
      ).toEqual([]);
      const [{ variance }] = report.drawers as [DayReport["drawers"][number]];
      expect(isVarianceTooLarge(variance!, store!.cash!.variance)).toBe(false);
    }
    expect(register.entries.every(({ at }) => at < NOW)).toBe(true);
  }
});

test("what was delivered is what was sold: shelves are as the demo's goods say", () => {
  for (const { register, delivered } of stores) {
    const sold = new Map<string, number>();
    for (const { lines } of ticketsOf(register.entries))
      for (const { variant, quantity } of lines) sold.set(variant, (sold.get(variant) ?? 0) + quantity);
    expect(new Map(delivered)).toEqual(sold);
  }
});

test("the same demo has the same past, but for the key of its register", () => {
  const again = pastStores(data, { seed: 1, now: NOW });
  const contents = (past: readonly PastStore[]) =>
    past.map(({ register }) => register.entries.map(({ id, at, fact }) => ({ id, at, fact })));
  expect(contents(again)).toEqual(contents(stores));
});
