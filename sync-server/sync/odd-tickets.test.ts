import { expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { ticketSchema } from "#protocol/sync/ticket.ts";
import { BERLIN, TEA } from "../testing/shop.ts";
import { TestTill } from "../testing/till.ts";

const ticket = new TestTill({ store: BERLIN.store }).ticket([{ variant: TEA, quantity: 1 }]);
const [line] = ticket.lines;
const isTaken = (odd: unknown) => ticketSchema.safeParse(odd).success;

test("a ticket is in one currency, of amounts that can be added up, and of a day and a moment that there are", () => {
  expect(isTaken(ticket)).toBe(true);
  expect(isTaken({ ...ticket, businessDay: "2026-02-30" })).toBe(false);
  expect(isTaken({ ...ticket, businessDay: "2026-00-00" })).toBe(false);
  expect(isTaken({ ...ticket, completedAt: 9e15 })).toBe(false);
  expect(isTaken({ ...ticket, completedAt: instant(8_640_000_000_000_000) })).toBe(true);
  const francs = money(line!.total.minor, idOf<"Currency">("CHF"));
  expect(isTaken({ ...ticket, lines: [{ ...line, total: francs }] })).toBe(false);
  const absurd = { ...line!.total, minor: Number.MAX_SAFE_INTEGER };
  expect(isTaken({ ...ticket, lines: [{ ...line, total: absurd }] })).toBe(false);
  const nothing = { id: "t", kind: "credit", amount: { ...line!.total, minor: 0 }, code: "C" };
  expect(isTaken({ ...ticket, tenders: [nothing] })).toBe(false);
});
