import { timesMoney } from "../money/arithmetic.ts";
import type { Money } from "../money/money.ts";
import { PPM } from "../money/share.ts";
import type { Basket, BasketLine, Discount } from "../ticket/basket.ts";
import type { Act } from "./role.ts";

type Reduced = Pick<Basket, "lines" | "discount">;
interface Change {
  readonly before: Reduced;
  readonly after: Reduced;
}

/** What somebody must be allowed for a change. `about`: the article, empty where it is the whole basket. */
export type NeededAct = Act & { readonly about: string };

/** Pieces that were taken out of a basket. `total`: what they cost before discounts. */
export interface VoidedLine {
  readonly name: string;
  readonly quantity: number;
  readonly total: Money;
}

/**
 * All that a change of a basket takes besides selling, whichever button made it: more off a line or the basket than before, as a share or in money, a price that was
 * typed over the list's for more pieces than before, goods that were rung up and are gone. Taking a discount back takes nothing. A share is what comes off a line in
 * all, by its own discount and the basket's: two small ones are no way round a limit.
 */
export function actsOf(change: Change): readonly NeededAct[] {
  const { before, after } = change;
  const basketPpm = basketShare(after);
  const acts = after.lines.flatMap((line) => {
    const same = before.lines.find(({ id }) => id === line.id);
    return [...discountAct(line, same, basketPpm), ...overrideAct(line, same)];
  });
  const voided = voidedLines(change).map(({ name }) => ({ permission: "line.void", about: name }) as const);
  return [...voided, ...acts, ...basketAct(change)];
}

/**
 * What bringing back lines takes that were taken out. They come back as somebody allowed them; a discount over the basket is asked for where it takes off more than it
 * did, be it the one that went with them (`discount`) or one that was given meanwhile.
 */
export function actsOfRestoring({
  before,
  after,
  lines,
  discount,
}: Change & Pick<Reduced, "lines" | "discount">): readonly NeededAct[] {
  return basketAct({ before: before.discount === null ? { lines, discount } : before, after });
}

/** What is gone of what was rung up. What is charged with another line goes with it, and an order's goods are never voided but not handed over. */
export function voidedLines({ before, after }: Change): readonly VoidedLine[] {
  return before.lines.flatMap((line) => {
    if (line.order !== undefined || line.linked !== undefined) return [];
    const left = after.lines.find(({ id }) => id === line.id)?.quantity ?? 0;
    const quantity = line.quantity - left;
    if (quantity <= 0) return [];
    return [{ name: line.name, quantity, total: timesMoney(line.unitPrice, quantity) }];
  });
}

function discountAct(
  line: BasketLine,
  same: BasketLine | undefined,
  basketPpm: number,
): readonly NeededAct[] {
  if (line.discount === null) return [];
  const given = { discount: line.discount, value: worthOf([line]) };
  const were = same === undefined ? null : { discount: same.discount, value: worthOf([same]) };
  if (!goesFurther(given, were)) return [];
  const ppm = together(shareOf(given.discount, given.value), basketPpm);
  return [{ permission: "discount.line", ppm, about: line.name }];
}

function basketAct({ before, after }: Change): readonly NeededAct[] {
  if (after.discount === null || after.lines.length === 0) return [];
  const given = { discount: after.discount, value: reducedValue(after) };
  if (!goesFurther(given, { discount: before.discount, value: reducedValue(before) })) return [];
  const basketPpm = basketShare(after);
  const isMore = basketPpm > basketShare(before);
  const reached = reducible(after.lines).filter((line) => isMore || isMoreThan(line, before.lines));
  const ppm = reached.reduce((most, line) => Math.max(most, together(lineShare(line), basketPpm)), basketPpm);
  return [{ permission: "discount.basket", ppm, about: "" }];
}

function isMoreThan(line: BasketLine, before: readonly BasketLine[]): boolean {
  const same = before.find(({ id }) => id === line.id);
  return same === undefined || worthOf([line]) > worthOf([same]);
}

interface Given {
  readonly discount: Discount | null;
  readonly value: number;
}

/** Whether more is taken off than somebody allowed already: a larger share, or more money since there is more that it is taken off. */
function goesFurther(given: Given & { readonly discount: Discount }, were: Given | null): boolean {
  if (were === null || were.discount === null) return true;
  return (
    shareOf(given.discount, given.value) > shareOf(were.discount, were.value) ||
    amountOf(given.discount, given.value) > amountOf(were.discount, were.value)
  );
}

function amountOf(discount: Discount, value: number): bigint {
  return discount.kind === "amount"
    ? BigInt(discount.amount.minor)
    : (BigInt(value) * BigInt(discount.ppm)) / BigInt(PPM);
}

function overrideAct(line: BasketLine, same: BasketLine | undefined): readonly NeededAct[] {
  const { override, unitPrice, quantity } = line;
  if (override === undefined) return [];
  const isSame =
    same?.override !== undefined && same.unitPrice.minor === unitPrice.minor && quantity <= same.quantity;
  if (isSame) return [];
  const ppm = belowPpm({ listPrice: override.listPrice, price: unitPrice });
  return [{ permission: "price.override", ppm, about: line.name }];
}

/** How far a price is below another, parts per million, rounded up: a limit is never passed by a rounding. Zero where it is not below. */
function belowPpm({ listPrice, price }: { readonly listPrice: Money; readonly price: Money }): number {
  return sharePpm(listPrice.minor - price.minor, listPrice.minor);
}

/** Which share of a value a discount takes off. */
function shareOf(discount: Discount, value: number): number {
  return discount.kind === "percent" ? discount.ppm : sharePpm(discount.amount.minor, value);
}

function sharePpm(part: number, whole: number): number {
  if (part <= 0) return 0;
  if (whole <= 0 || part >= whole) return PPM;
  return Number((BigInt(part) * BigInt(PPM) + BigInt(whole) - 1n) / BigInt(whole));
}

function lineShare(line: BasketLine): number {
  return line.discount === null ? 0 : shareOf(line.discount, worthOf([line]));
}

function basketShare(basket: Reduced): number {
  return basket.discount === null ? 0 : shareOf(basket.discount, reducedValue(basket));
}

/** One share off, and another off what is left; rounded up. */
function together(one: number, other: number): number {
  return one + other - Math.floor((one * other) / PPM);
}

function reducedValue({ lines }: Pick<Reduced, "lines">): number {
  return worthOf(reducible(lines));
}

/** What a discount over the whole basket is taken off: all but what costs what it costs. */
function reducible(lines: readonly BasketLine[]): readonly BasketLine[] {
  return lines.filter(({ linked, giftCard }) => linked === undefined && giftCard === undefined);
}

function worthOf(lines: readonly Pick<BasketLine, "unitPrice" | "quantity">[]): number {
  return lines.reduce((sum, { unitPrice, quantity }) => sum + unitPrice.minor * quantity, 0);
}
