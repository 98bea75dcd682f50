import { idOf } from "../../ids.ts";
import { type Currency, money } from "../../money/money.ts";
import { dayNumberOf, dayOfNumber } from "../../store/business-day.ts";
import type { TaxAmount } from "../../tax/tax.ts";
import type { DependentDiscount, Purchase, PurchasedLine } from "../purchase.ts";
import { ByteReader, MalformedCode } from "./bytes.ts";
import { checkHead, checkIdentity, checkLine } from "./check-content.ts";
import { type Origin, type PurchaseHead, type PurchaseIdentity, readHead } from "./head.ts";
import { DIGEST_BYTES } from "./limits.ts";
import { FLAG_BITS, LINE_FLAGS, netsOf, plainTotal } from "./line-layout.ts";
import { readNeeds } from "./needs.ts";
import type { Promotion, Reason, Tables } from "./tables.ts";
import { hexOf, readText } from "./text.ts";

/** A purchase whose lines a code has no room for. `digest` in lower-case hex. */
export interface PurchaseSummary extends PurchaseHead {
  readonly lineCount: number;
  readonly digest: string;
}

/**
 * What a code says was bought. A `gift` is a summary that knows the purchase by its id and number alone: whoever brings it back was given the goods, and gets
 * credit or other goods for them, never the buyer's money.
 */
export type CodeContent =
  | { readonly kind: "full"; readonly purchase: Purchase }
  | { readonly kind: "summary"; readonly gift: false; readonly summary: PurchaseSummary }
  | { readonly kind: "summary"; readonly gift: true; readonly summary: PurchaseIdentity };

export interface ReadContent {
  readonly content: CodeContent;
  /** The id of the key of the till that sold, where the server signed for it. */
  readonly origin: Origin;
}

type ReadTables = Pick<Tables, "rates" | "groups" | "promotions" | "reasons">;

/**
 * What the bytes between the key and the signature say; throws `MalformedCode`. Lines have no variant, name and options: the catalogue knows them by their
 * SKU. The customer is not in it. `byServer`: by whom they are signed.
 */
export function readContent(bytes: Uint8Array, signed: { readonly byServer: boolean }): ReadContent {
  const reader = new ByteReader(bytes);
  const read = readHead(reader, signed);
  const { origin } = read;
  if (read.gift) {
    reader.end();
    checkIdentity(read.identity);
    return { origin, content: { kind: "summary", gift: true, summary: read.identity } };
  }
  const { head, kind } = read;
  checkHead(head);
  if (kind.summary) {
    const lineCount = reader.number();
    const digest = hexOf(reader.raw(DIGEST_BYTES));
    reader.end();
    return { origin, content: { kind: "summary", gift: false, summary: { ...head, lineCount, digest } } };
  }
  const usualDays = reader.number();
  const tables = readTables(reader, head.currency, kind.nameless);
  let next = 0;
  const lines = Array.from({ length: reader.count() }, () => {
    const line = readLine(reader, { head, tables, usualDays, next });
    checkLine(line);
    next = line.position + 1;
    return line;
  });
  reader.end();
  return { origin, content: { kind: "full", purchase: { ...head, customer: null, lines } } };
}

function readTables(reader: ByteReader, currency: Currency, nameless: boolean): ReadTables {
  const rates = listOf(reader, () => ({
    id: readText(reader),
    name: readText(reader),
    ppm: reader.number(),
  }));
  const groups = listOf(reader, () => ({
    taxClass: idOf<"TaxClass">(readText(reader)),
    rates: listOf(reader, () => reader.number()),
  }));
  const promotions = listOf(
    reader,
    (): Promotion => ({
      id: idOf<"Promotion">(readText(reader)),
      name: nameless ? "" : readText(reader),
    }),
  );
  const reasons = listOf(
    reader,
    (): Reason => ({ promotion: reader.number(), needs: readNeeds(reader, currency) }),
  );
  return { rates, groups, promotions, reasons };
}

function listOf<T>(reader: ByteReader, read: () => T): T[] {
  return Array.from({ length: reader.count() }, read);
}

interface LineSurroundings {
  readonly head: PurchaseHead;
  readonly tables: ReadTables;
  readonly usualDays: number;
  readonly next: number;
}

function readLine(reader: ByteReader, { head, tables, usualDays, next }: LineSurroundings): PurchasedLine {
  const { currency } = head;
  const lead = reader.number();
  const flags = lead % 2 ** FLAG_BITS;
  const says = (flag: number): boolean => (flags & flag) !== 0;
  const group = at(tables.groups, Math.floor(lead / 2 ** FLAG_BITS));
  const position = next + (says(LINE_FLAGS.gap) ? reader.number() : 0);
  const sku = idOf<"Sku">(readText(reader));
  const quantity = says(LINE_FLAGS.pieces) ? reader.number() : 1;
  const unitPrice = money(reader.signed(), currency);
  const total = says(LINE_FLAGS.total) ? reader.signed() : plainTotal(unitPrice, quantity);
  if (!Number.isSafeInteger(position) || !Number.isSafeInteger(total)) throw new MalformedCode("no line");
  const paid = money(total, currency);
  const taxes = readTaxes(reader, {
    rates: group.rates.map((rate) => at(tables.rates, rate)),
    netsOf: says(LINE_FLAGS.nets)
      ? (amounts) => amounts.map(() => reader.signed())
      : (amounts) => netsOf(head.taxMode, paid, amounts),
    currency,
  });
  const days = says(LINE_FLAGS.days) ? reader.number() : usualDays;
  return {
    position,
    variant: null,
    sku,
    name: "",
    options: [],
    taxClass: group.taxClass,
    quantity,
    unitPrice,
    total: paid,
    taxes,
    returnBy: returnByOf(head, days),
    discounts: says(LINE_FLAGS.discounts) ? listOf(reader, () => readDiscount(reader, tables, currency)) : [],
  };
}

function readTaxes(
  reader: ByteReader,
  {
    rates,
    netsOf: netsFor,
    currency,
  }: {
    readonly rates: readonly TaxAmount["rate"][];
    readonly netsOf: (amounts: readonly Pick<TaxAmount, "tax">[]) => readonly number[];
    readonly currency: Currency;
  },
): readonly TaxAmount[] {
  const amounts = rates.map((rate) => ({ rate, tax: money(reader.signed(), currency) }));
  const nets = netsFor(amounts);
  return amounts.map(({ rate, tax }, index) => {
    const net = nets[index] ?? Number.NaN;
    if (!Number.isSafeInteger(net)) throw new MalformedCode("a tax on no amount");
    return { rate, net: money(net, currency), tax };
  });
}

function readDiscount(reader: ByteReader, tables: ReadTables, currency: Currency): DependentDiscount {
  const { promotion, needs } = at(tables.reasons, reader.number());
  const { id, name } = at(tables.promotions, promotion);
  return { promotion: id, name, needs, amount: money(reader.signed(), currency) };
}

function returnByOf({ day }: PurchaseHead, days: number): PurchasedLine["returnBy"] {
  if (days === 0) return null;
  const last = dayOfNumber(dayNumberOf(day) + days - 1);
  if (last === null) throw new MalformedCode("a day beyond all calendars");
  return last;
}

function at<T>(rows: readonly T[], place: number): T {
  const row = rows[place];
  if (row === undefined) throw new MalformedCode("a row that its table lacks");
  return row;
}
