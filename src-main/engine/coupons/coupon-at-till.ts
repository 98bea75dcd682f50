import { createHash } from "node:crypto";
import type { KnownCoupon } from "#domain/coupons/coupon.ts";
import { type CouponCode, readCouponCode } from "#domain/coupons/coupon-code.ts";
import { couponDocument, couponIdOf, couponPageOf } from "#domain/coupons/coupon-id.ts";
import { type CouponUse, couponUsesOf } from "#domain/coupons/uses.ts";
import type { CouponId } from "#domain/ids.ts";
import { ticketOf } from "#domain/journal/effects.ts";
import type { JournalEntry, Sha256Hex } from "#domain/journal/entry.ts";
import type { CouponDocument } from "#protocol/documents/balance.ts";
import type { BalanceAnswer } from "#protocol/sync/balances.ts";
import type { HoldNeed } from "../credits/balance-holds.ts";
import type { BasketShelf } from "../shop/basket-shelf.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";

const sha256Hex: Sha256Hex = (text) => createHash("sha256").update(text, "utf8").digest("hex");

/** A coupon by its code as it is written. */
export interface NamedCoupon extends CouponCode {
  readonly id: CouponId;
}

/** Null: it is no code of a coupon. */
export function namedCoupon(typed: string): NamedCoupon | null {
  const read = readCouponCode(typed);
  return read === null ? null : { ...read, id: couponIdOf(read.code, sha256Hex) };
}

/** What this till did with coupons. */
function ownUses(entries: readonly JournalEntry[]): readonly CouponUse[] {
  return entries.flatMap(({ fact }) => ticketOf(fact) ?? []).flatMap(couponUsesOf);
}

type Books = Pick<ShopPorts, "journal" | "replica">;

/** What is known of a coupon here, this till's own untold sales included; `answer` null: the server was not asked, or did not answer. Null: there is none such. */
export async function couponAtTill(
  { journal, replica }: Books,
  { coupon, answer }: { readonly coupon: NamedCoupon; readonly answer: BalanceAnswer | null },
): Promise<KnownCoupon | null> {
  // Before the replica: what leaves it meanwhile is in what is read then, and what is in both counts once by its id.
  const own = ownUses(journal.pendingFor("balances")).filter(({ code }) => code === coupon.code);
  const known = answer === null ? await inReplica(replica, coupon) : couponIn(answer);
  if (known === null) return null;
  const untold = own.filter(({ id }) => !known.moves.includes(id));
  return { ...known, used: known.used + untold.length };
}

/** What this till still has to do with a coupon that the server holds for it. */
export function couponNeed(
  { journal }: Pick<ShopPorts, "journal">,
  shelf: Pick<BasketShelf, "open" | "parked">,
  id: string,
): HoldNeed {
  const isIt = ({ code }: { readonly code: string }): boolean => namedCoupon(code)?.id === id;
  const drafts = [...shelf.open(), ...shelf.parked()];
  if (drafts.some(({ basket: { coupons = [] } }) => coupons.some(isIt))) return "onCounter";
  return ownUses(journal.pendingFor("balances")).some(isIt) ? "sold" : "none";
}

function couponIn({ balance }: BalanceAnswer): CouponDocument | null {
  return balance?.kind === "coupon" ? balance : null;
}

type Known = KnownCoupon & Pick<CouponDocument, "moves">;

/** By the coupon's own document where something happened to it, else by the page of its series that lists it. */
async function inReplica(replica: Books["replica"], { id, series }: NamedCoupon): Promise<Known | null> {
  const of = await replica.get("balances", couponDocument.series(series));
  if (of?.kind !== "couponSeries") return null;
  const { promotion, uses, revoked } = of;
  const own = await replica.get("balances", couponDocument.coupon(id));
  if (own?.kind === "coupon") return { ...own, revoked: own.revoked || revoked };
  const page = await replica.get("balances", couponDocument.page(series, couponPageOf(id)));
  const isListed = page?.kind === "coupons" && page.coupons.includes(id);
  return isListed || revoked ? { promotion, uses, used: 0, revoked, moves: [] } : null;
}
