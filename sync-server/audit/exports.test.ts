import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { purchaseOfTicket } from "#domain/returns/purchase-of-ticket.ts";
import { returnLines } from "#domain/returns/return-lines.ts";
import { nothingReturned } from "#domain/returns/returned.ts";
import type { DayReport } from "#domain/shift/report.ts";
import { taxAt } from "#domain/tax/tax-plan.ts";
import type { SaleLine, Ticket } from "#domain/ticket/ticket.ts";
import type { OpenedArchive } from "../archive/read.ts";
import { openZip } from "../archive/read.ts";
import { zipped } from "../archive/zip.ts";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import { writeDay } from "../testing/audited-day.ts";
import { zReport } from "../testing/day.ts";
import { saySealed } from "../testing/sealed.ts";
import { BERLIN, CUP, EUR } from "../testing/shop.ts";
import { type ExportWish, exportFiles } from "./export-files.ts";
import { judgeExport } from "./judge-export.ts";

const FRIDAY = idOf<"BusinessDay">("2027-01-15");

let server: ServerForTests;
let paired: PairedTill;
beforeEach(async () => {
  server = await ServerForTests.open();
  paired = await server.pair();
});
afterEach(() => server.close());

async function takeIn(entries: PairedTill["till"]["entries"]): Promise<void> {
  const answer = await server.deps.ingestion.ingest(await paired.record(), entries);
  expect(answer).toMatchObject({ ok: true });
}

async function exported(wish: Partial<ExportWish> = {}): Promise<OpenedArchive> {
  const pieces: Uint8Array[] = [];
  await server.storage.read(async (tx) => {
    const whole = {
      format: "journal",
      store: BERLIN,
      register: null,
      days: { from: null, until: null },
    } as const;
    const madeAt = server.clock.now();
    const files = exportFiles(tx, { ...whole, madeAt, ...wish });
    for await (const piece of zipped(files, new Date(madeAt))) pieces.push(piece);
  });
  return openZip(Buffer.concat(pieces));
}

function judged(archive: OpenedArchive) {
  return judgeExport(archive, { pinned: null, manifestHash: null });
}

/** The archive with another content of some files; null takes one out. */
function withFiles(
  archive: OpenedArchive,
  changed: Readonly<Record<string, Uint8Array | null>>,
): OpenedArchive {
  return {
    names: archive.names.filter((name) => changed[name] !== null),
    read: (name) => changed[name] ?? archive.read(name),
  };
}

function textOf(archive: OpenedArchive, name: string): string {
  return Buffer.from(archive.read(name)).toString("utf8");
}

describe("an export of the journal", () => {
  test("holds the signed entries, the keys and a manifest, and is found to be right", async () => {
    await takeIn([...writeDay(paired.till)]);
    const archive = await exported();
    expect(archive.names).toEqual(["journal/till-01-epoch-1.ndjson", "keys.json", "manifest.json"]);
    expect(judged(archive)).toMatchObject({
      ok: true,
      findings: [],
      counts: { tills: 1, entries: 14, tickets: 5, zReports: 1 },
    });
    const [line = ""] = textOf(archive, "journal/till-01-epoch-1.ndjson").split("\n");
    expect(JSON.parse(line)).toEqual({ entry: paired.till.entries[0], receivedAt: server.clock.now() });
  });

  test("says of a customer only what is sealed", async () => {
    paired.till.begin();
    const changes = { name: "Annegret Beispiel" };
    saySealed(paired.till, { customer: idOf<"Customer">("anna"), changes });
    await takeIn(paired.till.entries);
    const archive = await exported();
    expect(judged(archive).ok).toBe(true);
    const all = archive.names.map((name) => textOf(archive, name)).join("");
    expect(all).toContain('"sealed"');
    expect(all).not.toContain("Annegret");
  });

  test("any byte that is changed, in whichever file but the manifest itself, is found", async () => {
    await takeIn([...writeDay(paired.till)]);
    const archive = await exported();
    const names = archive.names.filter((name) => name !== "manifest.json");
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.nat(), fc.integer({ min: 1, max: 255 }), (name, at, bits) => {
        const bytes = Uint8Array.from(archive.read(name));
        const index = at % bytes.length;
        bytes[index] = (bytes[index] ?? 0) ^ bits;
        expect(judged(withFiles(archive, { [name]: bytes })).ok).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  test("a file taken out or put in is found, and a manifest that is not the one that was noted", async () => {
    await takeIn([...writeDay(paired.till)]);
    const archive = await exported();
    const kinds = (of: OpenedArchive) => judged(of).findings.map(({ kind }) => kind);
    expect(kinds(withFiles(archive, { "journal/till-01-epoch-1.ndjson": null }))).toContain("fileMissing");
    expect(
      kinds({ ...archive, names: [...archive.names, "more.txt"], read: () => new Uint8Array() }),
    ).toContain("manifestUnreadable");
    const noted = judgeExport(archive, { pinned: null, manifestHash: "0".repeat(64) });
    expect(noted.findings).toMatchObject([{ kind: "manifestOther" }]);
  });

  test("with the auditor's own keys it is another till's journal that fails, not only a changed one", async () => {
    await takeIn([...writeDay(paired.till)]);
    const other = await server.pair();
    const device = paired.till.device;
    const pinned = { keys: [{ device, register: 1, publicKey: other.till.publicKey }] };
    const found = judgeExport(await exported(), { pinned, manifestHash: null }).findings;
    expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(["badSignature"]));
    const none = judgeExport(await exported(), { pinned: { keys: [] }, manifestHash: null });
    expect(none.findings).toMatchObject([{ kind: "noKey", register: 1 }]);
  });

  test("each figure of a Z report that its tickets contradict is found, though the till signed it", async () => {
    const wrong: readonly (readonly [Partial<DayReport>, string])[] = [
      [{ turnover: money(8_381, EUR), grandTotal: money(8_381, EUR) }, "turnover is 8381 and should be 8380"],
      [{ grandTotal: money(1, EUR) }, "the grand total is 1 and should be 8380"],
      [{ taxes: [] }, "tax at de-19=190000 is 0 and should be 540"],
      [{ drawers: [] }, "expected in drawer shift-1 is 0 and should be 23690"],
      [{ number: 2 }, "Z numbers have a gap: 1 was to follow, the report has 2"],
      [{ tenders: [] }, "taken by cash is 0 and should be 7380"],
    ];
    for (const [changed, sentence] of wrong) {
      const one = await server.pair();
      paired = one;
      await takeIn([...writeDay(one.till, { ...changed, register: one.enrolment.register })]);
      const { findings } = judged(await exported({ register: one.enrolment.register }));
      expect(findings.map(({ message }) => message).join("\n")).toContain(sentence);
    }
  });

  test("of some days only it is one stretch, which is not said to be all of it", async () => {
    await takeIn([...writeDay(paired.till)]);
    const archive = await exported({ days: { from: FRIDAY, until: FRIDAY } });
    expect(judged(archive)).toMatchObject({ ok: true, counts: { zReports: 1 } });
    const none = await exported({ days: { from: idOf<"BusinessDay">("2027-02-01"), until: null } });
    expect(none.names).toEqual(["keys.json", "manifest.json"]);
  });
});

/** The rows of a CSV file by their column's names. */
function rowsOf(text: string, delimiter: string): readonly Readonly<Record<string, string>>[] {
  const cells = [...text.matchAll(/(?:"((?:[^"]|"")*)"|([^"\r\n;,]*(?:,\d+)?))(;|,|\r\n)/g)];
  const lines: string[][] = [[]];
  for (const [, quoted, plain, end] of delimiter === ";" ? cells : splitCells(text)) {
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === "\r\n") lines.push([]);
  }
  const [header = [], ...rows] = lines.filter((line) => line.length > 0);
  return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ""])));
}

function splitCells(text: string): readonly RegExpMatchArray[] {
  return [...text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)];
}

/** A decimal as minor units of two digits. */
function cents(text = "0"): number {
  return Math.round(Number(text.replace(",", ".")) * 100);
}

function sumOf(rows: readonly Readonly<Record<string, string>>[], column: string): number {
  return rows.reduce((sum, row) => sum + cents(row[column]), 0);
}

/** All that a ticket sold comes back. */
function broughtBack(sold: Ticket): Ticket["lines"] {
  const purchase = purchaseOfTicket(sold, { usualDays: 30 });
  if (purchase === null) throw new Error("nothing was bought");
  const { ref } = purchase;
  const goods = { quantity: 1, reason: "other", condition: "asNew", disposition: "stock" } as const;
  const lines = purchase.lines.map(({ position }) => ({
    ...goods,
    kind: "receipted" as const,
    id: idOf<"Line">(`back-${position}`),
    of: { purchase: ref, position },
  }));
  const standings = [{ purchase, returned: nothingReturned(ref) }];
  return returnLines({
    returning: { standings, lines, promotions: "keep", override: null, identity: null },
    tax: taxAt(BERLIN.tax, { at: sold.completedAt, timeZone: BERLIN.timeZone }),
  });
}

describe("books", () => {
  beforeEach(() => takeIn([...writeDay(paired.till)]));

  test("as CSV: one file per kind of thing, with the sums of the Z report", async () => {
    const archive = await exported({ format: "csv" });
    const rows = (name: string) => rowsOf(textOf(archive, `${name}.csv`), ",");
    expect(archive.names).toEqual(
      ["cash-movements", "lines", "taxes", "tenders", "tickets", "z-reports"].map((name) => `${name}.csv`),
    );
    const [z] = rows("z-reports");
    expect(sumOf(rows("tickets"), "due")).toBe(cents(z?.turnover));
    expect(sumOf(rows("taxes"), "tax")).toBe(cents(z?.tax));
    expect(sumOf(rows("tenders"), "amount")).toBe(cents(z?.turnover));
    expect(rows("lines")[0]).toMatchObject({ name: 'Cup "Große; Tasse"', quantity: "2", total: "23.80" });
    expect(rows("tickets").map(({ z: number }) => number)).toEqual(["1", "1", "1", "1", "1"]);
    expect(rows("cash-movements").map(({ kind, amount }) => [kind, amount])).toEqual([
      ["float", "200.00"],
      ["in", "10.00"],
      ["out", "-5.00"],
      ["pickup", "-30.00"],
      ["variance", "-0.10"],
      ["banked", "-36.80"],
    ]);
    // What a cashier types is no formula to the accountant's spreadsheet.
    expect(rows("cash-movements").map(({ reason }) => reason)).toContain("'=1+1 stamps");
  });

  test("as JSON: tickets and reports as the journal has them", async () => {
    const archive = await exported({ format: "json" });
    const books = JSON.parse(textOf(archive, "books.json"));
    expect(books.tickets).toHaveLength(5);
    expect(books.zReports).toMatchObject([{ number: 1, turnover: { minor: 8_380 } }]);
  });

  test("as DSFinV-K: official files, and every sum agrees with the Z report and the drawer", async () => {
    const archive = await exported({ format: "dsfinvk" });
    const rows = (name: string) => rowsOf(textOf(archive, `${name}.csv`), ";");
    expect(archive.names).toHaveLength(21);
    const [closing] = rows("cashpointclosing");
    expect(closing).toMatchObject({
      Z_KASSE_ID: "BER1-01",
      Z_NR: "1",
      Z_BUCHUNGSTAG: "2027-01-15",
      TAXONOMIE_VERSION: "2.3",
    });
    // What is left in the drawer: the float of the next day.
    expect(cents(closing?.Z_SE_BARZAHLUNGEN)).toBe(20_000);
    expect(sumOf(rows("cash_per_currency"), "ZAHLART_BETRAG_WAEH")).toBe(20_000);
    expect(sumOf(rows("payment"), "Z_ZAHLART_BETRAG")).toBe(cents(closing?.Z_SE_ZAHLUNGEN));
    expect(sumOf(rows("datapayment"), "BASISWAEH_BETRAG")).toBe(cents(closing?.Z_SE_ZAHLUNGEN));
    expect(sumOf(rows("transactions"), "UMS_BRUTTO")).toBe(cents(closing?.Z_SE_ZAHLUNGEN));
    const sold = rows("businesscases").filter(({ GV_TYP }) => GV_TYP === "Umsatz");
    expect(sold).toMatchObject([
      { UST_SCHLUESSEL: "1", Z_UMS_BRUTTO: "33,80000", Z_UMS_NETTO: "28,40000", Z_UST: "5,40000" },
    ]);
    for (const [file, column] of [
      ["lines_vat", "POS_UST"],
      ["transactions_vat", "BON_UST"],
    ] as const)
      expect(sumOf(rows(file), column)).toBe(540);
    expect(rows("references")).toMatchObject([{ REF_TYP: "Transaktion", REF_Z_NR: "1" }]);
    expect(rows("vat").map(({ UST_SCHLUESSEL, UST_SATZ }) => [UST_SCHLUESSEL, UST_SATZ])).toEqual([
      ["1", "19,00"],
      ["5", "0,00"],
    ]);
  });

  test("a drawer with two shifts on one day ends in DSFinV-K with what lies in it, and not with both floats", async () => {
    const { till } = paired;
    const first = till.entries.length + 1;
    const between = { shift: idOf<"Shift">("early"), businessDay: FRIDAY, approvedBy: null } as const;
    const late = { ...between, shift: idOf<"Shift">("late") };
    const count = (total: number) => ({ pieces: [], total: money(total, EUR) });
    const even = { expected: money(0, EUR), variance: money(0, EUR), reason: null } as const;
    till.write({ ...between, type: "shift.opened", owner: null, float: count(20_000) });
    till.write({ ...between, ...even, type: "shift.closed", count: count(20_000), kept: money(15_000, EUR) });
    till.write({ ...late, type: "shift.opened", owner: null, float: count(16_000) });
    till.write({ ...late, ...even, type: "shift.closed", count: count(16_000), kept: money(16_000, EUR) });
    const span = { from: { epoch: 1, seq: first }, until: { epoch: 1, seq: till.entries.length } };
    const report = zReport({ number: 2, device: till.device, businessDay: FRIDAY, span });
    till.write({ type: "day.closed", report, approvedBy: null });
    await takeIn(till.entries);
    const archive = await exported({ format: "dsfinvk" });
    const cash = rowsOf(textOf(archive, "cash_per_currency.csv"), ";");
    expect(cash.map(({ Z_NR, ZAHLART_BETRAG_WAEH: amount }) => [Z_NR, amount])).toEqual([
      ["1", "200,00"],
      ["2", "160,00"],
    ]);
    const [movement] = rowsOf(textOf(await exported({ format: "csv" }), "cash-movements.csv"), ",").slice(-1);
    expect(movement).toMatchObject({ kind: "float", amount: "10.00", shift: "late" });
  });

  test("as DSFinV-K: a deposit is told as one when it is charged and when it comes back, and its bottle as turnover", async () => {
    const { till } = paired;
    const first = till.entries.length + 1;
    const [bottle, crate] = till.ticket([
      { variant: CUP, quantity: 1 },
      { variant: CUP, quantity: 1 },
    ]).lines as readonly SaleLine[];
    const deposit: SaleLine = { ...crate!, linked: { to: bottle!.id, kind: "deposit" } };
    const sold: Ticket = { ...till.ticket([]), lines: [bottle!, deposit] };
    till.write({ type: "ticket.completed", ticket: sold });
    till.write({ type: "ticket.completed", ticket: { ...till.ticket([]), lines: broughtBack(sold) } });
    const span = { from: { epoch: 1, seq: first }, until: { epoch: 1, seq: till.entries.length } };
    const report = zReport({ number: 2, device: till.device, businessDay: FRIDAY, span });
    till.write({ type: "day.closed", report, approvedBy: null });
    await takeIn(till.entries);
    const lines = rowsOf(textOf(await exported({ format: "dsfinvk" }), "lines.csv"), ";");
    expect(lines.filter(({ Z_NR }) => Z_NR === "2").map(({ GV_TYP, MENGE }) => [GV_TYP, MENGE])).toEqual([
      ["Umsatz", "1,000"],
      ["Pfand", "1,000"],
      ["Umsatz", "-1,000"],
      ["PfandRueckzahlung", "-1,000"],
    ]);
  });

  test("DSFinV-K's index names every file and column that there is", async () => {
    const archive = await exported({ format: "dsfinvk" });
    const index = textOf(archive, "index.xml");
    for (const name of archive.names.filter((each) => each.endsWith(".csv"))) {
      expect(index).toContain(`<URL>${name}</URL>`);
      const [header = ""] = textOf(archive, name).split("\r\n");
      for (const column of header.split(";")) expect(index).toContain(`<Name>${column}</Name>`);
    }
  });

  test("as SAF-T: the totals of invoices and payments are those of the day", async () => {
    const xml = textOf(await exported({ format: "saft" }), "saft.xml");
    const totals = (name: string) =>
      [...xml.matchAll(new RegExp(`<${name}>([-0-9.]+)</${name}>`, "g"))].map(([, text]) => cents(text));
    const [invoiceDebit = 0, paymentDebit = 0] = totals("TotalDebit");
    const [invoiceCredit = 0, paymentCredit = 0] = totals("TotalCredit");
    expect(invoiceCredit - invoiceDebit).toBe(8_380 - 540);
    expect(paymentCredit - paymentDebit).toBe(8_380);
    expect(totals("GrossTotal").reduce((sum, each) => sum + each, 0)).toBe(8_380);
    expect(xml).toContain("Cup &quot;".replace("&quot;", '"'));
  });
});
