import { beforeEach, describe, expect, test } from "vitest";
import type { Customer } from "#domain/customer/customer.ts";
import { type CustomerId, idOf, instant } from "#domain/ids.ts";
import type { CustomerHistory } from "#protocol/documents/history.ts";
import { storeOrder } from "../testing/order-fixture.ts";
import { euros, MUG } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

const ANNA: Customer = {
  id: idOf<"Customer">("anna"),
  name: "Änna Weiß",
  email: "anna@example.com",
  phone: "+49 30 23125 001",
  cardNumber: "FH40000137",
};
const BEN: Customer = {
  id: idOf<"Customer">("ben"),
  name: "Ben Annas",
  email: null,
  phone: null,
  cardNumber: null,
};

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  till.replica.put("customers", ANNA, BEN);
  await till.signIn();
});

const names = async (text: string, limit = 20) =>
  (await till.verbs.searchCustomers({ text, limit, elsewhere: false })).customers.map(({ name }) => name);

async function sell(to: CustomerId | null): Promise<string> {
  await till.verbs.setCustomer({ customer: to });
  await till.verbs.addItem({ variant: MUG, quantity: 1 });
  await till.verbs.takeCash({ tendered: till.basket.dueInCash });
  const sold = await till.verbs.completeSale({ basket: till.basket.id });
  if (!sold.ok) throw new Error(sold.reason);
  return sold.value.receipt.number;
}

describe("finding a customer", () => {
  test("is by name, number, address or card, best first, and says when there are more", async () => {
    expect(await names("anna")).toEqual(["Änna Weiß", "Ben Annas"]);
    expect(await names("weiss ann")).toEqual(["Änna Weiß"]);
    expect(await names("030/23125-001")).toEqual(["Änna Weiß"]);
    expect(await names("fh4000")).toEqual(["Änna Weiß"]);
    expect(await names(" ")).toEqual([]);
    expect(await till.verbs.searchCustomers({ text: "ann", limit: 1, elsewhere: false })).toMatchObject({
      hasMore: true,
    });
  });

  test("follows what HQ changes, and what was on disk before a restart is found again", async () => {
    till.replica.put("customers", { ...BEN, name: "Benno Fuchs" });
    till.replica.remove("customers", ANNA.id);
    expect(await names("anna")).toEqual([]);
    expect(await names("fuchs")).toEqual(["Benno Fuchs"]);
    await till.restart();
    await till.signIn();
    expect(await names("fuchs")).toEqual(["Benno Fuchs"]);
  });

  test("is for whoever is signed in", async () => {
    await till.verbs.signOut({});
    expect(await names("anna")).toEqual([]);
    expect(await till.verbs.customer({ customer: ANNA.id })).toEqual({ ok: false, reason: "notSignedIn" });
    expect(await till.verbs.customerHistory({ customer: ANNA.id })).toEqual({
      ok: false,
      reason: "notSignedIn",
    });
    expect(await till.verbs.setCustomer({ customer: ANNA.id })).toEqual({ ok: false, reason: "notSignedIn" });
  });
});

describe("the customer on the basket", () => {
  test("is shown by name, stays through parking and a restart, and the ticket names nobody but by id", async () => {
    await till.verbs.setCustomer({ customer: ANNA.id });
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    const { id } = till.basket;
    await till.verbs.parkBasket({ label: "later" });
    expect(till.basket.customer).toBeNull();
    await till.restart();
    await till.signIn();
    await till.verbs.recallBasket({ basket: id });
    await names("anna");
    expect(till.basket.customer).toEqual({ id: ANNA.id, name: "Änna Weiß" });
    await till.verbs.takeCash({ tendered: till.basket.dueInCash });
    await till.verbs.completeSale({ basket: id });
    expect(till.journal.facts("ticket.completed")[0]?.ticket.customer).toBe(ANNA.id);
    expect(JSON.stringify(till.journal.entries)).not.toContain("Weiß");
    expect(till.basket.customer).toBeNull();
  });

  test("is taken off again; once payment has begun it stays", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    await till.verbs.setCustomer({ customer: ANNA.id });
    await till.verbs.setCustomer({ customer: null });
    expect(till.basket.customer).toBeNull();
    await till.verbs.takeCash({ tendered: euros(100) });
    expect(await till.verbs.setCustomer({ customer: ANNA.id })).toEqual({
      ok: false,
      reason: "paymentStarted",
    });
  });

  test("comes by a scan of the card's bar code or QR code; an unknown code is neither article nor customer", async () => {
    for (const code of ["FH40000137", "otc:fh40000137"]) {
      const answer = await till.verbs.scan({ code, quantity: 1 });
      expect(answer).toMatchObject({
        ok: true,
        value: { customer: ANNA, basket: { customer: { id: ANNA.id } } },
      });
      await till.verbs.setCustomer({ customer: null });
    }
    for (const code of ["FH99", "OTC:FH99", "OTC:"])
      expect(await till.verbs.scan({ code, quantity: 1 })).toEqual({ ok: false, reason: "noSuchItem" });
    expect(till.basket.lines).toEqual([]);
  });

  test("must be known here", async () => {
    const nobody = idOf<"Customer">("nobody");
    expect(await till.verbs.setCustomer({ customer: nobody })).toEqual({
      ok: false,
      reason: "noSuchCustomer",
    });
    expect(await till.verbs.customer({ customer: nobody })).toEqual({ ok: false, reason: "noSuchCustomer" });
  });

  test("is called as HQ calls it now; screens are told of that and of no other customer", async () => {
    await till.verbs.setCustomer({ customer: ANNA.id });
    const told: (string | undefined)[] = [];
    till.shop.views.basket.watch(() => told.push(till.basket.customer?.name));
    till.replica.put("customers", { ...BEN, name: "Benno" });
    expect(told).toEqual([]);
    till.replica.put("customers", { ...ANNA, name: "Anna Fuchs" });
    expect(told).toEqual(["Anna Fuchs"]);
  });
});

describe("a customer's history at the till", () => {
  const historyAtServer = (entries: CustomerHistory["entries"]) =>
    till.server.histories.set(ANNA.id, { customer: ANNA.id, entries, hasMore: false });
  const online = {
    kind: "order",
    id: idOf<"Order">("far"),
    number: "WEB-9",
    channel: idOf<"Channel">("web"),
    at: instant(1),
    status: "completed",
    storeNames: ["Hamburg"],
    pieces: 1,
    goods: [],
    total: euros(900),
  } as const;

  test("has offline what was sold here and the store's orders, newest first, and no one else's", async () => {
    till.server.goOffline();
    till.replica.put(
      "orders",
      storeOrder({ number: "WEB-1", contact: { customer: ANNA.id, name: "A", email: null, phone: null } }),
    );
    await sell(BEN.id);
    await sell(null);
    const number = await sell(ANNA.id);
    const profile = await till.verbs.customer({ customer: ANNA.id });
    if (!profile.ok) throw new Error(profile.reason);
    const { customer, history } = profile.value;
    expect(customer).toEqual(ANNA);
    expect(history.entries.map((entry) => [entry.kind, entry.number]).toSorted()).toEqual([
      ["order", "WEB-1"],
      ["purchase", number],
    ]);
    const purchase = history.entries.find(({ kind }) => kind === "purchase");
    expect(purchase).toMatchObject({ storeName: "Kreuzberg", pieces: 1, total: euros(850) });
    expect(history.receiptsHere).toEqual([purchase?.id]);
    expect(await till.verbs.customerHistory({ customer: ANNA.id })).toEqual({ ok: false, reason: "offline" });
  });

  test("has offline the order that was just placed here, once, and the order says whose it is", async () => {
    till.server.goOffline();
    await till.verbs.setCustomer({ customer: ANNA.id });
    await till.verbs.addItem({ variant: MUG, quantity: 2 });
    const address = { name: "A", lines: ["Musterweg 3"], postcode: "20457", city: "Hamburg", country: "DE" };
    const contact = { customer: null, name: "Anna", email: null, phone: null };
    await till.verbs.orderBasket({ contact, delivery: { kind: "ship", address } });
    await till.verbs.takeCash({ tendered: till.basket.dueInCash });
    const sold = await till.verbs.completeSale({ basket: till.basket.id });
    if (!sold.ok) throw new Error(sold.reason);
    expect(till.journal.facts("order.placed")[0]?.order.contact.customer).toBe(ANNA.id);
    const profile = await till.verbs.customer({ customer: ANNA.id });
    const { number } = sold.value.receipt;
    expect(profile).toMatchObject({
      ok: true,
      value: {
        history: {
          entries: [{ kind: "order", number, status: "placed", pieces: 2, total: euros(1_700) }],
          receiptsHere: [],
        },
      },
    });
  });

  test("has online what the server tells besides, with the sale that it has not heard of yet", async () => {
    historyAtServer([online]);
    const number = await sell(ANNA.id);
    const answer = await till.verbs.customerHistory({ customer: ANNA.id });
    if (!answer.ok) throw new Error(answer.reason);
    expect(answer.value.entries.map((entry) => entry.number)).toEqual([number, "WEB-9"]);
  });

  test("shows a sale once however often it is told, and knows whose receipt is on this till", async () => {
    const number = await sell(ANNA.id);
    const here = till.journal.facts("ticket.completed")[0]?.ticket;
    if (here === undefined) throw new Error("nothing was sold");
    const elsewhere = {
      kind: "purchase",
      id: idOf<"Ticket">("far"),
      number: idOf<"ReceiptNumber">("HAM1-01-000004"),
      at: instant(2),
      storeName: "Hamburg",
      pieces: 1,
      goods: [],
      total: euros(100),
    } as const;
    const told = {
      ...elsewhere,
      id: here.id,
      number: here.number,
      at: here.completedAt,
      storeName: "Kreuzberg",
    };
    historyAtServer([told, elsewhere]);
    const answer = await till.verbs.customerHistory({ customer: ANNA.id });
    if (!answer.ok) throw new Error(answer.reason);
    expect(answer.value.entries.map((entry) => entry.number)).toEqual([number, "HAM1-01-000004"]);
    expect(answer.value.receiptsHere).toEqual([here.id]);
  });

  test("is what this till knows where the server knows no such customer, and “offline” where it does not answer", async () => {
    const number = await sell(ANNA.id);
    expect(await till.verbs.customerHistory({ customer: ANNA.id })).toMatchObject({
      ok: true,
      value: { entries: [{ number }] },
    });
    till.server.unreachable = true;
    expect(await till.verbs.customerHistory({ customer: ANNA.id })).toEqual({ ok: false, reason: "offline" });
  });
});

describe("a customer's receipt", () => {
  const titleOf = async (): Promise<string> => {
    await sell(ANNA.id);
    const [newest] = await till.verbs.recentTickets({ limit: 1 });
    const found = await till.verbs.receipt({ ticket: newest!.id });
    return found.ok ? JSON.stringify(found.value.rows) : found.reason;
  };

  test("is in the language that they wish, else in the store's", async () => {
    expect(await titleOf()).toContain("Beleg BER1-03");
    till.replica.put("customers", { ...ANNA, language: "fr-FR" });
    expect(await titleOf()).toContain("Ticket BER1-03");
  });
});

describe("a customer who is exempt from tax", () => {
  const exempt = (validUntil: string | null): Customer => ({
    ...ANNA,
    taxExemption: {
      certificate: "NATO 302/17",
      validUntil: validUntil === null ? null : idOf<"BusinessDay">(validUntil),
    },
  });

  test("pays no tax from the moment they are on the basket, also after a restart, and the ticket says why", async () => {
    till.replica.put("customers", exempt(null));
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    const { due: usual } = till.basket;
    await till.verbs.setCustomer({ customer: ANNA.id });
    expect(till.basket.due.minor).toBe(Math.round((usual.minor * 100) / 119));
    await till.restart();
    await till.signIn();
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    expect(till.basket.due).toEqual(euros(1_429));
    await names("anna");
    expect(till.basket.customer).toEqual({ id: ANNA.id, name: "Änna Weiß", taxExemption: "NATO 302/17" });
    await till.verbs.takeCash({ tendered: till.basket.dueInCash });
    await till.verbs.completeSale({ basket: till.basket.id });
    expect(till.journal.facts("ticket.completed")[0]?.ticket.taxExemption).toBe("NATO 302/17");
  });

  test("pays it once the certificate has run out, or they are taken off the basket", async () => {
    till.replica.put("customers", exempt("2020-01-01"));
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    const { due: usual } = till.basket;
    await till.verbs.setCustomer({ customer: ANNA.id });
    expect(till.basket.due).toEqual(usual);
    till.replica.put("customers", exempt(null));
    await till.verbs.setCustomer({ customer: null });
    await till.verbs.setCustomer({ customer: ANNA.id });
    expect(till.basket.due).toEqual(euros(714));
    await till.verbs.setCustomer({ customer: null });
    expect(till.basket.due).toEqual(usual);
  });
});

describe("a customer who is erased", () => {
  test("leaves a basket that goes on without them, in front of whomever and parked; everybody else stays", async () => {
    await till.verbs.setCustomer({ customer: ANNA.id });
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    const { id } = till.basket;
    await till.verbs.parkBasket({ label: "later" });
    await till.verbs.setCustomer({ customer: BEN.id });
    await till.verbs.addItem({ variant: MUG, quantity: 2 });
    expect(await till.shop.keptCustomers()).toEqual(new Set([ANNA.id, BEN.id]));
    till.replica.remove("customers", ANNA.id);
    await till.shop.forgetCustomers([ANNA.id]);
    expect(till.basket.customer?.name).toBe("Ben Annas");
    expect(await till.shop.keptCustomers()).toEqual(new Set([BEN.id]));
    await till.verbs.recallBasket({ basket: id });
    expect(till.basket).toMatchObject({ id, customer: null, lines: [{ quantity: 1 }] });
    expect(JSON.stringify(await till.drafts.list(""))).not.toContain(ANNA.id);
  });

  test("leaves no address in a mail that waits and none with an invoice", async () => {
    till.replica.put("customers", { ...ANNA, company: { name: "Weiß GmbH", address: ["Weg 1"], vatId: "" } });
    till.server.goOffline();
    await sell(ANNA.id);
    const ticket = till.journal.facts("ticket.completed")[0]?.ticket.id ?? idOf<"Ticket">("none");
    const contact = await till.verbs.receiptContact({ ticket });
    if (!contact.ok) throw new Error(contact.reason);
    expect(contact.value).toEqual({
      email: ANNA.email,
      recipient: { name: "Weiß GmbH", address: ["Weg 1"], vatId: "" },
    });
    expect(await till.shop.keptCustomers()).toEqual(new Set());
    await till.verbs.issueInvoice({ ticket, recipient: contact.value.recipient, language: null });
    expect(await till.shop.keptCustomers()).toEqual(new Set([ANNA.id]));
    await till.verbs.sendReceipt({
      ticket,
      document: { kind: "receipt" },
      email: "anna@example.com",
      language: null,
    });
    const kept = async () => JSON.stringify(await till.drafts.list(""));
    expect(await kept()).toContain("anna@example.com");
    expect(await kept()).toContain("Weiß GmbH");
    till.replica.remove("customers", ANNA.id);
    await till.shop.forgetCustomers([ANNA.id]);
    expect(await kept()).not.toContain("anna@example.com");
    expect(await kept()).not.toContain("Weiß GmbH");
    expect(await till.shop.keptCustomers()).toEqual(new Set());
    till.server.comeBack();
    expect(till.server.mails.size).toBe(0);
  });
});
