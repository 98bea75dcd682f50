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
 * All that a change of a basket takes besides selling, whichever button made it: a larger share off a line or the basket than before, a price that was typed over
 * the list's, goods that were rung up and are gone. Taking a discount back takes nothing.
 */
export function actsOf(change: Change): readonly NeededAct[] {
  const { before, after } = change;
  const acts = after.lines.flatMap((line) => {
    const same = before.lines.find(({ id }) => id === line.id);
    return [...discountAct(line, same), ...overrideAct(line, same)];
  });
  const voided = voidedLines(change).map(({ name }) => ({ permission: "line.void", about: name }) as const);
  return [...voided, ...acts, ...basketAct(change)];
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

function discountAct(line: BasketLine, same: BasketLine | undefined): readonly NeededAct[] {
  if (line.discount === null) return [];
  const ppm = shareOf(line.discount, worthOf([line]));
  const were = same?.discount ?? null;
  const isAllowed = were !== null && same !== undefined && ppm <= shareOf(were, worthOf([same]));
  return isAllowed ? [] : [{ permission: "discount.line", ppm, about: line.name }];
}

function basketAct({ before, after }: Change): readonly NeededAct[] {
  if (after.discount === null || after.lines.length === 0) return [];
  const ppm = shareOf(after.discount, reducible(after.lines));
  const isAllowed = before.discount !== null && ppm <= shareOf(before.discount, reducible(before.lines));
  return isAllowed ? [] : [{ permission: "discount.basket", ppm, about: "" }];
}

function overrideAct(line: BasketLine, same: BasketLine | undefined): readonly NeededAct[] {
  const { override, unitPrice } = line;
  if (override === undefined) return [];
  const isSame = same?.override !== undefined && same.unitPrice.minor === unitPrice.minor;
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

/** What a discount over the whole basket is taken off: all but what costs what it costs. */
function reducible(lines: readonly BasketLine[]): number {
  return worthOf(lines.filter(({ linked, giftCard }) => linked === undefined && giftCard === undefined));
}

function worthOf(lines: readonly Pick<BasketLine, "unitPrice" | "quantity">[]): number {
  return lines.reduce((sum, { unitPrice, quantity }) => sum + unitPrice.minor * quantity, 0);
}
