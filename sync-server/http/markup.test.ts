import { afterAll, beforeAll, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { readPdf } from "#paper/testing/read-pdf.ts";
import { composedLink } from "../access/compose-link.ts";
import { HttpForTests, type HttpTill } from "../http-for-tests.ts";
import { composed, documentOf } from "../mail/compose.ts";
import type { MailRecord } from "../mail/records.ts";
import { composedReport } from "../reports/compose.ts";
import { BERLIN, customer, EUR, TEA } from "../testing/shop.ts";

/** Somebody writes this wherever a name can be written. */
const WICKED = `"><script>alert(1)</script><img src=x onerror=alert(1)>' onload='`;
const STORE = {
  ...BERLIN,
  name: WICKED,
  retailer: WICKED,
  address: [WICKED],
  receiptHeader: [WICKED],
  receiptFooter: [WICKED],
};

let http: HttpForTests;
let paired: HttpTill;
let ticket: Ticket;
beforeAll(async () => {
  http = await HttpForTests.open({ demoShop: true });
  const { publisher } = http.parts.deps;
  await publisher.publish(async (publication) => {
    await publication.putStore(STORE);
    await publication.putCustomer({ ...customer("wicked"), name: WICKED, email: "w@example.com" });
  });
  await http.parts.stockUp([TEA], 10);
  paired = await http.pair();
  const { till } = paired;
  till.begin();
  const sold = till.ticket([{ variant: TEA, quantity: 1 }]);
  ticket = {
    ...sold,
    customer: idOf<"Customer">("customer-wicked"),
    lines: sold.lines.map((line) => ({ ...line, name: WICKED, options: [WICKED] })),
  };
  till.write({ type: "ticket.completed", ticket });
  till.write({
    type: "invoice.issued",
    id: idOf<"Invoice">("invoice-1"),
    ticket: ticket.id,
    recipient: { name: WICKED, address: [WICKED], vatId: "" },
  });
  expect(await (await http.push(paired, till.entries)).json()).toMatchObject({ ok: true });
});
afterAll(() => http.close());

/** Elements and attributes that were written as text are none. */
function expectNoMarkupOfTheirs(html: string): void {
  expect(html).not.toMatch(/<script|<img src=x|<[^>]*\son(error|load)=/i);
  expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;");
}

/** A page that whatever is in it can do nothing: no script but the server's own files, in nobody's frame, not taken for another kind of file. */
function expectHarmlessHeaders(answer: Response, path: string): void {
  const policy = answer.headers.get("content-security-policy") ?? "";
  expect(policy, path).toContain("default-src 'none'");
  expect(policy, path).toContain("frame-ancestors 'none'");
  expect(policy, path).toContain("base-uri 'none'");
  expect(policy, path).toContain("form-action 'none'");
  expect(policy, path).not.toMatch(/script-src[^;]*('unsafe|https?:|\*|data:)/);
  expect(policy, path).not.toContain("unsafe-eval");
  expect(answer.headers.get("x-content-type-options"), path).toBe("nosniff");
  expect(answer.headers.get("referrer-policy"), path).toBe("no-referrer");
  expect(answer.headers.get("cross-origin-opener-policy"), path).toBe("same-origin");
  expect(answer.headers.get("strict-transport-security"), path).toMatch(/^max-age=\d{7,}/);
}

test.each<readonly [string, () => string]>([
  ["a receipt", () => `/hq/v1/tickets/${ticket.id}/receipt`],
  ["an invoice", () => `/hq/v1/tickets/${ticket.id}/invoice`],
  ["a web shop's receipt", () => `/shop/v1/receipts/${ticket.id}?format=html`],
  ["everything of a customer", () => "/hq/v1/customers/customer-wicked/export?format=html"],
])("%s shows as text what somebody named themselves, and its page could not run it", async (_, path) => {
  const answer = await http.hq(path());
  expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expectHarmlessHeaders(answer, path());
  expectNoMarkupOfTheirs(await answer.text());
});

test.each([["/docs/"], ["/demo-shop/"], ["/nowhere"], ["/hq/v1/stores"], ["/healthz"]])(
  "%s is answered with headers by which nothing runs in it",
  async (path) => expectHarmlessHeaders(await http.ask(path), path),
);

test("a receipt as PDF has the name as text", async () => {
  const answer = await http.hq(`/hq/v1/tickets/${ticket.id}/receipt?format=pdf`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const pages = await readPdf(bytes.slice());
  expect(
    pages
      .map(({ text }) => text)
      .join("")
      .replaceAll(/\s/g, ""),
  ).toContain("<script>alert(1)");
  expect(Buffer.from(bytes).toString("latin1")).not.toMatch(
    /\/(JavaScript|JS|OpenAction|Launch|EmbeddedFile)\b/,
  );
});

test("a receipt by e-mail shows it as text, and its headers stay one line each", async () => {
  const mail: MailRecord = {
    id: idOf<"Mail">("mail-1"),
    ticket: ticket.id,
    store: BERLIN.store,
    document: { kind: "receipt" },
    email: "w@example.com",
    language: null,
    copy: false,
    askedAt: http.parts.clock.now(),
    state: "waiting",
    tries: 0,
    nextTryAt: null,
    sentAt: null,
    lastFailure: null,
  };
  const codeOf = await http.parts.deps.receiptCodes.ofTickets();
  const document = await http.parts.storage.read((tx) => documentOf(tx, mail, codeOf));
  if (!document.ok) throw new Error(document.reason);
  const { html, subject, fromName } = composed(mail, document.value, new Uint8Array());
  expectNoMarkupOfTheirs(html);
  for (const header of [subject, fromName]) expect(header).not.toMatch(/[\r\n]/);
});

test("a report by e-mail shows it as text", () => {
  const period = { from: idOf<"BusinessDay">("2027-01-15"), until: idOf<"BusinessDay">("2027-01-15") };
  const { html } = composedReport({
    id: "mail-1",
    to: "w@example.com",
    retailer: WICKED,
    saved: { name: WICKED },
    question: {
      report: "sales",
      group: "store",
      period,
      stores: null,
      channels: null,
      categories: null,
      compare: null,
    },
    answer: {
      report: "sales",
      title: WICKED,
      by: "store",
      byTitle: WICKED,
      period,
      compared: null,
      columns: [],
      main: "total",
      rows: [{ key: "x", name: WICKED, currency: EUR, figures: [], before: null, tickets: "" }],
      count: 1,
      totals: [],
      complete: true,
    },
  });
  expectNoMarkupOfTheirs(html);
});

test("a link by e-mail shows names as text", () => {
  const { html, subject, fromName } = composedLink({
    mail: { id: "mail-2", tries: 1, consoleAt: "https://hq.example" },
    user: { name: WICKED, email: "w@example.com" },
    link: { kind: "reset", token: "token" },
    retailer: WICKED,
    language: "en",
  });
  expectNoMarkupOfTheirs(html);
  for (const header of [subject, fromName]) expect(header).not.toMatch(/[\r\n]/);
});
