import { idOf, type VariantId } from "../ids.ts";
import {
  addMoney,
  negateMoney,
  subtractMoney,
  sumMoney,
  timesMoney,
  zeroMoney,
} from "../money/arithmetic.ts";
import { type Money, money } from "../money/money.ts";
import { computeTax } from "../tax/compute.ts";
import type { TaxAmount, TaxMode, TaxSetup } from "../tax/tax.ts";
import type { GrantedDiscount, RepricedLine, ReturnLine } from "../ticket/ticket.ts";
import { isSamePurchase, type Purchase, purchaseKey } from "./purchase.ts";
import { type LineRefund, refundOfLine } from "./refund.ts";
import { repricedLines } from "./repricing.ts";
import { exactLeft, type ReturnAct, type Standing, settledLeft, withReturn } from "./returned.ts";
import type { BasketReturn, Returning } from "./returning.ts";
import { withTax } from "./with-tax.ts";

/** Stands for goods that the catalogue does not know: they never are in stock. */
export const UNKNOWN_VARIANT: VariantId = idOf<"Variant">("unknown");

/** What the protocol lets a discount say of itself. */
const MAX_REASON_CHARS = 500;

type ReceiptedReturn = Extract<BasketReturn, { readonly kind: "receipted" }>;
type UnreceiptedReturn = Extract<BasketReturn, { readonly kind: "unreceipted" }>;

/**
 * What comes back, as lines of a ticket: per purchase the goods, then what the kept goods cost more; then goods without a receipt. A line of a purchase that is
 * not among the standings brings nothing. `tax` is for goods without a receipt alone: what was bought is taxed as on its day.
 */
export function returnLines({
  returning,
  tax,
}: {
  readonly returning: Returning;
  readonly tax: TaxSetup;
}): readonly (ReturnLine | RepricedLine)[] {
  const { standings, lines } = returning;
  return [
    ...eachOnce(standings).flatMap((standing) =>
      linesOfPurchase(standing, returning).map((line) => inMode(line, standing.purchase.taxMode, tax.mode)),
    ),
    ...lines.flatMap((line) => (line.kind === "unreceipted" ? [unreceiptedLine(line, tax)] : [])),
  ];
}

function eachOnce(standings: readonly Standing[]): readonly Standing[] {
  return [...new Map(standings.map((each) => [purchaseKey(each.purchase.ref), each])).values()];
}

/** A line of a purchase whose prices are with tax, on a ticket whose prices are without it, or the other way round. */
function inMode<L extends ReturnLine | RepricedLine>(line: L, from: TaxMode, to: TaxMode): L {
  if (from === to) return line;
  const { currency } = line.total;
  const tax = sumMoney(
    line.taxes.map((each) => each.tax),
    currency,
  );
  const total = to === "inclusive" ? addMoney(line.total, tax) : subtractMoney(line.total, tax);
  return { ...line, gross: total, discounts: [], total };
}

function linesOfPurchase(
  standing: Standing,
  { lines, promotions }: Returning,
): readonly (ReturnLine | RepricedLine)[] {
  const { purchase } = standing;
  const returned = refundsOf(standing, lines);
  const refunds = returned.map(({ refund }) => refund);
  const repriced = promotions === "recompute" ? repricedLines(standing, refunds) : [];
  const spared = sparedOf(standing, refunds, repriced);
  const [first] = returned;
  return [
    ...returned.map((each, index) =>
      returnLine({ ...each, purchase, spared: index === returned.length - 1 ? spared : null }),
    ),
    ...(first === undefined ? [] : repriced.map((each) => repricedLine(each, purchase, first.line))),
  ];
}

/** What is given back for each line, one after the other: a line that stands there twice brings no piece twice. Where nothing is left, nothing comes back. */
function refundsOf(
  standing: Standing,
  lines: readonly BasketReturn[],
): readonly { readonly line: ReceiptedReturn; readonly refund: LineRefund }[] {
  let so = standing;
  return lines.flatMap((line) => {
    if (line.kind !== "receipted" || !isSamePurchase(line.of.purchase, so.purchase.ref)) return [];
    const bought = so.purchase.lines.find(({ position }) => position === line.of.position);
    const refund = bought === undefined ? null : refundOfLine(so, bought, line.quantity);
    if (refund === null || refund.pieces === 0) return [];
    so = { ...so, returned: withReturn(so.returned, actOf(line, refund, so.purchase)) };
    return [{ line, refund }];
  });
}

/** A line of the basket as if it had come back already. */
function actOf({ id }: ReceiptedReturn, refund: LineRefund, { at, currency, taxMode }: Purchase): ReturnAct {
  const { line, pieces, taxes } = refund;
  const back = {
    position: line.position,
    pieces,
    total: withTax(refund, taxMode),
    taxes: taxes.map(({ tax }) => tax),
  };
  const nobody = { store: null, device: null, staff: null };
  return { id: `basket:${id}`, at, ...nobody, lines: [back], settled: zeroMoney(currency) };
}

/**
 * What a cash rounding at the sale had spared the customer: its share of what comes back is not given back, rounded up, so that no more leaves the shop than came
 * in, whatever other tills give back for other pieces.
 */
function sparedOf(
  standing: Standing,
  refunds: readonly LineRefund[],
  repriced: readonly LineRefund[],
): Money | null {
  const { currency, taxMode } = standing.purchase;
  const sum = (lines: readonly LineRefund[]) =>
    sumMoney(
      lines.map((line) => withTax(line, taxMode)),
      currency,
    ).minor;
  const given = sum(refunds) - sum(repriced);
  const exact = exactLeft(standing).minor;
  const has = Math.max(0, settledLeft(standing).minor);
  if (given <= 0 || has >= exact) return null;
  const owed = Number((BigInt(given) * BigInt(has)) / BigInt(exact));
  return given > owed ? money(given - owed, currency) : null;
}

/** Names in one, as many as a ticket has room for. */
function reasonOf(names: readonly string[]): string {
  return names.reduce((so, name) => {
    const longer = so === "" ? name : `${so}, ${name}`;
    return longer.length > MAX_REASON_CHARS ? so : longer;
  }, "");
}

function returnLine({
  line,
  refund,
  purchase,
  spared,
}: {
  readonly line: ReceiptedReturn;
  readonly refund: LineRefund;
  readonly purchase: Purchase;
  readonly spared: Money | null;
}): ReturnLine {
  const { line: bought, pieces, total, taxes } = refund;
  const worth = timesMoney(bought.unitPrice, pieces);
  const reduced = subtractMoney(worth, total);
  const reason = reasonOf(bought.discounts.map(({ name }) => name));
  const discounts: readonly GrantedDiscount[] =
    reduced.minor === 0 ? [] : [{ source: "returned", reason, amount: negateMoney(reduced) }];
  return {
    id: line.id,
    kind: "return",
    of: { purchase: purchase.ref, position: bought.position },
    variant: bought.variant ?? UNKNOWN_VARIANT,
    sku: bought.sku,
    name: bought.name,
    options: bought.options,
    taxClass: bought.taxClass,
    quantity: pieces,
    unitPrice: bought.unitPrice,
    gross: negateMoney(worth),
    discounts,
    total: negateMoney(total),
    taxes: taxes.map(negated),
    reason: line.reason,
    condition: line.condition,
    disposition: bought.variant === null && line.disposition === "stock" ? "outlet" : line.disposition,
    boughtBy: purchase.number,
    ...(bought.linked === undefined ? {} : { chargedAs: bought.linked.kind }),
    ...(spared === null ? {} : { spared }),
  };
}

function repricedLine(
  { line: bought, pieces, total, taxes }: LineRefund,
  { ref }: Purchase,
  because: ReceiptedReturn,
): RepricedLine {
  return {
    id: idOf<"Line">(`${because.id}-${bought.position}`),
    kind: "repriced",
    of: { purchase: ref, position: bought.position },
    variant: bought.variant ?? UNKNOWN_VARIANT,
    sku: bought.sku,
    name: bought.name,
    options: bought.options,
    taxClass: bought.taxClass,
    quantity: pieces,
    unitPrice: bought.unitPrice,
    gross: total,
    discounts: [],
    total,
    taxes,
  };
}

function unreceiptedLine(line: UnreceiptedReturn, tax: TaxSetup): ReturnLine {
  const { id, variant, sku, name, options, taxClass, quantity, unitPrice, reason, condition, disposition } =
    line;
  const worth = timesMoney(unitPrice, quantity);
  const rates = tax.classes.find((each) => each.id === taxClass)?.rates ?? [];
  const [taxes = []] = computeTax({
    taxables: [{ amount: worth, rates }],
    mode: tax.mode,
    rounding: "line",
  }).lines;
  return {
    id,
    kind: "return",
    of: null,
    variant,
    sku,
    name,
    options,
    taxClass,
    quantity,
    unitPrice,
    gross: negateMoney(worth),
    discounts: [],
    total: negateMoney(worth),
    taxes: taxes.map(negated),
    reason,
    condition,
    disposition,
  };
}

function negated({ rate, net, tax }: TaxAmount): TaxAmount {
  return { rate, net: negateMoney(net), tax: negateMoney(tax) };
}
