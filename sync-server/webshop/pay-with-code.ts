import { lesserMoney, subtractMoney, sumMoney, timesMoney } from "#domain/money/arithmetic.ts";
import type { Money } from "#domain/money/money.ts";
import type { Order } from "#domain/orders/order.ts";
import { refundedByShop } from "#domain/orders/order-return.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { creditBalance } from "#domain/value/credit.ts";
import { readCreditCode } from "#domain/value/credit-code.ts";
import type { ShopOrderRequest } from "#protocol/shop/order.ts";
import type { Credits } from "../credits/credits.ts";
import type { HoldRecord } from "../credits/port.ts";
import type { ShopDesk } from "../credits/shop-desk.ts";
import type { Storage } from "../storage/port.ts";
import { DEMO_CHANNEL } from "./checkout.ts";

/** As long as placing an order may take. */
const HOLD_MS = 5 * 60_000;

/**
 * Holds what a store credit or gift card can pay of an order that is about to be placed; the customer pays the rest otherwise. The order's own id is the key: sent
 * twice, it is held once.
 */
export async function holdForOrder(
  {
    storage,
    credits,
    shopDesk,
  }: {
    readonly storage: Storage;
    readonly credits: Pick<Credits, "find">;
    readonly shopDesk: ShopDesk;
  },
  { typed, order }: { readonly typed: string; readonly order: ShopOrderRequest },
): Promise<Result<HoldRecord, "codeWrong" | "nothingLeft" | "busy">> {
  const known = await storage.read((tx) => tx.holdByKey({ channel: DEMO_CHANNEL, key: order.id }));
  if (known !== null) return ok(known);
  const code = readCreditCode(typed);
  const sums = code === null ? null : await credits.find(code);
  if (code === null || sums === null || sums.issued.currency !== order.currency) return refused("codeWrong");
  const amount = lesserMoney(creditBalance(sums), totalOf(order));
  const wish = { code, channel: DEMO_CHANNEL, key: order.id, amount, ttlMs: HOLD_MS };
  const held = await shopDesk.hold(wish);
  if (held.ok) return held;
  return refused(held.reason === "heldByTill" ? "busy" : "nothingLeft");
}

/** Gives back onto the code what a cancelled order was paid with by it, as far as it is the shop that refunds: what a store gave back already is not given twice. */
export async function giveBackOntoCode(
  { storage, shopDesk }: { readonly storage: Storage; readonly shopDesk: ShopDesk },
  order: Order,
): Promise<Money | null> {
  const hold = await storage.read((tx) => tx.holdByKey({ channel: DEMO_CHANNEL, key: order.externalId }));
  if (hold === null || hold.state !== "captured") return null;
  const inAll = lesserMoney(hold.captured, refundedByShop(order));
  const amount = subtractMoney(inAll, hold.refunded);
  if (amount.minor <= 0) return null;
  const given = await shopDesk.refund(null, { id: hold.id, amount, key: `up to ${inAll.minor}` });
  return given.ok ? amount : null;
}

function totalOf({ lines, shipping, total, currency }: ShopOrderRequest): Money {
  const goods = lines.map(({ unitPrice, quantity, total: of }) => of ?? timesMoney(unitPrice, quantity));
  return total ?? sumMoney(shipping === undefined ? goods : [...goods, shipping], currency);
}

/** Why a code pays nothing, for the visitor to read. */
export const CODE_WORDS = {
  codeWrong:
    "There is no store credit or gift card of this code. Look at it again, or leave the field empty.",
  nothingLeft: "Nothing is left of it. Leave the field empty to pay otherwise.",
  busy: "It is being used at a till right now. Try again in a moment.",
} as const;
