import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { readPdf } from "#paper/testing/read-pdf.ts";
import { makeKeyAnswerSchema } from "#protocol/hq/keys.ts";
import { mailAnswerSchema, mailsAnswerSchema, retriedMailsAnswerSchema } from "#protocol/hq/mails.ts";
import { HttpForTests, type HttpTill, refusalOf } from "../http-for-tests.ts";
import { TEA } from "../testing/shop.ts";

let http: HttpForTests;
let paired: HttpTill;
let ticket: Ticket;

beforeEach(async () => {
  http = await HttpForTests.open();
  await http.parts.stockUp([TEA], 100);
  paired = await http.pair();
  const { till } = paired;
  till.begin();
  ticket = till.ticket([{ variant: TEA, quantity: 2 }]);
  till.write({ type: "ticket.completed", ticket });
  for (const [id, name] of [
    ["invoice-1", "Kontor <Süd> AG"],
    ["invoice-2", "Zweite GmbH"],
  ] as const)
    till.write({
      type: "invoice.issued",
      id: idOf<"Invoice">(id),
      ticket: ticket.id,
      recipient: { name, address: ["Hauptstr. 5"], vatId: "" },
    });
  till.write({ type: "receipt.sent", ticket: ticket.id, by: "email" });
  const pushed = await http.push(paired, till.entries);
  expect(await pushed.json()).toMatchObject({ ok: true });
});
afterEach(() => http.close());

async function shopKey(channels: readonly string[]): Promise<string> {
  const body = { scope: "shop", name: "Web shop", channels };
  const answer = await http.hq("/hq/v1/keys", { method: "POST", body });
  return makeKeyAnswerSchema.parse(await answer.json()).key;
}

function wish(changes: Record<string, unknown> = {}) {
  return {
    id: "mail-1",
    ticket: ticket.id,
    document: { kind: "receipt" },
    email: "anna@example.com",
    language: "de",
    copy: false,
    ...changes,
  };
}

const askMail = (body: unknown) =>
  http.ask("/sync/v1/receipt-mails", { method: "POST", token: paired.token, body });

describe("HQ reads", () => {
  test("a receipt as a page that can do nothing but show itself, marked as a copy", async () => {
    const answer = await http.hq(`/hq/v1/tickets/${ticket.id}/receipt`);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const policy = answer.headers.get("content-security-policy");
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(policy).not.toContain("unsafe-inline");
    const page = await answer.text();
    expect(page).toContain(">COPY<");
    expect(page).toContain(ticket.number);
    // What a till scans to take the goods back.
    expect(page).toMatch(/<figure role="img"[^>]*><svg/);
  });

  test("a receipt in the language that its customer wishes, where none is asked for", async () => {
    const anna = idOf<"Customer">("anna");
    const contact = { email: null, phone: null, cardNumber: null };
    await http.parts.deps.publisher.publish((publication) =>
      publication.putCustomer({ id: anna, name: "Anna", ...contact, language: "fr" }),
    );
    const hers = { ...paired.till.ticket([{ variant: TEA, quantity: 1 }]), customer: anna };
    paired.till.write({ type: "ticket.completed", ticket: hers });
    await http.push(paired, paired.till.entries);
    const lang = async (query: string) =>
      /<html lang="([a-z]+)/.exec(
        await (await http.hq(`/hq/v1/tickets/${hers.id}/receipt${query}`)).text(),
      )?.[1];
    expect(await lang("")).toBe("fr");
    expect(await lang("?language=es")).toBe("es");
  });

  test("a receipt as a PDF, in the language that is asked for", async () => {
    const answer = await http.hq(`/hq/v1/tickets/${ticket.id}/receipt?format=pdf&language=de`);
    expect(answer.headers.get("content-type")).toBe("application/pdf");
    expect(answer.headers.get("content-disposition")).toBe(
      `inline; filename*=UTF-8''Beleg-${ticket.number}.pdf`,
    );
    const [page] = await readPdf(new Uint8Array(await answer.arrayBuffer()));
    expect(page?.text).toContain("KOPIE");
  });

  test("the invoice that was issued last, or the one that is named, as a PDF with the company's data", async () => {
    const read = async (query: string) => {
      const answer = await http.hq(`/hq/v1/tickets/${ticket.id}/invoice?format=pdf${query}`);
      return (await readPdf(new Uint8Array(await answer.arrayBuffer())))[0]?.text;
    };
    expect(await read("")).toContain("Zweite GmbH");
    expect(await read("&invoice=invoice-1")).toContain("Kontor <Süd> AG");
    expect(await read("&invoice=invoice-1")).not.toContain(`${ticket.number}-`);
    expect(await read("")).toContain(`${ticket.number}-2`);
  });

  test("nothing where there is nothing, and nothing without a key", async () => {
    for (const path of ["/hq/v1/tickets/none/receipt", "/hq/v1/tickets/none/invoice"]) {
      expect(await refusalOf(await http.hq(path))).toEqual({ status: 404, reason: "notFound" });
      expect(await refusalOf(await http.ask(path))).toEqual({ status: 401, reason: "unauthorised" });
    }
    const other = await http.hq(`/hq/v1/tickets/${ticket.id}/invoice?invoice=invoice-9`);
    expect(await refusalOf(other)).toEqual({ status: 404, reason: "notFound" });
    const odd = await http.hq(`/hq/v1/tickets/${ticket.id}/receipt?format=docx`);
    expect(await refusalOf(odd)).toEqual({ status: 400, reason: "badRequest" });
  });
});

describe("a web shop reads", () => {
  test("any receipt with a key for all channels, as a copy", async () => {
    const token = await shopKey([]);
    const page = await (await http.ask(`/shop/v1/receipts/${ticket.id}`, { token })).text();
    expect(page).toContain(">COPY<");
  });

  test("with a key of one channel only what that channel's orders paid: an ordinary sale looks as if it were not", async () => {
    const token = await shopKey(["web"]);
    const answer = await http.ask(`/shop/v1/receipts/${ticket.id}`, { token });
    expect(await refusalOf(answer)).toEqual({ status: 404, reason: "notFound" });
  });
});

test.each(["de-1996-1996", "en-a-bbb-a-ccc", "de_DE", "x"])(
  "a language tag that is none is refused in words: %s",
  async (language) => {
    const answer = await http.hq(`/hq/v1/tickets/${ticket.id}/receipt?format=html&language=${language}`);
    expect(await refusalOf(answer)).toEqual({ status: 400, reason: "badRequest" });
  },
);

test("an invoice that another store's till made out over this sale is not among its invoices", async () => {
  const hamburg = await http.pair("HAM1");
  hamburg.till.begin();
  hamburg.till.write({
    type: "invoice.issued",
    id: idOf<"Invoice">("invoice-3"),
    ticket: ticket.id,
    recipient: { name: "Fremde AG", address: ["Elbe 1"], vatId: "" },
  });
  expect(await (await http.push(hamburg, hamburg.till.entries)).json()).toMatchObject({ ok: true });
  const answer = await http.hq(`/hq/v1/tickets/${ticket.id}/invoice?format=html`);
  expect(await answer.text()).toContain("Zweite GmbH");
});

describe("the outbox of mails", () => {
  test("takes a till's wish once and shows HQ that it waits, and that no way to send mail was set up", async () => {
    expect((await askMail(wish())).status).toBe(200);
    expect((await askMail(wish())).status).toBe(200);
    const listed = mailsAnswerSchema.parse(await (await http.hq("/hq/v1/mails")).json());
    expect(listed).toMatchObject({ configured: false, waiting: 1, dead: 0 });
    expect(listed.mails).toMatchObject([
      { id: "mail-1", number: ticket.number, document: "receipt", standing: "waiting", tries: 0 },
    ]);
  });

  test("tells the till that nothing is sent where no way to send mail was set up", async () => {
    expect(await (await askMail(wish())).json()).toEqual({ sends: false });
  });

  test("shows a mail whose sale has not come as waiting for it", async () => {
    await askMail(wish({ ticket: "not-yet" }));
    const { mails } = mailsAnswerSchema.parse(await (await http.hq("/hq/v1/mails?state=waiting")).json());
    expect(mails).toMatchObject([{ number: null, standing: "waitingForSale" }]);
  });

  test.each([
    ["no address", { email: "anna" }],
    ["two addresses", { email: "anna@example.com, eve@example.com" }],
    ["a line break in the address", { email: "anna@example.com\r\nBcc: eve@example.com" }],
    ["a language that is none", { language: "x\r\ny" }],
    ["more than is asked for", { subject: "Buy now" }],
  ])("refuses %s", async (_, changes) => {
    expect(await refusalOf(await askMail(wish(changes)))).toEqual({ status: 400, reason: "badRequest" });
  });

  test("takes wishes of tills alone", async () => {
    const answer = await http.hq("/sync/v1/receipt-mails", { method: "POST", body: wish() });
    expect(await refusalOf(answer)).toEqual({ status: 401, reason: "unauthorised" });
  });

  test("HQ has all that was given up tried again at once, as after the mail account was mended", async () => {
    const { parts } = http;
    for (const id of ["mail-1", "mail-2", "mail-3"]) await askMail(wish({ id }));
    await parts.storage.write(async (tx) => {
      for (const mail of await tx.mails({ state: null, limit: 10 }))
        if (mail.id !== "mail-3") await tx.putMail({ ...mail, state: "dead", tries: 10, nextTryAt: null });
    });
    const again = await http.hq("/hq/v1/mails/retry", { method: "POST" });
    expect(retriedMailsAnswerSchema.parse(await again.json())).toEqual({ retried: 2 });
    const { dead, mails } = mailsAnswerSchema.parse(await (await http.hq("/hq/v1/mails")).json());
    expect([dead, mails.map(({ tries }) => tries)]).toEqual([0, [0, 0, 0]]);
  });

  test("HQ has a mail tried again", async () => {
    await askMail(wish());
    const again = await http.hq("/hq/v1/mails/mail-1/retry", { method: "POST" });
    expect(mailAnswerSchema.parse(await again.json())).toMatchObject({ standing: "waiting", tries: 0 });
    const none = await http.hq("/hq/v1/mails/none/retry", { method: "POST" });
    expect(await refusalOf(none)).toEqual({ status: 404, reason: "notFound" });
  });
});
