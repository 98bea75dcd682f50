import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page, TestInfo } from "@playwright/test";
import { ticketOf } from "#domain/journal/effects.ts";
import type { Fact } from "#domain/journal/entry.ts";
import type { DayReport } from "#domain/shift/report.ts";
import type { TicketTender } from "#domain/ticket/ticket.ts";
import { zReportDetailSchema, zReportsAnswerSchema } from "#protocol/hq/shifts.ts";
import { entrySchema } from "#protocol/sync/entry.ts";
import { allow } from "./harness/allow.ts";
import { plainArticles, type ScannableArticle } from "./harness/articles.ts";
import { CashDesk, euros } from "./harness/cash-desk.ts";
import { CASHIER, Cashier } from "./harness/cashier.ts";
import { test as base, type Chain, expect } from "./harness/chain.ts";
import { CollectDesk } from "./harness/collect-desk.ts";
import { Line } from "./harness/line.ts";
import { takePicture } from "./harness/looks.ts";
import { PaperPrinter } from "./harness/paper-printer.ts";
import { projectRoot } from "./harness/program.ts";
import { pairedTill } from "./harness/register.ts";
import { ReturnsDesk } from "./harness/returns-desk.ts";
import { addPrinter, enterTerminal, openSetUp } from "./harness/set-up.ts";
import { SimulatedTerminal } from "./harness/terminal.ts";
import { aPickupOrder } from "./harness/web-orders.ts";

const TAREK = { name: "Tarek Yilmaz", pin: "222222" };
const FLOAT = 21_537;
const GIFT_CARD = 2_500;
const CASH_IN = 4_000;
const CASH_OUT = 1_250;
const PICKUP = 10_000;
const OVERRIDE = 100;
const MISSING = 300;

/** What the test itself put into the drawer and took out of it, in cents; the till is never asked. */
class OwnBooks {
  inDrawer = 0;
  cashSales = 0;
  cashBack = 0;
  card = 0;
  turnover = 0;
  kicks = 0;

  sold(minor: number): void {
    this.turnover += minor;
    this.cashSales += minor;
    this.inDrawer += minor;
    this.kicks += 1;
  }

  moved(minor: number): void {
    this.inDrawer += minor;
    this.kicks += 1;
  }
}

interface Shop {
  readonly chain: Chain;
  readonly line: Line;
  readonly page: Page;
  readonly info: TestInfo;
  readonly cashier: Cashier;
  readonly cash: CashDesk;
  readonly terminal: SimulatedTerminal;
  readonly terminalPort: string;
  readonly counter: PaperPrinter;
  readonly office: PaperPrinter;
  readonly goods: readonly [ScannableArticle, ScannableArticle, ...ScannableArticle[]];
  readonly own: OwnBooks;
}

const test = base.extend<{ readonly shop: Shop }>({
  shop: async ({ chain, page }, use, info) => {
    await page.setViewportSize({ width: 1024, height: 768 });
    const line = await Line.to(chain.server.address);
    const [counter, office] = [await PaperPrinter.start(), await PaperPrinter.start()];
    const { terminal, port: terminalPort } = await SimulatedTerminal.start();
    const till = await pairedTill(chain, line.address);
    const cashier = new Cashier(page);
    await cashier.open(till.address);
    const [first, second, ...rest] = (await plainArticles(chain)).toSorted((a, b) => a.price - b.price);
    if (first === undefined || second === undefined) throw new Error("the demo has too few plain articles");
    const cash = new CashDesk(page);
    const tools = { terminal, terminalPort, counter, office, goods: [first, second, ...rest] } as const;
    await use({ chain, line, page, info, cashier, cash, ...tools, own: new OwnBooks() });
    await Promise.all([counter.stop(), office.stop(), terminal.stop(), line.close()]);
  },
});

let stations = 0;

async function photograph({ page, info }: Shop, station: string): Promise<void> {
  stations += 1;
  await takePicture(page, info, `${String(stations).padStart(2, "0")}-${station}`);
}

/** The drawer was opened as often as money went in or out since its printer was there, and no more. */
const drawerOpened = ({ counter, own }: Shop) => expect.poll(() => counter.kicks).toBe(own.kicks);

async function scan({ cashier }: Shop, { gtin }: ScannableArticle, lines = 1): Promise<void> {
  await cashier.scan(gtin);
  await expect(cashier.lines()).toHaveCount(lines);
}

async function sellForCash(shop: Shop, article: ScannableArticle): Promise<void> {
  await scan(shop, article);
  await shop.cashier.exactCash();
  await expect(shop.cashier.done()).toHaveText(euros(article.price));
  shop.own.sold(article.price);
}

async function openWithFloat(shop: Shop): Promise<void> {
  const { page, cash, own } = shop;
  await page.getByRole("button", { name: CASHIER.name }).click();
  for (const digit of CASHIER.pin) await page.getByRole("button", { name: digit, exact: true }).click();
  await expect(page.getByRole("heading", { name: "Open the shift" })).toBeVisible();
  await cash.count(FLOAT);
  await photograph(shop, "open-shift");
  await page.getByRole("button", { name: `Open with ${euros(FLOAT)}` }).click();
  await expect(page.getByRole("heading", { name: "Open the shift" })).toBeHidden();
  own.inDrawer = FLOAT;
}

async function setUpDevices(shop: Shop): Promise<void> {
  const { page, counter, office, terminalPort } = shop;
  await openSetUp(page);
  await addPrinter(page, { name: "Counter", port: counter.port });
  await addPrinter(page, { name: "Office", port: office.port, prints: ["Receipts"] });
  await enterTerminal(page, terminalPort);
  await allow(page);
  await expect(page.getByText(`127.0.0.1, port ${terminalPort}`)).toBeVisible();
  await photograph(shop, "devices");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

/** Cash with change, a card, a gift card. */
async function sellInTheMorning(shop: Shop): Promise<void> {
  const { page, cashier, cash, terminal, goods, own, counter } = shop;
  await expect(cashier.sync()).toHaveText("Online");
  await scan(shop, goods[0]);
  await page.keyboard.press("F9");
  const tendered = await cash.payWithNote();
  await expect(cashier.done()).toHaveText(euros(tendered - goods[0].price));
  own.sold(goods[0].price);
  await expect.poll(() => counter.documents.at(-1)).toContain("BER1-01-000001");
  await drawerOpened(shop);
  await photograph(shop, "change");

  await scan(shop, goods[1]);
  await page.getByRole("button", { name: "Card", exact: true }).click();
  await expect(cashier.done()).toHaveText(euros(goods[1].price));
  await expect.poll(() => terminal.moved).toEqual([`approved ${goods[1].price}`]);
  own.turnover += goods[1].price;
  own.card += goods[1].price;

  await page.keyboard.press("F10");
  await page.getByRole("button", { name: /^Gift card/ }).click();
  const sheet = page.getByRole("dialog", { name: "Gift card" });
  await sheet.getByRole("button", { name: "New card from this till" }).click();
  await expect(sheet.getByRole("status", { name: "Amount" })).toBeVisible();
  await page.keyboard.type(String(GIFT_CARD));
  await sheet.getByRole("button", { name: /^Sell for .*25/ }).click();
  await expect(cashier.lines()).toHaveCount(1);
  await cashier.exactCash();
  await expect(cashier.done()).toHaveText(euros(GIFT_CARD));
  own.sold(GIFT_CARD);
  await drawerOpened(shop);
}

/** Reserved in the web shop, paid and fetched at the till. */
async function handOut(shop: Shop): Promise<void> {
  const { chain, page, cashier, cash, own, goods } = shop;
  const { products } = await chain.server.products(goods[0].sku);
  const article = products
    .flatMap(({ title, variants }) => variants.map((variant) => ({ ...variant, title })))
    .find(({ sku }) => sku === goods[0].sku);
  const price = article?.prices[0]?.amount;
  if (article === undefined || price === undefined) throw new Error("the article is gone");
  const placed = await chain.server.placeOrder(aPickupOrder("6001", { ...article, price }, "atPickup"));
  const desk = new CollectDesk(page);
  await expect(desk.badge()).toHaveAccessibleName("Orders, 1 to do");
  await desk.go();
  await desk.pick("WEB-6001", "A1");
  await photograph(shop, "orders");
  await desk.card("WEB-6001", "Ready").click();
  await desk.typeCode(placed.pickupCode ?? "");
  await page.getByRole("button", { name: /^Take/ }).click();
  await expect(page.getByText("Collecting WEB-6001")).toBeVisible();
  const tendered = await cash.payWithNote();
  await expect(cashier.done()).toHaveText(
    euros(tendered === price.minor ? tendered : tendered - price.minor),
  );
  await photograph(shop, "handed-out");
  own.sold(price.minor);
  await drawerOpened(shop);
}

/** Cut off, and the shop goes on: a sale, a price that the manager allows, money out, in and to the safe. */
async function workOffline(shop: Shop): Promise<void> {
  const { line, page, cashier, cash, goods, own } = shop;
  line.cut();
  await expect(cashier.sync()).toContainText("Offline since");
  await sellForCash(shop, goods[1]);

  await scan(shop, goods[0]);
  await cashier.lines().first().getByRole("button").click();
  await page.getByRole("button", { name: "Other price" }).click();
  const price = page.getByRole("dialog").filter({ hasText: "Another price" });
  await expect(price).toBeVisible();
  await page.keyboard.type(String(OVERRIDE / 100));
  await price.getByRole("button", { name: "Damaged" }).click();
  await photograph(shop, "another-price");
  await price.getByRole("button", { name: "Sell at this price" }).click();
  await allow(page, "for €1.00 instead of");
  await expect(cashier.lines().first()).toContainText(/list price .*: Damaged/);
  await cashier.exactCash();
  await expect(cashier.done()).toHaveText(euros(OVERRIDE));
  own.sold(OVERRIDE);

  await cash.openDrawer("Change money");
  own.moved(0);
  await cash.move("out", { minor: CASH_OUT, reason: "Postage" });
  own.moved(-CASH_OUT);
  await cash.move("in", { minor: CASH_IN, reason: "Change from the bank" });
  own.moved(CASH_IN);
  await cash.move("pickup", { minor: PICKUP, reason: "To the safe" });
  own.moved(-PICKUP);
  await drawerOpened(shop);
}

/** The paper is out at the counter: the drawer opens all the same, the receipt comes out of the other printer, and so do those after it. */
async function runOutOfPaper(shop: Shop): Promise<void> {
  const { page, counter, office, goods } = shop;
  const printed = counter.documents.length;
  await counter.become("outOfPaper");
  await sellForCash(shop, goods[0]);
  const strip = page.getByTestId("printer-trouble");
  await expect(strip).toContainText("Counter is out of paper");
  await expect(page.getByText("The receipt is printed.")).toBeHidden();
  await photograph(shop, "out-of-paper");
  await strip.click();
  await page.getByRole("button", { name: "Print on Office" }).click();
  await expect.poll(() => office.documents.length).toBe(1);
  await photograph(shop, "printed-elsewhere");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await sellForCash(shop, goods[1]);
  await expect.poll(() => office.documents.length).toBe(2);
  expect(counter.documents).toHaveLength(printed);
  await drawerOpened(shop);
  await counter.become("ready");
}

async function takeBack(shop: Shop): Promise<void> {
  const { page, cashier, goods, own } = shop;
  const desk = new ReturnsDesk(cashier);
  await desk.open("BER1-01-000001");
  await desk.takeBack().first().click();
  await photograph(shop, "return");
  await desk.giveBack(/^Cash/, /in cash$/);
  await page.getByRole("button", { name: "Complete return" }).click();
  await expect(cashier.done()).toHaveText(euros(goods[0].price));
  own.turnover -= goods[0].price;
  own.cashBack += goods[0].price;
  own.moved(-goods[0].price);
  await drawerOpened(shop);
}

async function takeTurns(shop: Shop): Promise<void> {
  const { page, cashier, goods, own } = shop;
  await scan(shop, goods[1]);
  await page.getByRole("button", { name: `Lock the till, ${CASHIER.name}` }).click();
  await photograph(shop, "locked");
  await cashier.signIn(TAREK);
  await expect(cashier.lines()).toHaveCount(0);
  await sellForCash(shop, goods[0]);
  await page.getByRole("button", { name: `Lock the till, ${TAREK.name}` }).click();
  await cashier.signIn();
  await expect(cashier.lines()).toHaveCount(1);
  await cashier.exactCash();
  await expect(cashier.done()).toHaveText(euros(goods[1].price));
  own.sold(goods[1].price);
  await drawerOpened(shop);
}

async function readBetween(shop: Shop): Promise<void> {
  const { line, page, cashier, cash, own } = shop;
  line.mend();
  await cashier.backOnline();
  await cash.open();
  await page.getByRole("button", { name: "X report" }).click();
  await allow(page);
  const rows = await cash.rows(/^X report/);
  expect(rows).toContainEqual(["Turnover", euros(own.turnover)]);
  expect(rows).toContainEqual(["Expected", euros(own.inDrawer)]);
  await photograph(shop, "x-report");
  await page.getByRole("dialog").getByRole("button", { name: "Done" }).click();
}

/** Counted blind, with some missing; the Z report as rows of its paper. */
async function closeTheDay(shop: Shop): Promise<readonly (readonly [string, string])[]> {
  const { page, cash, own, counter } = shop;
  await cash.open();
  await photograph(shop, "till-and-cash");
  await page.getByRole("button", { name: "Count and close" }).click();
  await expect(page.getByRole("textbox", { name: /^Pieces of / }).first()).toBeVisible();
  await expect(page.getByRole("dialog")).not.toContainText(euros(own.inDrawer));
  await cash.count(own.inDrawer - MISSING);
  await photograph(shop, "count");
  await page.getByRole("button", { name: "Write the count down" }).click();
  await expect(page.getByTestId("shift-outcome")).toHaveText(`${euros(MISSING)} missing.`);
  await page.getByRole("button", { name: "Change given wrong" }).click();
  await photograph(shop, "outcome");
  await page.getByRole("button", { name: "Close the drawer" }).click();
  await allow(page, `${euros(MISSING)} missing`);
  await expect(page.getByRole("dialog", { name: "The drawer is closed" })).toBeVisible();
  await photograph(shop, "closed");
  await page.getByRole("dialog").getByRole("button", { name: "Close the day: Z report 1" }).click();
  const rows = await cash.rows(/^Z report 1/);
  await photograph(shop, "z-report");
  await page.getByRole("dialog").getByRole("button", { name: "Print", exact: true }).click();
  await expect.poll(() => counter.documents.at(-1)).toMatch(/Z report\s+1\b/);
  await page.getByRole("dialog").getByRole("button", { name: "Done" }).click();
  return rows;
}

/** The Z report as HQ has it. */
async function zReportAtHq({ chain, cashier }: Shop): Promise<DayReport> {
  await expect(cashier.sync()).toHaveText("Online");
  const listed = () => chain.server.hq(zReportsAnswerSchema, "/hq/v1/z-reports?store=BER1");
  await expect.poll(async () => (await listed()).total).toBe(1);
  const [row] = (await listed()).reports;
  return (await chain.server.hq(zReportDetailSchema, `/hq/v1/z-reports/${row?.id}`)).report;
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, each) => total + each, 0);

/** The tickets at the server, added up anew: what a report of them must say. */
async function bookedAtServer({ chain }: Shop) {
  const tickets = (await chain.server.tickets()).tickets.map(({ ticket }) => ticket);
  const tenders = tickets.flatMap((ticket) => ticket.tenders);
  const taxes = new Map<string, { net: number; tax: number }>();
  for (const { rate, net, tax } of tickets.flatMap((ticket) => ticket.taxes)) {
    const before = taxes.get(rate.id) ?? { net: 0, tax: 0 };
    taxes.set(rate.id, { net: before.net + net.minor, tax: before.tax + tax.minor });
  }
  return {
    count: tickets.length,
    turnover: sum(tickets.map(({ totals }) => totals.due.minor)),
    cashIn: sum(tenders.map((each) => Math.max(0, cashOf(each)))),
    cashOut: sum(tenders.map((each) => Math.max(0, -cashOf(each)))),
    card: sum(tenders.map((each) => (each.kind === "card" ? each.amount.minor : 0))),
    taxes: Object.fromEntries(taxes),
  };
}

function run(args: readonly string[]): Promise<{ readonly status: number; readonly out: string }> {
  return new Promise((done) => {
    execFile("npm", ["run", "--silent", "hq", "--", ...args], { cwd: projectRoot }, (error, out) =>
      done({ status: error === null ? 0 : Number(error.code ?? 1), out }),
    );
  });
}

/** The signed journal, exported and judged by the command line: what happened, in order. */
async function auditedFacts({ chain, info }: Shop): Promise<readonly Fact[]> {
  const folder = await mkdtemp(join(tmpdir(), "onetill-audit-"));
  const place = join(folder, "journal");
  const server = ["--server", chain.server.address, "--key", await chain.server.key(), "--json"];
  const exported = await run(["journal", "export", "--store", "BER1", "--out", place, ...server]);
  expect(exported, exported.out).toMatchObject({ status: 0 });
  const verified = await run(["journal", "verify", place, "--json"]);
  await info.attach("verified", { body: verified.out });
  expect(verified, verified.out).toMatchObject({ status: 0 });
  expect(JSON.parse(verified.out)).toMatchObject({ ok: true, counts: { tills: 1, zReports: 1 } });
  const lines = (await readFile(join(place, "journal/till-01-epoch-1.ndjson"), "utf8")).trim().split("\n");
  await rm(folder, { recursive: true });
  return lines.map((line) => entrySchema.parse(JSON.parse(line).entry).fact);
}

/** What should lie in the drawer by the journal alone, in cents. */
function inDrawerBy(facts: readonly Fact[]): number {
  return sum(
    facts.map((fact) => {
      if (fact.type === "shift.opened") return fact.float.total.minor;
      if (fact.type === "cash.moved") return fact.kind === "in" ? fact.amount.minor : -fact.amount.minor;
      return sum((ticketOf(fact)?.tenders ?? []).map(cashOf));
    }),
  );
}

/** What a tender brought into the drawer; below zero where it was given back. */
function cashOf(tender: TicketTender): number {
  if (tender.kind === "cash") return tender.tendered.minor - tender.change.minor;
  return tender.kind === "refund" && tender.to.kind === "cash" ? -tender.amount.minor : 0;
}

test("a whole day ends in sums that agree to the cent between Z report, journal, server and drawer", async ({
  shop,
}) => {
  test.setTimeout(360_000);
  const { chain, terminal, own } = shop;
  await openWithFloat(shop);
  await setUpDevices(shop);
  await sellInTheMorning(shop);
  await handOut(shop);
  await workOffline(shop);
  await runOutOfPaper(shop);
  await takeBack(shop);
  await takeTurns(shop);
  await readBetween(shop);
  const paper = await closeTheDay(shop);

  const z = await zReportAtHq(shop);
  const booked = await bookedAtServer(shop);
  expect(booked).toMatchObject({
    turnover: own.turnover,
    cashIn: own.cashSales,
    cashOut: own.cashBack,
    card: own.card,
  });
  expect(sum(Object.values(booked.taxes).map(({ net, tax }) => net + tax))).toBe(own.turnover - GIFT_CARD);
  expect(terminal.moved).toEqual([`approved ${own.card}`]);
  expect(z.receipts).toMatchObject({ count: booked.count, first: "BER1-01-000001" });
  expect(z.turnover.minor).toBe(own.turnover);
  expect(z.giftCards.minor).toBe(GIFT_CARD);
  expect(z.unsent).toBe(0);
  expect(
    Object.fromEntries(z.taxes.map(({ rate, net, tax }) => [rate, { net: net.minor, tax: tax.minor }])),
  ).toEqual(booked.taxes);
  expect(z.drawers).toMatchObject([
    {
      float: { minor: FLOAT },
      cashIn: { minor: own.cashSales },
      cashOut: { minor: own.cashBack },
      moves: { in: { minor: CASH_IN }, out: { minor: CASH_OUT }, pickup: { minor: PICKUP } },
      expected: { minor: own.inDrawer },
      counted: { minor: own.inDrawer - MISSING },
      variance: { minor: -MISSING },
      varianceReason: "Change given wrong",
    },
  ]);
  expectOnPaper(paper, z);

  const facts = await auditedFacts(shop);
  expect(inDrawerBy(facts)).toBe(own.inDrawer);
  expect(facts.flatMap((fact) => (fact.type === "day.closed" ? [fact.report] : []))).toEqual([z]);
  const approved = facts.filter((fact) => "approvedBy" in fact && fact.approvedBy !== null);
  expect(approved.map(({ type }) => type)).toEqual(
    expect.arrayContaining(["drawer.opened", "cash.moved", "shift.closed"]),
  );
  const { exceptions } = await chain.server.exceptions();
  expect(exceptions.map(({ kind }) => kind)).toEqual(["cashVariance"]);
});

/** Each figure of the report at HQ stands on the paper that was shown at the till. */
function expectOnPaper(paper: readonly (readonly [string, string])[], z: DayReport): void {
  const [drawer] = z.drawers;
  const figures: readonly (readonly [string, number | undefined])[] = [
    ["Turnover", z.turnover.minor],
    ["Float", drawer?.float.minor],
    ["Cash from sales", drawer?.cashIn.minor],
    ["Cash given back", -(drawer?.cashOut.minor ?? 0)],
    ["Paid in", drawer?.moves.in.minor],
    ["Paid out", -(drawer?.moves.out.minor ?? 0)],
    ["Picked up", -(drawer?.moves.pickup.minor ?? 0)],
    ["Expected", drawer?.expected.minor],
    ["Counted", drawer?.counted?.minor],
    ["Variance", drawer?.variance?.minor],
    ["Stays as float", drawer?.kept?.minor],
    ["Gift cards sold", z.giftCards.minor],
    ["Grand total", z.grandTotal.minor],
  ];
  for (const [label, minor] of figures) expect(paper).toContainEqual([label, euros(minor ?? Number.NaN)]);
}
