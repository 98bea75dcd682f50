import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { type PurchaseRef, purchaseKey } from "#domain/returns/purchase.ts";
import type { Returned } from "#domain/returns/returned.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { receiptDocumentSchema } from "#protocol/documents/receipt.ts";
import { exceptionsAnswerSchema } from "#protocol/hq/orders.ts";
import { pushAnswerSchema } from "#protocol/sync/journal.ts";
import { leaseAnswerSchema } from "#protocol/sync/leases.ts";
import { replicaAnswerSchema } from "#protocol/sync/replica.ts";
import { HttpForTests, type HttpTill } from "../http-for-tests.ts";
import { ofTicket, returnTicket } from "../testing/returns.ts";
import { BERLIN, cashier, customer, EUR, HAMBURG, TEA } from "../testing/shop.ts";

let http: HttpForTests;
let berlin: HttpTill;
let hamburg: HttpTill;
beforeEach(async () => {
  http = await HttpForTests.open();
  await http.parts.stockUp([TEA], 10);
  await http.parts.deps.publisher.publish(async (publication) => {
    await publication.putStaff(BERLIN.store, { ...cashier("mira"), name: "Mira Albers" });
    await publication.putStaff(HAMBURG.store, { ...cashier("mira"), name: "Mira Albers" });
    await publication.putCustomer({ ...customer("ada"), name: "Ada Brandt" });
  });
  berlin = await http.pair("BER1");
  hamburg = await http.pair("HAM1");
  berlin.till.begin();
  hamburg.till.begin();
});
afterEach(() => http.close());

function write(from: HttpTill, ticket: Ticket): Ticket {
  from.till.write({ type: "ticket.completed", ticket });
  return ticket;
}

/** Two teas for 7.00. */
function sale(from: HttpTill, changes: Partial<Ticket> = {}): Ticket {
  return write(from, { ...from.till.ticket([{ variant: TEA, quantity: 2 }]), ...changes });
}

async function sync(from: HttpTill): Promise<void> {
  const answer = pushAnswerSchema.parse(await (await http.push(from, from.till.entries)).json());
  expect(answer.ok).toBe(true);
}

async function receipts(of: HttpTill) {
  const answer = await http.ask("/sync/v1/replica/receipts", { token: of.token });
  return replicaAnswerSchema.parse(await answer.json());
}

/** What a till knows of a purchase's returns once it has synced. */
async function markAt(of: HttpTill, purchase: PurchaseRef): Promise<Returned | null> {
  const row = (await receipts(of)).documents.find(({ id }) => id === `mark:${purchaseKey(purchase)}`);
  if (row === undefined || row.deleted) return null;
  const document = receiptDocumentSchema.parse(row.data);
  return document.kind === "mark" ? document.returned : null;
}

async function exceptions() {
  const found = exceptionsAnswerSchema.parse(await (await http.hq("/hq/v1/exceptions")).json());
  return found.exceptions.filter(({ kind }) => kind === "refundedTwice");
}

function lease(of: HttpTill, act: "ask" | "release", purchase: PurchaseRef, ttlMs?: number) {
  const subject = { kind: "receipt", id: purchaseKey(purchase) };
  const body = { act, subject, ...(ttlMs === undefined ? {} : { ttlMs }) };
  return http
    .ask("/sync/v1/leases", { method: "POST", token: of.token, body })
    .then(async (answer) => leaseAnswerSchema.parse(await answer.json()));
}

async function onHand(store = BERLIN): Promise<number> {
  return http.parts.storage.read((tx) => tx.onHand({ store: store.store, variant: TEA }));
}

describe("what a sale tells the tills", () => {
  test("S104 S35 what may be brought back is at the store's tills as the sale is, and not at another store's", async () => {
    const neighbour = await http.pair("BER1");
    const ticket = sale(berlin);
    await sync(berlin);
    const mine = await receipts(berlin);
    expect(mine.applied.seq).toBe(berlin.till.entries.length);
    const id = `purchase:ticket:${ticket.id}`;
    const row = (await receipts(neighbour)).documents.find((each) => each.id === id);
    expect(row?.deleted === false && receiptDocumentSchema.parse(row.data)).toMatchObject({
      kind: "purchase",
      purchase: { number: ticket.number, settled: { minor: 700 }, lines: [{ quantity: 2, variant: TEA }] },
    });
    expect((await receipts(hamburg)).documents.map((each) => each.id)).not.toContain(id);
  });

  test("S104 lines without a word of their own may come back for as long as the store's policy says", async () => {
    const ticket = sale(berlin);
    await sync(berlin);
    const row = (await receipts(berlin)).documents.find(({ id }) => id === `purchase:ticket:${ticket.id}`);
    expect(row?.deleted === false && row.data).toMatchObject({
      purchase: { lines: [{ returnBy: "2027-02-14" }] },
    });
  });
});

describe("taking goods back", () => {
  test("S101 every till of the chain knows it at its next sync, and the goods are on sale where they came back", async () => {
    const ticket = sale(berlin);
    await sync(berlin);
    write(hamburg, returnTicket(hamburg.till, ofTicket(ticket)));
    await sync(hamburg);
    for (const till of [berlin, hamburg])
      expect(await markAt(till, ofTicket(ticket))).toMatchObject({
        flagged: false,
        acts: [{ store: HAMBURG.store, device: hamburg.till.device, lines: [{ position: 0, pieces: 1 }] }],
      });
    expect([await onHand(BERLIN), await onHand(HAMBURG)]).toEqual([8, 1]);
    expect(await exceptions()).toEqual([]);
  });

  test("S100 it counts once, pushed again and carried over into the next epoch", async () => {
    const ticket = sale(berlin);
    const entry = berlin.till.write({
      type: "ticket.completed",
      ticket: returnTicket(berlin.till, ofTicket(ticket)),
    });
    await sync(berlin);
    await sync(berlin);
    await http.parts.storage.write((tx) => tx.beginEpoch(berlin.till.device, 2));
    berlin.till.epoch = 2;
    berlin.till.begin();
    berlin.till.repeat(entry);
    await sync(berlin);
    expect((await markAt(berlin, ofTicket(ticket)))?.acts).toHaveLength(1);
    expect(await onHand()).toBe(9);
    expect(await exceptions()).toEqual([]);
  });

  test("goods that are not for sale again move no stock", async () => {
    const ticket = sale(berlin);
    write(berlin, returnTicket(berlin.till, ofTicket(ticket), { disposition: "supplier" }));
    await sync(berlin);
    expect(await onHand()).toBe(8);
    expect((await markAt(berlin, ofTicket(ticket)))?.acts).toHaveLength(1);
  });
});

describe("an exchange of what two purchases brought", () => {
  /** Teas of one paid in coins and one paid with credit, for one tea and 3.50 in coins. */
  async function exchanged(): Promise<Record<"inCoins" | "byCredit" | "exchange", Ticket>> {
    const inCoins = sale(berlin);
    const credit = { kind: "credit", amount: money(700, EUR), code: "SLIP-1" } as const;
    const byCredit = sale(berlin, { tenders: [{ ...credit, id: idOf<"Tender">("credit") }] });
    await sync(berlin);
    const [first, second] = [inCoins, byCredit].map((each) => returnTicket(hamburg.till, ofTicket(each)));
    const taken = hamburg.till.ticket([{ variant: TEA, quantity: 1 }]);
    const amount = money(350, EUR);
    const [coins] = first!.tenders;
    const exchange = write(hamburg, {
      ...first!,
      id: taken.id,
      lines: [...taken.lines, ...second!.lines, ...first!.lines],
      returning: {
        ...first!.returning!,
        owedInGoods: amount,
        shares: [
          { tender: null, purchase: ofTicket(byCredit), amount },
          { tender: coins!.id, purchase: ofTicket(inCoins), amount },
        ],
      },
    });
    await sync(hamburg);
    return { inCoins, byCredit, exchange };
  }

  test("S107 tells every till for which of them the coins were, and that goods owed in goods went for the other", async () => {
    const { inCoins, byCredit } = await exchanged();
    const amount = money(350, EUR);
    for (const till of [berlin, hamburg]) {
      expect(await markAt(till, ofTicket(inCoins))).toMatchObject({
        acts: [{ settled: amount, to: [{ kind: "cash", amount, payment: null }] }],
      });
      expect(await markAt(till, ofTicket(byCredit))).toMatchObject({
        acts: [{ settled: amount, to: [{ kind: "credit", amount, payment: null }] }],
      });
    }
    expect(await exceptions()).toEqual([]);
  });

  test("S107 makes a purchase that was paid in goods: what was taken comes back for credit", async () => {
    const { exchange } = await exchanged();
    const row = (await receipts(hamburg)).documents.find(({ id }) => id === `purchase:ticket:${exchange.id}`);
    expect(row?.deleted === false && receiptDocumentSchema.parse(row.data)).toMatchObject({
      purchase: { settled: { minor: 350 }, paidWith: [{ kind: "credit", amount: { minor: 350 } }] },
    });
  });

  test("S107 is refused where a share is no sum of money in the ticket's currency", async () => {
    const ticket = sale(berlin);
    const back = returnTicket(berlin.till, ofTicket(ticket));
    const share = { tender: back.tenders[0]!.id, purchase: ofTicket(ticket) };
    const francs = money(350, idOf<"Currency">("CHF"));
    write(berlin, { ...back, returning: { ...back.returning!, shares: [{ ...share, amount: francs }] } });
    expect((await http.push(berlin, berlin.till.entries)).status).toBe(400);
  });
});

describe("the shelf that goods come back to", () => {
  test("S84 what came back before the shelf was counted, and is told after it, is in that count already", async () => {
    const ticket = sale(berlin);
    await sync(berlin);
    write(berlin, returnTicket(berlin.till, ofTicket(ticket)));
    const counter = await http.pair("BER1");
    counter.till.begin();
    http.parts.clock.advance(10_000);
    counter.till.at = instant(counter.till.at + 5_000);
    counter.till.write({ type: "stock.counted", task: idOf<"Notice">("shelf"), variant: TEA, counted: 9 });
    await sync(counter);
    await sync(berlin);
    expect(await onHand()).toBe(9);
  });

  test("S17 S19 of which more was sold than there was is lifted by them, and nothing is raised for it", async () => {
    const ticket = write(berlin, berlin.till.ticket([{ variant: TEA, quantity: 12 }]));
    await sync(berlin);
    write(berlin, returnTicket(berlin.till, ofTicket(ticket)));
    await sync(berlin);
    expect(await onHand()).toBe(-1);
    const found = exceptionsAnswerSchema.parse(await (await http.hq("/hq/v1/exceptions")).json());
    expect(found.exceptions.map(({ kind }) => kind)).toEqual(["oversold"]);
  });
});

describe("two tills that are cut off and refund the same receipt", () => {
  async function bothRefund(): Promise<Ticket> {
    const ticket = sale(berlin, { customer: customer("ada").id });
    await sync(berlin);
    write(berlin, returnTicket(berlin.till, ofTicket(ticket), { pieces: 2 }));
    write(hamburg, returnTicket(hamburg.till, ofTicket(ticket), { pieces: 2 }));
    await sync(hamburg);
    expect(await exceptions()).toEqual([]);
    await sync(berlin);
    return ticket;
  }

  test("S102 both are booked, HQ is told of both tills, colleagues, amounts and times and of the customer, once", async () => {
    const ticket = await bothRefund();
    await sync(berlin);
    expect(await exceptions()).toMatchObject([
      {
        kind: "refundedTwice",
        lands: "hq",
        store: "BER1",
        resolutions: ["contact", "accept"],
        detail: {
          number: ticket.number,
          firstStore: "HAM1",
          firstRegister: "1",
          firstStaff: "Mira Albers",
          firstAmount: "7.00 EUR",
          secondStore: "BER1",
          secondRegister: "1",
          secondStaff: "Mira Albers",
          secondAmount: "7.00 EUR",
          firstAt: new Date(berlin.till.at).toISOString(),
          paid: "7.00 EUR",
          givenBack: "14.00 EUR",
          customer: "Ada Brandt",
        },
      },
    ]);
    expect([await onHand(BERLIN), await onHand(HAMBURG)]).toEqual([10, 2]);
  });

  test("S102 every till of the chain sees it flagged as it syncs next, woken by that very commit", async () => {
    const ticket = sale(berlin);
    await sync(berlin);
    write(berlin, returnTicket(berlin.till, ofTicket(ticket), { pieces: 2 }));
    write(hamburg, returnTicket(hamburg.till, ofTicket(ticket), { pieces: 2 }));
    await sync(hamburg);
    const other = await http.listen((await http.pair("HAM1")).token);
    await sync(berlin);
    expect(await other.nextWake()).toEqual(["receipts"]);
    for (const till of [berlin, hamburg])
      expect(await markAt(till, ofTicket(ticket))).toMatchObject({ flagged: true, acts: [{}, {}] });
  });

  test("S102 a third refund is told in the same exception; once people have closed that, in another", async () => {
    const ticket = await bothRefund();
    write(hamburg, returnTicket(hamburg.till, ofTicket(ticket)));
    await sync(hamburg);
    const [open, none] = await exceptions();
    expect(none).toBeUndefined();
    expect(open?.detail).toMatchObject({ returns: "3", givenBack: "17.50 EUR", secondStore: "HAM1" });
    const body = { resolution: "contact", by: "Jo", note: "Wrote to her" };
    const path = `/hq/v1/exceptions/${encodeURIComponent(open?.id ?? "")}/resolve`;
    expect((await http.hq(path, { method: "POST", body })).status).toBe(200);
    write(berlin, returnTicket(berlin.till, ofTicket(ticket)));
    await sync(berlin);
    expect((await exceptions()).map(({ resolved }) => resolved).toSorted()).toEqual([false, true]);
  });

  test("S103 before anybody has told of the sale: both are kept, and judged as the sale arrives", async () => {
    const other = await http.pair("BER1");
    other.till.begin();
    const ticket = sale(berlin);
    write(other, returnTicket(other.till, ofTicket(ticket), { pieces: 2 }));
    write(hamburg, returnTicket(hamburg.till, ofTicket(ticket), { pieces: 2 }));
    await sync(other);
    await sync(hamburg);
    expect(await markAt(berlin, ofTicket(ticket))).toMatchObject({ flagged: false, acts: [{}, {}] });
    expect(await exceptions()).toEqual([]);
    await sync(berlin);
    expect(await markAt(other, ofTicket(ticket))).toMatchObject({ flagged: true, acts: [{}, {}] });
    expect(await exceptions()).toMatchObject([{ detail: { number: ticket.number, secondStore: "HAM1" } }]);
  });
});

describe("S65 the lease of a receipt", () => {
  test("any till of the chain may hold it, for 5 to 15 minutes; another is told which till of which store has it", async () => {
    const ref = ofTicket(sale(berlin));
    const now = http.parts.clock.now();
    expect(await lease(hamburg, "ask", ref, 1_000)).toMatchObject({
      granted: true,
      expiresAt: now + 300_000,
    });
    expect(await lease(hamburg, "ask", ref, 86_000_000)).toMatchObject({
      granted: true,
      expiresAt: now + 900_000,
    });
    expect(await lease(berlin, "ask", ref)).toEqual({
      granted: false,
      reason: "heldByAnother",
      holder: hamburg.till.device,
      expiresAt: now + 900_000,
      heldAt: { store: "HAM1", storeName: HAMBURG.name, register: 1 },
    });
    await lease(hamburg, "release", ref);
    expect(await lease(berlin, "ask", ref)).toMatchObject({ granted: true, holder: berlin.till.device });
  });

  test("ends as what its holder took back is booked, and not by what another till did", async () => {
    const ticket = sale(berlin);
    await sync(berlin);
    const ref = ofTicket(ticket);
    await lease(hamburg, "ask", ref);
    write(berlin, returnTicket(berlin.till, ref));
    await sync(berlin);
    expect(await lease(berlin, "ask", ref)).toMatchObject({ granted: false });
    write(hamburg, returnTicket(hamburg.till, ref));
    await sync(hamburg);
    expect(await lease(berlin, "ask", ref)).toMatchObject({ granted: true });
  });
});
