import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { idOf, type OrderId, type TicketId, type VariantId } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { PurchaseLineRef } from "#domain/returns/purchase.ts";
import type { SaleLine, Ticket, TicketLine } from "#domain/ticket/ticket.ts";
import { ServerForTests } from "../server-for-tests.ts";
import { order } from "../storage/contract/orders.ts";
import { lookAt } from "../storage/copies/place.ts";
import { BERLIN, CUP, EUR, HAMBURG, POT, TEA } from "../testing/shop.ts";
import { TestTill } from "../testing/till.ts";
import { bookReports } from "./book.ts";

const TABLES = [
  "report_tickets",
  "report_lines",
  "report_parts",
  "report_sums",
  "report_names",
  "report_facts",
];
const RUNS = 40;
const AT_MOST_MS = 240_000;
/** The last is in no catalogue. */
const GOODS: readonly VariantId[] = [TEA, CUP, POT, idOf<"Variant">("unknown")];
const DAYS = ["2027-01-15", "2027-01-16"].map((day) => idOf<"BusinessDay">(day));
const TILLS = [BERLIN, HAMBURG].map(({ store }) => new TestTill({ store }));

/** A line of a ticket in few words: goods that are sold, by an order or not, or that a line of another ticket or order takes back or charges anew. */
const arbitraryLine = fc.record({
  goods: fc.nat(GOODS.length - 1),
  quantity: fc.integer({ min: 1, max: 9 }),
  isCalledOtherwise: fc.boolean(),
  kind: fc.constantFrom("sale", "sale", "sale", "ordered", "return", "repriced", "orderBack"),
  of: fc.nat(20),
  position: fc.nat(2),
});
const arbitraryTicket = fc.record({
  till: fc.nat(1),
  day: fc.nat(1),
  hasCustomer: fc.boolean(),
  lines: fc.array(arbitraryLine, { minLength: 1, maxLength: 3 }),
});
/** Tickets, and the groups in which they are told of: some twice, some not at all, in any order. */
const arbitraryGroups = fc.record({
  tickets: fc.array(arbitraryTicket, { minLength: 1, maxLength: 12 }),
  told: fc.array(fc.array(fc.nat(20), { maxLength: 12 }), { minLength: 1, maxLength: 3 }),
});

type LineInWords = typeof arbitraryLine extends fc.Arbitrary<infer Line> ? Line : never;
type TicketInWords = typeof arbitraryTicket extends fc.Arbitrary<infer InWords> ? InWords : never;
interface Ids {
  readonly tickets: readonly TicketId[];
  readonly order: OrderId;
}

function lineOf(sale: SaleLine, words: LineInWords, { tickets, order: ordered }: Ids): TicketLine {
  const named = words.isCalledOtherwise ? { ...sale, name: `${sale.name} of ${words.of}` } : sale;
  const { kind: _, ...base } = named;
  const of = (purchase: PurchaseLineRef["purchase"]): PurchaseLineRef => ({
    purchase,
    position: words.position,
  });
  const taken = of({ kind: "ticket", id: tickets[words.of % tickets.length] as TicketId });
  const back = {
    ...base,
    kind: "return",
    total: money(-sale.total.minor, EUR),
    reason: "changedMind",
    condition: "asNew",
    disposition: "stock",
  } as const;
  switch (words.kind) {
    case "sale":
      return named;
    case "ordered":
      return { ...named, order: { order: ordered, line: idOf<"Line">("1") } };
    case "return":
      return { ...back, of: taken };
    case "orderBack":
      return { ...back, of: { ...of({ kind: "order", id: ordered }), position: 0 } };
    case "repriced":
      return { ...base, kind: "repriced", of: taken };
  }
}

function ticketOf(words: TicketInWords, nth: number, ids: Ids): Ticket {
  const till = TILLS[words.till] as TestTill;
  const sold = till.ticket(
    words.lines.map(({ goods, quantity }) => ({ variant: GOODS[goods] as VariantId, quantity })),
  );
  return {
    ...sold,
    id: ids.tickets[nth] as TicketId,
    customer: words.hasCustomer ? idOf<"Customer">("anna") : null,
    businessDay: DAYS[words.day] ?? sold.businessDay,
    lines: sold.lines.map((line, at) => lineOf(line as SaleLine, words.lines[at] as LineInWords, ids)),
  };
}

async function rowsOf(server: ServerForTests): Promise<Readonly<Record<string, readonly string[]>>> {
  const shop = await lookAt(server.place);
  try {
    const all: Record<string, readonly string[]> = {};
    for (const table of shop.rows.tables.filter(({ name }) => TABLES.includes(name))) {
      const rows: string[] = [];
      for await (const some of shop.rows.rows(table)) rows.push(...some.map((row) => JSON.stringify(row)));
      all[table.name] = rows.toSorted();
    }
    return all;
  } finally {
    await shop.close();
  }
}

describe("tickets that are counted together", () => {
  let servers: readonly ServerForTests[] = [];
  beforeAll(async () => {
    servers = [await ServerForTests.open(), await ServerForTests.open()];
    for (const server of servers) {
      await server.stockUp([TEA, CUP, POT], 100);
      await server.storage.write((tx) => tx.putCost({ variant: TEA, cost: money(100, EUR) }));
    }
  });
  afterAll(async () => {
    for (const server of servers) await server.close();
  });

  test(
    "come to what they come to one by one, whatever takes back what, in whatever order and however they are cut",
    async () => {
      let run = 0;
      const [alone, together] = servers as [ServerForTests, ServerForTests];
      // What was counted before stays: sums are raised that are there, and names are known.
      await fc.assert(
        fc.asyncProperty(arbitraryGroups, async ({ tickets: words, told }) => {
          run += 1;
          const ids: Ids = {
            order: idOf<"Order">(`order ${run}`),
            tickets: words.map((_, nth) => idOf<"Ticket">(`ticket ${run} ${nth}`)),
          };
          const tickets = words.map((each, nth) => ticketOf(each, nth, ids));
          const groups = told.map((group) => group.map((nth) => tickets[nth % tickets.length] as Ticket));
          for (const server of servers)
            await server.storage.write(async (tx) => {
              await tx.putOrder(order(ids.order), null);
              for (const ticket of tickets)
                await tx.addTickets([{ ticket, register: 1 }], ticket.completedAt);
            });
          for (const group of groups) {
            await together.storage.write((tx) => bookReports(tx, group));
            await alone.storage.write(async (tx) => {
              for (const ticket of group) await bookReports(tx, [ticket]);
            });
          }
          const rows = await rowsOf(together);
          expect(Object.keys(rows).toSorted()).toEqual(TABLES.toSorted());
          expect(rows).toEqual(await rowsOf(alone));
        }),
        { numRuns: RUNS },
      );
    },
    AT_MOST_MS,
  );
});
