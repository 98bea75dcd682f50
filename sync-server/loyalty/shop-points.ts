import type { CustomerId, Instant, Sku } from "#domain/ids.ts";
import {
  type BurnRefusal,
  type PointsAtCounter,
  pointsRoom,
  takenPoints,
  worthOf,
} from "#domain/loyalty/burn.ts";
import { type EarningGoods, earnedOn } from "#domain/loyalty/earn.ts";
import { type PointsEntry, toCustomerOf } from "#domain/loyalty/ledger.ts";
import { pointsGivenBack } from "#domain/loyalty/taken-back.ts";
import { sumMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import type { Money } from "#domain/money/money.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { BurnAnswer, LoyaltyQuote } from "#protocol/shop/loyalty.ts";
import { holderOfLease } from "../orders/standing-lease.ts";
import type { ReadTransaction, Storage } from "../storage/port.ts";
import type { Publication, Publisher } from "../sync/publisher.ts";
import { holderOf } from "./account.ts";
import { bookPoints, pointsLease } from "./book.ts";
import { type CustomerPoints, customerPoints } from "./customer-points.ts";
import { burnedId, givenBackId, type ShopOrderName } from "./shop-burn.ts";

export type ShopBurnRefusal =
  | BurnRefusal
  | "pointsNotInSteps"
  | "pointsTooMany"
  | "noProgramme"
  /** Another customer's points, or another number of them, paid this order already. */
  | "burnedOtherwise";

/** Goods as a shop's basket has them. */
export interface QuotedLine {
  readonly sku: Sku;
  readonly quantity: number;
  readonly total: Money;
}

/** What web shops may do with points: pay orders with them, and give them back. What orders earn is booked by itself. */
export interface ShopPoints {
  quote(ask: {
    readonly customer: CustomerId;
    readonly lines: readonly QuotedLine[];
    readonly points: number;
  }): Promise<Result<LoyaltyQuote, "noProgramme">>;
  /** Takes points for an order, at once and once: asked again it answers what was taken. */
  burn(act: {
    readonly customer: CustomerId;
    readonly name: ShopOrderName;
    readonly points: number;
    readonly total: Money;
  }): Promise<Result<BurnAnswer, ShopBurnRefusal>>;
  /** Gives back what an order took, all of it or some, once by its reference. */
  release(act: {
    readonly customer: CustomerId;
    readonly name: ShopOrderName;
    readonly reference: string;
    readonly points: number | null;
  }): Promise<Result<BurnAnswer, "nothingBurned" | "pointsTooMany">>;
}

export function createShopPoints({
  storage,
  publisher,
  now,
}: {
  readonly storage: Storage;
  readonly publisher: Publisher;
  readonly now: () => Instant;
}): ShopPoints {
  return {
    quote: (ask) => storage.read((tx) => quote(tx, ask, now())),
    burn: ({ customer, name, points, total }) =>
      publisher.publish(async (publication) => {
        const { tx, at } = publication;
        const before = await tx.pointsEntry(burnedId(name));
        if (before !== null) {
          const { ids } = await holderOf(tx, customer);
          return ids.includes(before.customer) && -toCustomerOf(before) === points
            ? ok(await burnAnswer(publication, before, total))
            : refused("burnedOtherwise");
        }
        const found = await customerPoints(tx, customer, at);
        if (found === null) return refused("noProgramme");
        const room = pointsRoom(await atShop(tx, found, { payable: total, at }));
        if (!room.ok) return room;
        const { burn } = found.programme;
        if (burn === null) return refused("pointsPayNothing");
        const taken = takenPoints(room.value, burn, points);
        if (!taken.ok) return taken;
        await bookPoints(publication, {
          ...{ store: null, device: null, staff: null, purchase: null, at },
          ...{ id: burnedId(name), kind: "burned", customer: found.customer, points },
          ...{ amount: worthOf(burn, points), number: name.order },
        });
        const booked = await tx.pointsEntry(burnedId(name));
        return booked === null
          ? refused("pointsPayNothing")
          : ok(await burnAnswer(publication, booked, total));
      }),
    release: ({ customer, name, reference, points }) =>
      publisher.publish(async (publication) => {
        const { tx, at } = publication;
        const burned = await tx.pointsEntry(burnedId(name));
        const { ids } = await holderOf(tx, customer);
        if (burned === null || !ids.includes(burned.customer)) return refused("nothingBurned");
        const taken = -toCustomerOf(burned);
        const paid = burned.amount ?? null;
        const currency = paid?.currency;
        if (paid === null || currency === undefined) return refused("nothingBurned");
        const known = await tx.pointsEntry(givenBackId(name, reference));
        const left = taken - (await givenBackOf(tx, name, burned.customer));
        const wanted = known === null ? (points ?? left) : toCustomerOf(known);
        if (known === null) {
          if (wanted > left || wanted <= 0) return refused("pointsTooMany");
          await bookPoints(publication, {
            ...{ store: null, device: null, staff: null, purchase: null, at },
            ...{ id: givenBackId(name, reference), kind: "givenBack", customer: burned.customer },
            ...{ points: wanted, number: name.order },
          });
        }
        const minor = pointsGivenBack({ points: paid.minor, amountMinor: taken }, wanted);
        return ok({
          points: wanted,
          amount: { minor, currency },
          balance: await balanceOf(publication, customer),
        });
      }),
  };
}

async function givenBackOf(tx: ReadTransaction, name: ShopOrderName, customer: CustomerId): Promise<number> {
  const prefix = givenBackId(name, "");
  const entries = await tx.pointsEntries([customer]);
  return entries.reduce((sum, each) => (each.id.startsWith(prefix) ? sum + toCustomerOf(each) : sum), 0);
}

async function burnAnswer(publication: Publication, entry: PointsEntry, total: Money): Promise<BurnAnswer> {
  return {
    points: -toCustomerOf(entry),
    amount: entry.amount ?? zeroMoney(total.currency),
    balance: await balanceOf(publication, entry.customer),
  };
}

/** Without what has lapsed, booked or not; where there is no programme any more nothing lapses. */
async function balanceOf({ tx, at }: Publication, asked: CustomerId): Promise<number> {
  const found = await customerPoints(tx, asked, at);
  if (found !== null) return found.standing.balance;
  const { ids } = await holderOf(tx, asked);
  return (await tx.pointsEntries(ids)).reduce((sum, entry) => sum + toCustomerOf(entry), 0);
}

/** A customer's points as a shop has them before it: the server's own word, unless a till is taking them right now. */
async function atShop(
  tx: ReadTransaction,
  { customer, programme, standing }: CustomerPoints,
  { payable, at }: { readonly payable: Money; readonly at: Instant },
): Promise<PointsAtCounter> {
  const holder = await holderOfLease(tx, { subject: pointsLease(customer), at });
  return {
    programme,
    balance: standing.balance,
    untold: { earned: 0, burned: 0 },
    inBaskets: 0,
    inThis: 0,
    word: holder === null ? "server" : "heldByAnother",
    payable,
    maxOffline: zeroMoney(payable.currency),
  };
}

async function quote(
  tx: ReadTransaction,
  {
    customer,
    lines,
    points,
  }: { readonly customer: CustomerId; readonly lines: readonly QuotedLine[]; readonly points: number },
  at: Instant,
): Promise<Result<LoyaltyQuote, "noProgramme">> {
  const [first] = lines;
  const found = await customerPoints(tx, customer, at);
  if (found === null || first === undefined) return refused("noProgramme");
  const { programme, standing } = found;
  const { currency } = first.total;
  const own = lines.filter(({ total }) => total.currency === currency);
  const payable = sumMoney(
    own.map(({ total }) => total),
    currency,
  );
  const room = pointsRoom(await atShop(tx, found, { payable, at }));
  const { burn } = programme;
  const withPoints = burn === null ? zeroMoney(currency) : worthOf(burn, points);
  return ok({
    earns: earnedOn({ goods: await goodsOf(tx, own), programme, tier: standing.tier, withPoints }).points,
    burn:
      !room.ok || burn === null
        ? null
        : {
            least: room.value.least,
            most: room.value.most,
            step: burn.points,
            worth: burn.worth,
            amount: room.value.amount,
          },
  });
}

async function goodsOf(tx: ReadTransaction, lines: readonly QuotedLine[]): Promise<readonly EarningGoods[]> {
  const goods: EarningGoods[] = [];
  for (const [position, { sku, quantity, total }] of lines.entries()) {
    const owner = await tx.variantBySku(sku);
    const product = owner === null ? null : await tx.product(owner.product);
    goods.push({ position, pieces: quantity, category: product?.category ?? null, paid: total });
  }
  return goods;
}
