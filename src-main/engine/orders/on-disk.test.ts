import { afterEach, beforeEach, expect, test } from "vitest";
import type { Fact } from "#domain/journal/entry.ts";
import { allThatIsDue } from "#domain/orders/goods.ts";
import type { JournalHead } from "../ports.ts";
import { JournalBench } from "../testing/journal-bench.ts";
import { readyOrder } from "../testing/order-fixture.ts";
import { saleOf } from "../testing/sale.ts";
import { MIRA } from "../testing/shop-fixture.ts";

const ORDER = readyOrder();

let bench: JournalBench;
beforeEach(async () => {
  bench = await JournalBench.open();
});
afterEach(() => bench.close());

function sale(head: JournalHead) {
  const identity = bench.identity.identity();
  if (identity === null) throw new Error("the till is not paired");
  const fact = saleOf({ head, identity, newId: () => bench.newId(), at: bench.clock.now() });
  if (fact.type !== "ticket.completed") throw new Error("no sale");
  return fact.ticket;
}

function handedOver(ticket: Extract<Fact, { readonly type: "order.handedOver" }>["ticket"]): Fact {
  const lines = allThatIsDue(ORDER.fulfilment);
  return {
    type: "order.handedOver",
    fulfilment: ORDER.id,
    lines,
    proof: { kind: "code" },
    override: null,
    ticket,
  };
}

function append(makeFact: (head: JournalHead) => Fact) {
  return bench.journal.append({ staff: MIRA.id, makeFact });
}

test("a sale that hands an order out is found by its ticket and its basket, also after a restart", async () => {
  const { fact } = await append((head) => handedOver(sale(head)));
  const ticket = fact.type === "order.handedOver" ? fact.ticket : null;
  if (ticket === null) throw new Error("no ticket");
  const journal = await bench.reopen();
  expect((await journal.ticket(ticket.id))?.ticket).toEqual(ticket);
  expect((await journal.ticketOfBasket(ticket.basket))?.entry.fact).toEqual(fact);
  expect((await journal.recentTickets(5)).map((each) => each.ticket.id)).toEqual([ticket.id]);
});

test("receipt numbers go on without a gap, whatever the sales did to orders", async () => {
  await append((head) => handedOver(sale(head)));
  await append(() => handedOver(null));
  expect(bench.journal.head.nextReceipt).toBe(2);
  const journal = await bench.reopen({ epoch: 1, seq: 3 });
  expect(journal.head.nextReceipt).toBe(2);
  await journal.carryOver({ epoch: 2, register: 3 });
  expect(journal.head.nextReceipt).toBe(2);
});
