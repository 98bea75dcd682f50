import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf, type VariantId } from "../ids.ts";
import { applyMovement, movementsOfTicket } from "../stock/movements.ts";
import type { StockLevel } from "../stock/stock.ts";
import { arbitraryTickets, ticketOf } from "../testing/arbitrary-tickets.ts";
import { eur, lineOf, variantOf } from "../testing/shop.ts";
import { BEGUN, BERLIN, sold, written } from "../testing/written-chain.ts";
import { formatReceiptNumber } from "../ticket/receipt-number.ts";
import { effectsOf } from "./effects.ts";
import type { Fact, JournalEntry } from "./entry.ts";
import { counterAfter, foldStock, pendingEntries, receiptCounterAfter } from "./fold.ts";

type Levels = ReadonlyMap<VariantId, StockLevel>;

function levelsOf(onHand: Readonly<Record<string, number>>): Levels {
  return new Map(
    Object.entries(onHand).map(([name, pieces]) => [
      variantOf(name),
      { store: BERLIN, variant: variantOf(name), onHand: pieces },
    ]),
  );
}

/** The server's way: one entry at a time, each movement added to a sum that is kept. */
function booked(levels: Levels, entries: readonly JournalEntry[]): Levels {
  const sums = new Map(levels);
  for (const entry of entries) {
    if (entry.fact.type !== "ticket.completed") continue;
    for (const line of entry.fact.ticket.lines) {
      const onHand = (sums.get(line.variant)?.onHand ?? 0) - line.quantity;
      sums.set(line.variant, { store: BERLIN, variant: line.variant, onHand });
    }
  }
  return sums;
}

const arbitraryLevels = fc
  .dictionary(
    fc.constantFrom("article-0", "article-1", "article-2", "article-3"),
    fc.integer({ min: -5, max: 100 }),
  )
  .map(levelsOf);

/** What a till wrote: its beginning, then sales with people coming and going between them. */
const arbitraryChain = arbitraryTickets.map((tickets) =>
  written([BEGUN, ...tickets.flatMap((ticket): Fact[] => [{ type: "staff.signedIn" }, sold(ticket)])]),
);

describe("what the screen shows", () => {
  test("two mugs sold and not yet at the server are two fewer on the shelf, even below zero", () => {
    const pending = written([BEGUN, sold(ticketOf([lineOf({ name: "mug", price: eur(1), quantity: 2 })]))]);
    const folded = foldStock({ levels: levelsOf({ mug: 1, book: 4 }), pending });
    expect(folded).toEqual(levelsOf({ mug: -1, book: 4 }));
  });

  test("what was counted is on the shelf, less what was sold after it", () => {
    const mugs = (quantity: number) => sold(ticketOf([lineOf({ name: "mug", price: eur(1), quantity })]));
    const counted: Fact = {
      type: "stock.counted",
      task: idOf<"Notice">("task-1"),
      variant: variantOf("mug"),
      counted: 6,
    };
    const pending = written([BEGUN, mugs(3), counted, mugs(2)]);
    expect(foldStock({ levels: levelsOf({ mug: 1 }), pending })).toEqual(levelsOf({ mug: 4 }));
  });

  test("replica and pending entries together are what the server will have booked", () => {
    fc.assert(
      fc.property(arbitraryLevels, arbitraryChain, (levels, chain) => {
        expect(foldStock({ levels, pending: chain })).toEqual(booked(levels, chain));
      }),
    );
  });

  test("however far the server has come, the screen shows the same", () => {
    fc.assert(
      fc.property(arbitraryLevels, arbitraryChain, fc.nat(30), (levels, chain, come) => {
        const seq = Math.min(come, chain.length);
        const replica = booked(levels, chain.slice(0, seq));
        const pending = pendingEntries({ entries: chain, applied: { epoch: 1, seq } });
        expect(foldStock({ levels: replica, pending })).toEqual(booked(levels, chain));
      }),
    );
  });

  test("folding leaves the replica as it is", () => {
    const levels = levelsOf({ mug: 5 });
    foldStock({
      levels,
      pending: written([BEGUN, sold(ticketOf([lineOf({ name: "mug", price: eur(1) })]))]),
    });
    expect(levels).toEqual(levelsOf({ mug: 5 }));
  });
});

test("entries of a later epoch are pending until the replica contains that epoch", () => {
  const entries = [
    ...written([BEGUN, { type: "staff.signedIn" }], 1),
    ...written([BEGUN, { type: "staff.signedIn" }], 2),
  ];
  const pendingAt = (epoch: number, seq: number) =>
    pendingEntries({ entries, applied: { epoch, seq } }).map((entry) => `${entry.epoch}/${entry.seq}`);
  expect(pendingAt(0, 0)).toEqual(["1/1", "1/2", "2/1", "2/2"]);
  expect(pendingAt(1, 1)).toEqual(["1/2", "2/1", "2/2"]);
  expect(pendingAt(2, 1)).toEqual(["2/2"]);
});

describe("stock movements of a ticket", () => {
  test("an article on two lines moves once, by the pieces of both", () => {
    const line = lineOf({ name: "mug", price: eur(1_190), quantity: 2 });
    const ticket = ticketOf([line, { ...line, id: idOf<"Line">("line-second"), quantity: 3 }]);
    expect(movementsOfTicket(ticket)).toEqual([
      { store: BERLIN, variant: variantOf("mug"), quantity: -5, reason: { kind: "sale", ticket: ticket.id } },
    ]);
  });

  test("as many pieces leave the shelf as stand on the ticket", () => {
    fc.assert(
      fc.property(arbitraryTickets, (tickets) => {
        for (const ticket of tickets) {
          const left = movementsOfTicket(ticket).reduce((sum, { quantity }) => sum - quantity, 0);
          expect(left).toBe(ticket.lines.reduce((sum, { quantity }) => sum + quantity, 0));
        }
      }),
    );
  });

  test("a movement of one article is never booked on another, nor in another store", () => {
    const [movement] = movementsOfTicket(ticketOf([lineOf({ name: "mug", price: eur(1) })]));
    const shelf: StockLevel = { store: BERLIN, variant: variantOf("mug"), onHand: 3 };
    expect(applyMovement(shelf, movement!).onHand).toBe(2);
    expect(() => applyMovement({ ...shelf, variant: variantOf("book") }, movement!)).toThrow("other stock");
    expect(() => applyMovement({ ...shelf, store: idOf<"Store">("hamburg") }, movement!)).toThrow(
      "other stock",
    );
  });
});

test("only a sale changes anything at the server", () => {
  const ticket = ticketOf([lineOf({ name: "mug", price: eur(1_190) })]);
  const chain = written([
    BEGUN,
    { type: "staff.signedIn" },
    sold(ticket),
    { type: "receipt.reprinted", ticket: ticket.id },
    { type: "receipt.sent", ticket: ticket.id, by: "email" },
    { type: "staff.signedOut" },
  ]);
  expect(chain.map((entry) => effectsOf(entry).tickets)).toEqual([[], [], [ticket], [], [], []]);
  expect(chain.map((entry) => effectsOf(entry).movements.length)).toEqual([0, 0, 1, 0, 0, 0]);
});

test("an invoice is told to the server with its recipient and moves no goods", () => {
  const ticket = idOf<"Ticket">("ticket-1");
  const recipient = { name: "Kontor", address: ["Hauptstr. 5"], vatId: "" };
  const invoice = { id: idOf<"Invoice">("invoice-1"), ticket, recipient };
  const [, issued] = written([BEGUN, { type: "invoice.issued", ...invoice }]);
  expect(effectsOf(issued!)).toMatchObject({ invoice, tickets: [], movements: [] });
});

test("receipts are numbered without a gap, also across the epochs of a till", () => {
  fc.assert(
    fc.property(arbitraryChain, fc.integer({ min: 1, max: 10_000 }), (chain, first) => {
      const begun: Fact = { type: "epoch.begun", register: 3, nextReceipt: first, previous: null };
      const facts = [begun, ...chain.slice(1).map((entry) => entry.fact)];
      const sales = facts.filter(({ type }) => type === "ticket.completed").length;
      const next = facts.reduce((counter, fact) => receiptCounterAfter({ counter, fact }), 1);
      expect(next).toBe(first + sales);
    }),
  );
});

test("an entry tells the next receipt's counter by itself where it begins an epoch or has a receipt, and else not", () => {
  fc.assert(
    fc.property(arbitraryChain, fc.integer({ min: 1, max: 9_000 }), ([begun, ...chain], counter) => {
      const nextReceipt = counter + 1;
      const first = { ...begun!, fact: { ...BEGUN, nextReceipt } as Fact };
      expect(counterAfter(first)).toBe(nextReceipt);
      for (const entry of chain) {
        if (entry.fact.type !== "ticket.completed") expect(counterAfter(entry)).toBe(null);
        else {
          const number = formatReceiptNumber({ storeCode: "BER1", register: 3, counter });
          const fact = { ...entry.fact, ticket: { ...entry.fact.ticket, number } };
          expect(counterAfter({ ...entry, fact })).toBe(nextReceipt);
        }
      }
    }),
  );
});
