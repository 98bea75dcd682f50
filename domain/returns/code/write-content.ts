import { dayNumberOf } from "../../store/business-day.ts";
import type { Purchase, PurchasedLine } from "../purchase.ts";
import { ByteWriter } from "./bytes.ts";
import { type Origin, type PurchaseIdentity, writeGift, writeHead } from "./head.ts";
import { DIGEST_BYTES, MAX_TENDERS_IN_SUMMARY } from "./limits.ts";
import { FLAG_BITS, LINE_FLAGS, netsOf, plainTotal } from "./line-layout.ts";
import { writeNeeds } from "./needs.ts";
import { type Tables, tablesOf } from "./tables.ts";
import { writeText } from "./text.ts";

/** Hashing is I/O to the domain: the programs pass in their platform's. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** A purchase with its lines; without the names of promotions where `nameless`. */
export function fullContent(
  purchase: Purchase,
  { nameless, origin = null }: { readonly nameless: boolean; readonly origin?: Origin },
): Uint8Array {
  const writer = new ByteWriter();
  writeHead(writer, purchase, { summary: false, nameless, origin });
  const tables = tablesOf(
    nameless ? { lines: purchase.lines.map((line) => withoutPromotionNames(line)) } : purchase,
  );
  const usualDays = usualReturnDays(purchase);
  writer.number(usualDays);
  writeTables(writer, tables, nameless);
  writer.number(purchase.lines.length);
  let next = 0;
  for (const line of purchase.lines) {
    writeLine(writer, nameless ? withoutPromotionNames(line) : line, { purchase, tables, usualDays, next });
    next = line.position + 1;
  }
  return writer.bytes;
}

/** A purchase too long for its lines: how many they are, and a digest of all that was bought. */
export function summaryContent(
  purchase: Purchase,
  { sha256, origin }: { readonly sha256: Sha256; readonly origin: Origin },
): Uint8Array {
  const writer = new ByteWriter();
  const paidWith = purchase.paidWith.slice(0, MAX_TENDERS_IN_SUMMARY);
  writeHead(writer, { ...purchase, paidWith }, { summary: true, nameless: false, origin });
  writer.number(purchase.lines.length);
  writer.raw(digestOf(purchase, sha256));
  return writer.bytes;
}

/**
 * Which purchase it was, for whoever is given the goods. Without the digest of a summary too: all else that it is made of stands in the code, so that prices
 * could be tried until one fits.
 */
export function giftContent(identity: PurchaseIdentity, origin: Origin): Uint8Array {
  const writer = new ByteWriter();
  writeGift(writer, identity, { origin });
  return writer.bytes;
}

/**
 * What a summary knows a purchase by: the first bytes of the SHA-256 of its whole content. The days of return are left out: they are the shop's rule, which may
 * have become another one since, while what was bought is what it was.
 */
export function digestOf(purchase: Purchase, sha256: Sha256): Uint8Array {
  const lines = purchase.lines.map((line) => ({ ...line, returnBy: null }));
  return sha256(fullContent({ ...purchase, lines }, { nameless: false })).slice(0, DIGEST_BYTES);
}

function withoutPromotionNames(line: PurchasedLine): PurchasedLine {
  return { ...line, discounts: line.discounts.map((discount) => ({ ...discount, name: "" })) };
}

/** 0: it is a final sale; else the days after the day of sale and one more. */
function returnDaysOf({ returnBy }: PurchasedLine, { day }: Purchase): number {
  return returnBy === null ? 0 : Math.max(0, dayNumberOf(returnBy) - dayNumberOf(day)) + 1;
}

/** What most lines have, the first of several. */
function usualReturnDays(purchase: Purchase): number {
  const counts = new Map<number, number>();
  for (const line of purchase.lines) {
    const days = returnDaysOf(line, purchase);
    counts.set(days, (counts.get(days) ?? 0) + 1);
  }
  return [...counts].reduce((most, each) => (each[1] > most[1] ? each : most), [0, 0])[0];
}

function writeTables(writer: ByteWriter, tables: Tables, nameless: boolean): void {
  writer.number(tables.rates.length);
  for (const { id, name, ppm } of tables.rates) {
    writeText(writer, id);
    writeText(writer, name);
    writer.number(ppm);
  }
  writer.number(tables.groups.length);
  for (const { taxClass, rates } of tables.groups) {
    writeText(writer, taxClass);
    writer.number(rates.length);
    for (const rate of rates) writer.number(rate);
  }
  writer.number(tables.promotions.length);
  for (const { id, name } of tables.promotions) {
    writeText(writer, id);
    if (!nameless) writeText(writer, name);
  }
  writer.number(tables.reasons.length);
  for (const { promotion, needs } of tables.reasons) {
    writer.number(promotion);
    writeNeeds(writer, needs);
  }
}

interface LineSurroundings {
  readonly purchase: Purchase;
  readonly tables: Tables;
  readonly usualDays: number;
  /** The place after the line before. */
  readonly next: number;
}

function writeLine(writer: ByteWriter, line: PurchasedLine, around: LineSurroundings): void {
  const { purchase, tables, usualDays, next } = around;
  const { position, quantity, unitPrice, total, taxes, discounts } = line;
  const days = returnDaysOf(line, purchase);
  const nets = netsOf(purchase.taxMode, total, taxes);
  const says = {
    gap: position !== next,
    pieces: quantity !== 1,
    total: plainTotal(unitPrice, quantity) !== total.minor,
    days: days !== usualDays,
    discounts: discounts.length > 0,
    nets: taxes.some(({ net }, index) => net.minor !== nets[index]),
  };
  const flags = Object.entries(LINE_FLAGS).reduce(
    (sum, [name, flag]) => (says[name as keyof typeof says] ? sum + flag : sum),
    0,
  );
  writer.number(tables.groupOf(line) * 2 ** FLAG_BITS + flags);
  if (says.gap) writer.number(position - next);
  writeText(writer, line.sku);
  if (says.pieces) writer.number(quantity);
  writer.signed(unitPrice.minor);
  if (says.total) writer.signed(total.minor);
  for (const { tax } of taxes) writer.signed(tax.minor);
  if (says.nets) for (const { net } of taxes) writer.signed(net.minor);
  if (says.days) writer.number(days);
  if (says.discounts) {
    writer.number(discounts.length);
    for (const discount of discounts) {
      writer.number(tables.reasonOf(discount));
      writer.signed(discount.amount.minor);
    }
  }
}
