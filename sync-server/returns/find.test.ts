import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type BusinessDay, idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { DEFAULT_RETURN_POLICY } from "#domain/returns/policy.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { foundPurchasesSchema } from "#protocol/sync/purchases.ts";
import { HttpForTests, type HttpTill, refusalOf } from "../http-for-tests.ts";
import { handedOver, OrderBench, partOf, picked } from "../testing/orders.ts";
import { ofTicket, returnTicket } from "../testing/returns.ts";
import { BERLIN, CUP, customer, EUR, TEA } from "../testing/shop.ts";

const RETURNS = DEFAULT_RETURN_POLICY;
const DAY = idOf<"BusinessDay">("2027-01-15");
const ADA = customer("ada");

let http: HttpForTests;
let berlin: HttpTill;
let hamburg: HttpTill;
beforeEach(async () => {
  http = await HttpForTests.open();
  await http.parts.stockUp([TEA, CUP], 20);
  await http.parts.deps.publisher.publish((publication) =>
    publication.putCustomer({ ...ADA, cardNumber: "6400 1234" }),
  );
  berlin = await http.pair("BER1");
  hamburg = await http.pair("HAM1");
  berlin.till.begin();
  hamburg.till.begin();
});
afterEach(() => http.close());

async function sold(changes: Partial<Ticket> = {}, variant = TEA): Promise<Ticket> {
  const ticket = { ...berlin.till.ticket([{ variant, quantity: 1 }]), ...changes };
  berlin.till.write({ type: "ticket.completed", ticket });
  expect((await http.push(berlin, berlin.till.entries)).status).toBe(200);
  return ticket;
}

async function find(ask: Record<string, unknown>) {
  const answer = await http.ask("/sync/v1/purchases", { method: "POST", token: hamburg.token, body: ask });
  return foundPurchasesSchema.parse(await answer.json()).standings;
}

const ids = async (ask: Record<string, unknown>) => (await find(ask)).map(({ purchase }) => purchase.ref.id);

describe("S105 a till looks for a purchase of another store", () => {
  test("by the receipt's number, however it is typed, and hears what came back of it already", async () => {
    const ticket = await sold({ number: idOf<"ReceiptNumber">("BER1-01-000777") });
    await sold();
    hamburg.till.write({ type: "ticket.completed", ticket: returnTicket(hamburg.till, ofTicket(ticket)) });
    await http.push(hamburg, hamburg.till.entries);
    const [found, ...more] = await find({ text: " ber1-01-000777 " });
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      purchase: { ref: ofTicket(ticket), number: ticket.number, settled: money(350, EUR) },
      returned: { flagged: false, acts: [{ device: hamburg.till.device }] },
    });
  });

  test("by the approval code of the card it was paid with", async () => {
    const tenders = [
      { id: idOf<"Tender">("c"), kind: "card", amount: money(350, EUR), approvalCode: "A-4711" },
    ] as const;
    const ticket = await sold({ tenders });
    await sold();
    expect(await ids({ text: "A-4711" })).toEqual([ticket.id]);
  });

  test("by the customer, or their card, the newest first", async () => {
    const first = await sold({ customer: ADA.id, completedAt: instant(1_700_000_000_000) });
    const second = await sold({ customer: ADA.id });
    await sold();
    expect(await ids({ customer: ADA.id })).toEqual([second.id, first.id]);
    expect(await ids({ text: "6400 1234" })).toEqual([second.id, first.id]);
  });

  test("by article, day and amount; all that is named has to fit", async () => {
    const other: BusinessDay = idOf<"BusinessDay">("2027-01-14");
    const cup = await sold({ businessDay: other }, CUP);
    const tea = await sold();
    expect(await ids({ variant: CUP })).toEqual([cup.id]);
    expect(await ids({ day: DAY })).toEqual([tea.id]);
    expect(await ids({ day: other, paidMinor: 350 })).toEqual([cup.id]);
    expect(await ids({ day: other, paidMinor: 351 })).toEqual([]);
    expect(await ids({ variant: CUP, day: DAY })).toEqual([]);
    expect((await ids({ paidMinor: 350 })).toSorted()).toEqual([cup.id, tea.id].toSorted());
  });

  test("by what a code named, in one question for several; what nobody knows is left out", async () => {
    const ticket = await sold();
    const refs = [
      ofTicket(ticket),
      { kind: "ticket", id: "never-heard-of" },
      { kind: "order", id: "nor-that" },
    ];
    expect(await ids({ refs })).toEqual([ticket.id]);
  });

  test("a ticket that sold nothing is no purchase", async () => {
    const ticket = await sold();
    const back = returnTicket(berlin.till, ofTicket(ticket));
    berlin.till.write({ type: "ticket.completed", ticket: back });
    await http.push(berlin, berlin.till.entries);
    expect(await ids({ day: DAY })).toEqual([ticket.id]);
  });

  test("only a till may ask, and only what makes sense", async () => {
    const ask = (token: string | null, body: unknown) =>
      http.ask("/sync/v1/purchases", { method: "POST", token, body });
    expect(await refusalOf(await ask(null, { text: "x" }))).toMatchObject({ reason: "unauthorised" });
    expect(await refusalOf(await ask(hamburg.token, { text: "" }))).toMatchObject({ reason: "badRequest" });
    expect(await refusalOf(await ask(hamburg.token, { refs: [] }))).toMatchObject({ reason: "badRequest" });
  });
});

describe("S105 a till looks for an online order", () => {
  async function collected(changes: Record<string, unknown> = {}) {
    const bench = new OrderBench(http.parts.deps);
    const { order } = await bench.place({ number: "FEN-1042", id: "web-77", ...changes });
    berlin.till.write(picked(partOf(order)));
    await http.push(berlin, berlin.till.entries);
    berlin.till.write(handedOver(await bench.part(order)));
    await http.push(berlin, berlin.till.entries);
    return bench.order(order);
  }

  test("by its number, the shop's own id, article, day and what was paid", async () => {
    const order = await collected();
    for (const ask of [
      { text: "fen-1042" },
      { text: "web-77" },
      { variant: TEA },
      { day: DAY },
      { paidMinor: 700 },
      { refs: [{ kind: "order", id: order.id }] },
    ])
      expect(await ids(ask)).toEqual([order.id]);
    expect(await ids({ text: "fen-1042", variant: CUP })).toEqual([]);
  });

  test("by the receipt of what was paid at the counter as it was collected", async () => {
    const order = await collected();
    const paying = {
      ...berlin.till.ticket([{ variant: TEA, quantity: 2 }]),
      number: idOf<"ReceiptNumber">("BER1-01-000900"),
    };
    const lines = paying.lines.map((line) =>
      line.kind === "sale" ? { ...line, order: { order: order.id, line: idOf<"Line">("1") } } : line,
    );
    berlin.till.write({ type: "ticket.completed", ticket: { ...paying, lines } });
    await http.push(berlin, berlin.till.entries);
    expect(await ids({ text: "BER1-01-000900" })).toEqual([order.id]);
  });
});

describe("S104 what nobody may bring back any more", () => {
  const DAY_MS = 86_400_000;

  async function purchasesAt(of: HttpTill): Promise<readonly string[]> {
    const rows = await http.parts.storage.read(async (tx) => [
      ...(await tx.liveDocuments({
        feed: `store:${of.till.store}`,
        collection: "receipts",
        after: "",
        limit: 999,
      })),
      ...(await tx.liveDocuments({ feed: "receipts", collection: "receipts", after: "", limit: 999 })),
    ]);
    return rows.map(({ id }) => id).filter((id) => !id.startsWith("key:"));
  }

  test("leaves the tills thirty days after the longest window is over, and the server still knows it", async () => {
    const { clock, deps } = http.parts;
    const windows = [{ category: "Tents", days: 60 }];
    await deps.publisher.publish((publication) =>
      publication.putStore({ ...BERLIN, returns: { ...RETURNS, windows } }),
    );
    const old = await sold();
    berlin.till.write({ type: "ticket.completed", ticket: returnTicket(berlin.till, ofTicket(old)) });
    await http.push(berlin, berlin.till.entries);
    clock.advance(50 * DAY_MS);
    const later = await sold();
    clock.advance(40 * DAY_MS - 1);
    await deps.returns.forgetOld();
    expect(await purchasesAt(berlin)).toHaveLength(3);
    clock.advance(2);
    await deps.returns.forgetOld();
    expect(await purchasesAt(berlin)).toEqual([`purchase:ticket:${later.id}`]);
    expect(await find({ refs: [ofTicket(old)] })).toMatchObject([{ returned: { acts: [{}] } }]);
    await deps.returns.forgetOld();
    expect(await purchasesAt(berlin)).toHaveLength(1);
  });

  test("is taken off in steps, all of it however much it is", async () => {
    const { clock, deps } = http.parts;
    await deps.publisher.publish(async (publication) => {
      for (let counter = 0; counter < 1_201; counter += 1) {
        const purchase = { kind: "ticket", id: idOf<"Ticket">(`t-${counter}`) } as const;
        await publication.putReturnMark({ purchase, acts: [], flagged: false });
      }
    });
    clock.advance(61 * DAY_MS);
    await deps.returns.forgetOld();
    expect(await purchasesAt(berlin)).toEqual([]);
  });
});
