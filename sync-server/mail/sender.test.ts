import PostalMime from "postal-mime";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { readPdf } from "#paper/testing/read-pdf.ts";
import type { ReceiptMailRequest } from "#protocol/sync/receipt-mails.ts";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import type { Storage } from "../storage/port.ts";
import { MailServer } from "../testing/mail-server.ts";
import { BERLIN, HAMBURG, TEA } from "../testing/shop.ts";
import { createMails, type Mails } from "./mails.ts";
import type { MailPort, MailSent, OutgoingMail } from "./port.ts";
import { createMailSender } from "./sender.ts";
import type { Sending } from "./sending.ts";
import { createSmtp } from "./smtp.ts";

const DAY_MS = 86_400_000;
const RECIPIENT = {
  name: "Kontor <Süd> AG",
  address: ["Hauptstr. 5", "80331 München"],
  vatId: "DE999999999",
};

/** Mail that goes nowhere and answers as it is told to. */
class FakeMailPort implements MailPort {
  readonly sent: OutgoingMail[] = [];
  answer: MailSent = { ok: true };

  async send(mail: OutgoingMail): Promise<MailSent> {
    this.sent.push(mail);
    return this.answer;
  }

  close(): void {}
}

let parts: ServerForTests;
let port: FakeMailPort;
let mails: Mails;
let sender: Sending;
let paired: PairedTill;

beforeEach(async () => {
  parts = await ServerForTests.open();
  await parts.stockUp([TEA], 100);
  port = new FakeMailPort();
  mails = createMails({ storage: parts.storage, now: parts.clock.now, isConfigured: true });
  sender = senderBy(port);
  paired = await parts.pair();
});
afterEach(() => parts.close());

function senderBy(by: MailPort | null, storage: Storage = parts.storage): Sending {
  return createMailSender({
    storage,
    codes: parts.deps.receiptCodes,
    pdfs: parts.deps.pdfs,
    port: by,
    now: parts.clock.now,
    chance: () => 0,
  });
}

function wish(ticket: string, changes: Partial<ReceiptMailRequest> = {}): ReceiptMailRequest {
  return {
    id: idOf<"Mail">("mail-1"),
    ticket: idOf<"Ticket">(ticket),
    document: { kind: "receipt" },
    email: "anna@example.com",
    language: null,
    copy: false,
    ...changes,
  };
}

/** Rings up a sale and gives it to the server when what this answers is called. */
function sale(extra: "invoice" | null = null) {
  const { till } = paired;
  till.begin();
  const ticket = till.ticket([{ variant: TEA, quantity: 2 }]);
  till.write({ type: "ticket.completed", ticket });
  if (extra === "invoice")
    till.write({
      type: "invoice.issued",
      id: idOf<"Invoice">("invoice-1"),
      ticket: ticket.id,
      recipient: RECIPIENT,
    });
  const arrive = async () => {
    const answer = await parts.deps.ingestion.ingest(await paired.record(), till.entries);
    if (!answer.ok) throw new Error(answer.reason);
  };
  return { ticket, arrive };
}

async function standing(): Promise<readonly string[]> {
  return (await mails.list({ state: null, limit: 10 })).mails.map((mail) => mail.standing);
}

describe("a receipt by e-mail", () => {
  test("waits for its sale when it is asked for first, and goes once that has come", async () => {
    const { ticket, arrive } = sale();
    await mails.ask(BERLIN.store, wish(ticket.id));
    await sender.deliver();
    expect([port.sent.length, await standing()]).toEqual([0, ["waitingForSale"]]);
    await arrive();
    await sender.deliver();
    expect(await standing()).toEqual(["sent"]);
    const [mail] = port.sent;
    expect(mail).toMatchObject({
      to: "anna@example.com",
      fromName: "Tea & Pots",
      subject: `Receipt ${ticket.number} from Tea & Pots`,
      attachment: { name: `Receipt-${ticket.number}.pdf` },
    });
    expect(mail!.html).toContain("Tea &amp; Pots");
    expect(mail!.text).toContain("Total: €7.00");
    const [page] = await readPdf(mail!.attachment.pdf);
    expect(page!.text).toContain(ticket.number);
  });

  test("asked for twice with one id goes once", async () => {
    const { ticket, arrive } = sale();
    await arrive();
    await mails.ask(BERLIN.store, wish(ticket.id));
    await mails.ask(BERLIN.store, wish(ticket.id, { email: "other@example.com" }));
    await Promise.all([sender.deliver(), sender.deliver()]);
    await sender.deliver();
    expect(port.sent.map(({ to }) => to)).toEqual(["anna@example.com"]);
  });

  test("reads in the customer's language, and says that it is a copy where there is one already", async () => {
    const { ticket, arrive } = sale();
    await arrive();
    await mails.ask(BERLIN.store, wish(ticket.id, { language: "de", copy: true }));
    await sender.deliver();
    expect(port.sent[0]!.subject).toBe(`Beleg ${ticket.number} von Tea & Pots`);
    expect(port.sent[0]!.text).toContain("KOPIE");
  });

  test("is a copy when the same receipt was mailed before", async () => {
    const { ticket, arrive } = sale();
    await arrive();
    for (const id of ["mail-1", "mail-2"])
      await mails.ask(BERLIN.store, wish(ticket.id, { id: idOf<"Mail">(id) }));
    await sender.deliver();
    // Both are on their way at a time: which arrives first is not said.
    expect(port.sent.map(({ text }) => text.includes("COPY")).toSorted()).toEqual([false, true]);
  });

  test("of another store's sale is never sent: a till mails its own store's receipts", async () => {
    const { ticket, arrive } = sale();
    await arrive();
    await mails.ask(HAMBURG.store, wish(ticket.id));
    await sender.deliver();
    const { mails: listed } = await mails.list({ state: "dead", limit: 10 });
    expect(port.sent).toEqual([]);
    expect(listed).toMatchObject([{ lastFailure: "the sale was made in another store" }]);
  });

  test("that fails is tried again later and later, and given up in the end with the reason", async () => {
    const { ticket, arrive } = sale();
    await arrive();
    await mails.ask(BERLIN.store, wish(ticket.id));
    port.answer = { ok: false, failure: "450 busy", isFinal: false };
    await sender.deliver();
    await sender.deliver();
    expect([port.sent.length, await standing()]).toEqual([1, ["waiting"]]);
    for (let day = 0; day < 12; day += 1) {
      parts.clock.advance(2 * DAY_MS);
      await sender.deliver();
    }
    expect(port.sent).toHaveLength(10);
    expect(new Set(port.sent.map(({ id }) => id)).size).toBe(1);
    const { mails: listed, dead } = await mails.list({ state: "dead", limit: 10 });
    expect([dead, listed[0]?.lastFailure, listed[0]?.tries]).toEqual([1, "450 busy", 10]);
  });

  test("to an address that nobody has is given up at once; HQ can have it tried again", async () => {
    const { ticket, arrive } = sale();
    await arrive();
    await mails.ask(BERLIN.store, wish(ticket.id));
    port.answer = { ok: false, failure: "550 nobody lives here", isFinal: true };
    await sender.deliver();
    expect(await standing()).toEqual(["dead"]);
    port.answer = { ok: true };
    expect(await mails.retry(idOf<"Mail">("mail-1"))).toMatchObject({
      ok: true,
      value: { standing: "waiting", tries: 0 },
    });
    await sender.deliver();
    expect(await standing()).toEqual(["sent"]);
    expect(await mails.retry(idOf<"Mail">("mail-1"))).toEqual({ ok: false, reason: "sentAlready" });
    expect(await mails.retry(idOf<"Mail">("none"))).toEqual({ ok: false, reason: "noSuchMail" });
  });

  test("leaves once although two servers look after the mails at the same time", async () => {
    const ids = ["mail-1", "mail-2", "mail-3", "mail-4"];
    const { ticket, arrive } = sale();
    await arrive();
    for (const id of ids)
      await mails.ask(BERLIN.store, wish(ticket.id, { id: idOf<"Mail">(id), email: `${id}@example.com` }));
    await Promise.all([sender.deliver(), senderBy(port).deliver(), senderBy(port).deliver()]);
    expect(port.sent.map(({ id }) => id).toSorted()).toEqual(ids);
  });

  test("waits where the server knows no way to send mail, and nothing counts as tried", async () => {
    const { ticket, arrive } = sale();
    await arrive();
    await mails.ask(BERLIN.store, wish(ticket.id));
    await senderBy(null).deliver();
    const { mails: listed } = await mails.list({ state: null, limit: 10 });
    expect(listed).toMatchObject([{ standing: "waiting", tries: 0 }]);
  });
});

/** A database that takes only the first `takes` changes, as on a disk that fills up. */
function fillingUp(takes: number): Storage {
  let taken = 0;
  return {
    read: (work) => parts.storage.read(work),
    ask: (work) => parts.storage.ask(work),
    write: (work) => {
      taken += 1;
      return taken > takes ? Promise.reject(new Error("disk full")) : parts.storage.write(work);
    },
    aside: parts.storage.aside,
    isOnDuty: true,
    listen: (hear) => parts.storage.listen(hear),
    alone: (work) => work(),
    close: () => parts.storage.close(),
  };
}

describe("a mail that waits too long", () => {
  test("for its sale or for a way to send mail is given up, and its address is forgotten", async () => {
    const { ticket, arrive } = sale();
    await arrive();
    await mails.ask(BERLIN.store, wish(ticket.id));
    await mails.ask(BERLIN.store, wish("never-comes", { id: idOf<"Mail">("mail-2") }));
    parts.clock.advance(13 * DAY_MS);
    await mails.tidy();
    expect((await standing()).toSorted()).toEqual(["waiting", "waitingForSale"]);
    parts.clock.advance(2 * DAY_MS);
    await mails.tidy();
    const { mails: listed } = await mails.list({ state: "dead", limit: 10 });
    expect(listed.map(({ lastFailure }) => lastFailure?.includes("too old"))).toEqual([true, true]);
    await sender.deliver();
    expect(port.sent).toEqual([]);
    parts.clock.advance(16 * DAY_MS);
    await mails.tidy();
    expect(await standing()).toEqual([]);
  });

  test("goes all the same when HQ has it tried again", async () => {
    const { ticket, arrive } = sale();
    await arrive();
    await mails.ask(BERLIN.store, wish(ticket.id));
    parts.clock.advance(15 * DAY_MS);
    await mails.tidy();
    expect(await mails.retryDead()).toBe(1);
    await sender.deliver();
    expect(await standing()).toEqual(["sent"]);
  });
});

describe("while the database cannot be written", () => {
  beforeEach(async () => {
    const { ticket, arrive } = sale();
    await arrive();
    await mails.ask(BERLIN.store, wish(ticket.id));
  });

  test("no mail leaves, and all go once it can", async () => {
    const stuck = senderBy(port, fillingUp(0));
    await expect(stuck.deliver()).rejects.toThrow("disk full");
    parts.clock.advance(DAY_MS);
    await expect(stuck.deliver()).rejects.toThrow("disk full");
    expect(port.sent).toEqual([]);
    await sender.deliver();
    expect(port.sent).toHaveLength(1);
  });

  test("a mail that left before the disk was full does not go again and again", async () => {
    await expect(senderBy(port, fillingUp(1)).deliver()).rejects.toThrow("disk full");
    expect(port.sent).toHaveLength(1);
    for (let second = 0; second < 120; second += 2) {
      parts.clock.advance(2_000);
      await sender.deliver();
    }
    expect(port.sent).toHaveLength(1);
    parts.clock.advance(DAY_MS);
    await sender.deliver();
    expect([port.sent.length, await standing()]).toEqual([2, ["sent"]]);
  });
});

test("a server that is told to stop waits for the mail on its way, notes it, and begins no other", async () => {
  const { ticket, arrive } = sale();
  await arrive();
  let taken: (sent: MailSent) => void = () => undefined;
  const began = new Promise<void>((hasBegun) => {
    port.send = (mail) => {
      port.sent.push(mail);
      hasBegun();
      return new Promise((resolve) => {
        taken = resolve;
      });
    };
  });
  await mails.ask(BERLIN.store, wish(ticket.id));
  const atWork = sender.deliver();
  await began;
  await mails.ask(BERLIN.store, wish(ticket.id, { id: idOf<"Mail">("mail-2") }));
  const stopped = sender.stop();
  taken({ ok: true });
  await Promise.all([atWork, stopped]);
  await sender.deliver();
  expect((await standing()).toSorted()).toEqual(["sent", "waiting"]);
  expect(port.sent).toHaveLength(1);
});

test("a server that is told to stop while a mail cannot be noted goes on with what it is answering: only who had it delivered hears of it", async () => {
  const { ticket, arrive } = sale();
  await arrive();
  await mails.ask(BERLIN.store, wish(ticket.id));
  const stopping = senderBy(port, fillingUp(1));
  let stopped = Promise.resolve();
  const send = port.send.bind(port);
  port.send = (mail) => {
    stopped = stopping.stop();
    return send(mail);
  };
  await expect(stopping.deliver()).rejects.toThrow("disk full");
  await expect(stopped).resolves.toBeUndefined();
});

describe("an invoice by e-mail", () => {
  test("goes on sheets, with the company's data, once the till has issued it", async () => {
    const { ticket, arrive } = sale("invoice");
    const document = { kind: "invoice", invoice: idOf<"Invoice">("invoice-1") } as const;
    await mails.ask(BERLIN.store, wish(ticket.id, { document }));
    await sender.deliver();
    expect(port.sent).toEqual([]);
    await arrive();
    await sender.deliver();
    const [mail] = port.sent;
    expect(mail!.subject).toBe(`Invoice ${ticket.number} from Tea & Pots`);
    expect(mail!.html).toContain("Kontor &lt;Süd&gt; AG");
    const [page] = await readPdf(mail!.attachment.pdf);
    expect(page!.text).toContain("Kontor <Süd> AG");
    expect(page!.text).toContain("80331 München");
    expect(page!.width).toBeGreaterThan(500);
  });
});

test("from the till's wish to a mail in a real mailbox, by SMTP", async () => {
  const receiving = await MailServer.open();
  const smtp = createSmtp({ url: receiving.url("smtp"), from: "receipts@tea.example" }, { ca: receiving.ca });
  try {
    const { ticket, arrive } = sale();
    await arrive();
    await mails.ask(BERLIN.store, wish(ticket.id));
    await senderBy(smtp).deliver();
    const read = await PostalMime.parse(receiving.arrived[0]!.bytes);
    expect(read.subject).toBe(`Receipt ${ticket.number} from Tea & Pots`);
    const [pdf] = read.attachments;
    const [page] = await readPdf(new Uint8Array(pdf!.content as ArrayBuffer));
    expect(page!.text).toContain(ticket.number);
    expect(await standing()).toEqual(["sent"]);
  } finally {
    smtp.close();
    await receiving.close();
  }
});
