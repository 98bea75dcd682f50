import { beforeEach, describe, expect, test } from "vitest";
import { idOf, type TicketId } from "#domain/ids.ts";
import { ServerRefusal } from "../sync/server-client.ts";
import { euros, MUG } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

const DAY_MS = 86_400_000;
const RECEIPT = { kind: "receipt" } as const;
const KONTOR = { name: "Kontor Süd AG", address: ["Hauptstr. 5", "80331 München"], vatId: "de 999 999 999" };

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  await till.signIn("mira");
});

async function sell(): Promise<TicketId> {
  await till.verbs.addItem({ variant: MUG, quantity: 1 });
  await till.verbs.takeCash({ tendered: euros(850) });
  const sold = await till.verbs.completeSale({ basket: till.basket.id });
  if (!sold.ok) throw new Error(sold.reason);
  return sold.value.ticket;
}

function send(ticket: TicketId, email = "anna@example.com") {
  return till.verbs.sendReceipt({ ticket, document: RECEIPT, email, language: null });
}

async function issue(ticket: TicketId, recipient = KONTOR) {
  const issued = await till.verbs.issueInvoice({ ticket, recipient, language: null });
  if (!issued.ok) throw new Error(issued.reason);
  return issued.value;
}

const mails = () => [...till.server.mails.values()];
const keptOnDisk = async () => (await till.drafts.list("receiptMail:")).length;

/** Resolves once the server has so many mails. */
async function handedOver(count: number): Promise<void> {
  await till.server.mailed(count);
}

describe("a receipt by e-mail", () => {
  test("goes to the server at once with a connection; the journal has the fact and not the address", async () => {
    const ticket = await sell();
    expect(await send(ticket)).toEqual({ ok: true, value: { state: "handedOver" } });
    expect(mails()).toMatchObject([{ ticket, document: RECEIPT, email: "anna@example.com", copy: false }]);
    expect(till.journal.facts("receipt.sent")).toEqual([{ type: "receipt.sent", ticket, by: "email" }]);
    expect(JSON.stringify(till.journal.entries)).not.toContain("anna");
    expect(await keptOnDisk()).toBe(0);
  });

  test("is not told to be on its way where the server cannot send mail", async () => {
    till.server.sendsMail = false;
    expect(await send(await sell())).toEqual({ ok: true, value: { state: "waits" } });
    till.server.sendsMail = true;
    expect(await send(await sell())).toEqual({ ok: true, value: { state: "handedOver" } });
  });

  test("is kept without a connection, also through a restart, and goes by itself when it is back", async () => {
    const ticket = await sell();
    till.server.goOffline();
    expect(await send(ticket)).toEqual({ ok: true, value: { state: "kept" } });
    await send(ticket, "tom@example.com");
    expect([mails(), await keptOnDisk()]).toEqual([[], 2]);
    await till.restart();
    till.server.comeBack();
    await handedOver(2);
    expect(mails().map(({ email }) => email)).toEqual(["anna@example.com", "tom@example.com"]);
  });

  test("that the server did not get is tried again a while later", async () => {
    const ticket = await sell();
    till.server.unreachable = true;
    expect(await send(ticket)).toEqual({ ok: true, value: { state: "kept" } });
    till.server.unreachable = false;
    till.timers.pass(30_000);
    await handedOver(1);
    expect(mails()).toHaveLength(1);
  });

  test("keeps no cashier waiting for a server that hangs", async () => {
    const ticket = await sell();
    till.server.hangs = true;
    const sending = send(ticket);
    await till.timers.until((rests) => rests.includes(4_000));
    till.timers.hurry(4_000);
    expect(await sending).toEqual({ ok: true, value: { state: "kept" } });
    expect(await keptOnDisk()).toBe(1);
  });

  test("that the server will never take is told at once and not tried for ever", async () => {
    const ticket = await sell();
    till.server.refusesMail = new ServerRefusal(400, { reason: "badRequest", message: "no" });
    expect(await send(ticket)).toEqual({ ok: false, reason: "mailRefused" });
    expect(await keptOnDisk()).toBe(0);
    till.server.refusesMail = new ServerRefusal(404, { reason: "notFound", message: "an older server" });
    expect(await send(ticket)).toEqual({ ok: true, value: { state: "kept" } });
  });

  test("that the server cannot take now holds up no other, and is tried later and later", async () => {
    const ticket = await sell();
    // The customer was thanked long enough.
    till.timers.hurry(30_000);
    till.server.goOffline();
    await send(ticket, "anna@example.com");
    await send(ticket, "tom@example.com");
    const fault = new ServerRefusal(500, { reason: "internal", message: "broken" });
    till.server.refusesMailTo.set("anna@example.com", fault);
    till.server.comeBack();
    await handedOver(1);
    expect(mails().map(({ email }) => email)).toEqual(["tom@example.com"]);
    await till.timers.until((rests) => rests.includes(30_000));
    till.clock.pass(30_000);
    till.timers.pass(30_000);
    await till.timers.until((rests) => rests.includes(60_000));
    till.server.refusesMailTo.clear();
    till.clock.pass(60_000);
    till.timers.pass(60_000);
    await handedOver(2);
    expect(mails().map(({ email }) => email)).toEqual(["tom@example.com", "anna@example.com"]);
  });

  test.each([401, 403, 426, 429])("is not tried mail by mail where the server answers %i", async (status) => {
    const ticket = await sell();
    till.timers.hurry(30_000);
    till.server.refusesMailTo.set(
      "anna@example.com",
      new ServerRefusal(status, { reason: "tooManyRequests", message: "not now" }),
    );
    till.server.goOffline();
    await send(ticket, "anna@example.com");
    await send(ticket, "tom@example.com");
    till.server.comeBack();
    await till.timers.until((rests) => rests.includes(30_000));
    expect(mails()).toEqual([]);
  });

  test("is journaled as sent once the server has it, by whoever asked, and not before", async () => {
    const ticket = await sell();
    till.server.goOffline();
    await send(ticket);
    expect(till.journal.facts("receipt.sent")).toEqual([]);
    await till.verbs.signOut({});
    const noted = new Promise<void>((resolve) => till.journal.watch(resolve));
    till.server.comeBack();
    await noted;
    expect(till.journal.entries.at(-1)).toMatchObject({
      staff: "mira",
      fact: { type: "receipt.sent", ticket },
    });
  });

  test("that the server refuses is not journaled as sent", async () => {
    const ticket = await sell();
    till.server.refusesMail = new ServerRefusal(400, { reason: "badRequest", message: "no" });
    await send(ticket);
    expect(till.journal.facts("receipt.sent")).toEqual([]);
  });

  test("that is refused after it was kept stays on the disk with the reason, and is not tried again", async () => {
    const ticket = await sell();
    till.server.goOffline();
    await send(ticket);
    await send(ticket, "tom@example.com");
    const no = new ServerRefusal(400, { reason: "badRequest", message: "not this one" });
    till.server.refusesMailTo.set("anna@example.com", no);
    till.server.comeBack();
    await handedOver(1);
    const [refused] = await till.drafts.list("receiptMail:");
    expect(refused?.value).toMatchObject({ refusal: "not this one" });
    till.server.refusesMailTo.clear();
    await till.restart();
    expect(mails()).toHaveLength(1);
  });

  test("that nobody could send for a month is forgotten, and with it the address", async () => {
    const ticket = await sell();
    till.server.goOffline();
    await send(ticket);
    till.clock.pass(29 * DAY_MS);
    await till.restart();
    expect(await keptOnDisk()).toBe(1);
    till.clock.pass(2 * DAY_MS);
    await till.restart();
    expect(await keptOnDisk()).toBe(0);
  });

  test("is a copy where there is one on paper, or the sale is long over", async () => {
    const ticket = await sell();
    till.clock.pass(2 * 3_600_000);
    await send(ticket);
    await till.setUpPrinter();
    await send(await sell());
    expect(mails().map(({ copy }) => copy)).toEqual([true, true]);
  });

  test("needs a ticket, a cashier and a disk", async () => {
    const ticket = await sell();
    expect(await send(idOf<"Ticket">("none"))).toEqual({ ok: false, reason: "noSuchTicket" });
    till.drafts.fail(new Error("ENOSPC"));
    expect(await send(ticket)).toEqual({ ok: false, reason: "storage" });
    till.drafts.fail(null);
    expect([mails(), await keptOnDisk()]).toEqual([[], 0]);
    await till.verbs.signOut({});
    expect(await send(ticket)).toEqual({ ok: false, reason: "notSignedIn" });
  });
});

describe("an invoice", () => {
  test("is journaled once per company, printed, and a copy when it is asked for again", async () => {
    await till.setUpPrinter();
    const ticket = await sell();
    const first = await issue(ticket);
    expect(first).toMatchObject({ printed: true, paper: { copy: false, ticket } });
    const again = await issue(ticket, { ...KONTOR, name: " KONTOR SÜD AG", vatId: "DE999999999" });
    expect(again).toMatchObject({ invoice: first.invoice, paper: { copy: true } });
    expect(till.journal.facts("invoice.issued")).toEqual([
      {
        type: "invoice.issued",
        id: first.invoice,
        ticket,
        recipient: { ...KONTOR, vatId: "DE999999999" },
      },
    ]);
    const other = await issue(ticket, { ...KONTOR, name: "Zweite GmbH" });
    expect(other.paper.copy).toBe(false);
    const numberOf = ({ paper }: typeof first) => JSON.stringify(paper.rows).includes(`${paper.number}-2`);
    expect([first, again, other, await issue(ticket)].map(numberOf)).toEqual([false, false, true, false]);
    expect(till.journal.facts("invoice.issued")).toHaveLength(2);
    expect(till.printers[0]?.printed).toHaveLength(5);
  });

  test("is known again after a restart, with its recipient filled in", async () => {
    await till.setUpPrinter();
    const ticket = await sell();
    const first = await issue(ticket);
    await till.restart();
    await till.signIn("mira");
    expect(await till.verbs.receiptContact({ ticket })).toMatchObject({
      value: { recipient: { ...KONTOR, vatId: "DE999999999" } },
    });
    expect(await issue(ticket)).toMatchObject({ invoice: first.invoice, paper: { copy: true } });
  });

  test("of long ago still counts, while for whom it was the till forgets", async () => {
    const ticket = await sell();
    const { invoice } = await issue(ticket);
    const known = async () => (await till.drafts.list("invoices:"))[0]?.value;
    await till.restart();
    expect(await known()).toMatchObject([{ id: invoice, recipient: { name: KONTOR.name } }]);
    till.clock.pass(91 * DAY_MS);
    await till.restart();
    expect(await known()).toMatchObject([{ id: invoice, recipient: null }]);
  });

  test("pressed for twice in a hurry is issued once", async () => {
    const ticket = await sell();
    await Promise.all([issue(ticket), issue(ticket)]);
    expect(till.journal.facts("invoice.issued")).toHaveLength(1);
  });

  test("goes by e-mail as the original where there is no paper, and as a copy after that", async () => {
    const ticket = await sell();
    const { invoice } = await issue(ticket);
    const document = { kind: "invoice", invoice } as const;
    const args = { ticket, document, email: "buero@kontor.example", language: null };
    await till.verbs.sendReceipt(args);
    await till.verbs.sendReceipt(args);
    expect(mails().map((mail) => [mail.document, mail.copy])).toEqual([
      [document, false],
      [document, true],
    ]);
    const unknown = { ...args, document: { kind: "invoice", invoice: idOf<"Invoice">("none") } as const };
    expect(await till.verbs.sendReceipt(unknown)).toEqual({ ok: false, reason: "noSuchInvoice" });
  });

  test("that is printed while its mail waits goes by e-mail as a copy", async () => {
    const ticket = await sell();
    const { invoice } = await issue(ticket);
    till.server.goOffline();
    const document = { kind: "invoice", invoice } as const;
    await till.verbs.sendReceipt({ ticket, document, email: "buero@kontor.example", language: null });
    await till.setUpPrinter();
    expect((await issue(ticket)).paper.copy).toBe(false);
    till.server.comeBack();
    await handedOver(1);
    expect(mails()[0]?.copy).toBe(true);
  });

  test.each([
    ["no address", { ...KONTOR, address: [" "] }, "recipientIncomplete"],
    ["no name", { ...KONTOR, name: " " }, "recipientIncomplete"],
    ["a VAT id that is none", { ...KONTOR, vatId: "DE<1>" }, "vatIdNotValid"],
  ])("is not made out to a company with %s", async (_, recipient, reason) => {
    const ticket = await sell();
    expect(await till.verbs.issueInvoice({ ticket, recipient, language: null })).toEqual({
      ok: false,
      reason,
    });
    expect(till.journal.facts("invoice.issued")).toEqual([]);
  });

  test("needs a ticket, a disk and a cashier", async () => {
    const ticket = await sell();
    const ask = (of: TicketId) => till.verbs.issueInvoice({ ticket: of, recipient: KONTOR, language: null });
    expect(await ask(idOf<"Ticket">("none"))).toEqual({ ok: false, reason: "noSuchTicket" });
    till.journal.fail(new Error("ENOSPC"));
    expect(await ask(ticket)).toEqual({ ok: false, reason: "storage" });
    till.journal.fail(null);
    await till.verbs.signOut({});
    expect(await ask(ticket)).toEqual({ ok: false, reason: "notSignedIn" });
    expect(await till.verbs.receiptContact({ ticket })).toEqual({ ok: false, reason: "notSignedIn" });
  });
});

test("of a customer that the till knows, name and address are filled in; of a stranger nothing is", async () => {
  const anna = idOf<"Customer">("anna");
  till.replica.put("customers", {
    id: anna,
    name: "Anna Ahrens",
    email: "anna@example.com",
    phone: null,
    cardNumber: null,
  });
  const stranger = await sell();
  await till.verbs.setCustomer({ customer: anna });
  const ticket = await sell();
  expect(await till.verbs.receiptContact({ ticket })).toEqual({
    ok: true,
    value: { email: "anna@example.com", recipient: { name: "Anna Ahrens", address: [], vatId: "" } },
  });
  expect(await till.verbs.receiptContact({ ticket: stranger })).toEqual({
    ok: true,
    value: { email: "", recipient: { name: "", address: [], vatId: "" } },
  });
});
