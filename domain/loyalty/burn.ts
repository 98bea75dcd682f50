import { zeroMoney } from "../money/arithmetic.ts";
import { type Currency, type Money, money } from "../money/money.ts";
import { ok, type Result, refused } from "../result.ts";
import type { OfflinePolicy } from "../store/store.ts";
import { maxOfflineCredit } from "../value/spending.ts";
import { type BurnRule, type LoyaltyProgramme, MAX_POINTS } from "./programme.ts";

/** The most that a till takes of one customer's points without the server's word, as money. */
export function maxOfflinePoints(policy: OfflinePolicy, currency: Currency): Money {
  return policy.maxPoints ?? maxOfflineCredit(policy, currency);
}

/** What whole steps of so many points are worth. */
export function worthOf({ points, worth }: Pick<BurnRule, "points" | "worth">, of: number): Money {
  return money(Math.max(0, Math.floor(of / points)) * worth.minor, worth.currency);
}

/** The share of what is paid for goods that points give back: 0.01 is a hundredth. Of the rate alone: a few points fill no step. */
export function shareBack({ earn, burn }: Pick<LoyaltyProgramme, "earn" | "burn">): number {
  return burn === null ? 0 : (earn.points / earn.per.minor) * (burn.worth.minor / burn.points);
}

/** As many points, in whole steps, as are worth no more than an amount. */
export function pointsWorth({ points, worth }: BurnRule, amount: Money): number {
  return Math.min(MAX_POINTS, Math.floor(Math.max(0, amount.minor) / worth.minor)) * points;
}

/** Why no points can be taken. */
export type BurnRefusal =
  | "pointsPayNothing"
  | "pointsOtherCurrency"
  | "pointsHeldByAnother"
  | "pointsTooFew"
  | "pointsAboveOfflineLimit";

/** A customer's points at the counter, or in a shop's basket. */
export interface PointsAtCounter {
  readonly programme: LoyaltyProgramme;
  /** With this till's own moves that the server has not answered for. */
  readonly balance: number;
  /** What of it this till itself brought and took that the server has not answered for. */
  readonly untold: { readonly earned: number; readonly burned: number };
  /** What was taken in baskets that are not sold yet, this one's too. */
  readonly inBaskets: number;
  /** Of those what was taken in this basket. */
  readonly inThis: number;
  /** `server`: it was asked just now and holds the points for this till. */
  readonly word: "server" | "till" | "heldByAnother";
  /** What points may pay of this basket still. */
  readonly payable: Money;
  readonly maxOffline: Money;
}

/** What can be taken now: points in whole steps, what they are worth, and what bounds them. */
export interface PointsRoom {
  readonly balance: number;
  readonly least: number;
  readonly most: number;
  readonly amount: Money;
  readonly boundBy: "balance" | "offline" | "remaining" | "programme";
}

/** How many points pay of a basket: whole steps, no more than are there, than the programme lets one ticket take, than is to be paid, nor, without the server's word, than the policy allows. */
export function pointsRoom(scene: PointsAtCounter): Result<PointsRoom, BurnRefusal> {
  const { programme, balance, untold, inBaskets, inThis, word, payable, maxOffline } = scene;
  const { burn } = programme;
  if (burn === null) return refused("pointsPayNothing");
  if (burn.worth.currency !== payable.currency) return refused("pointsOtherCurrency");
  if (word === "heldByAnother") return refused("pointsHeldByAnother");
  const free = balance - inBaskets;
  const offline =
    word === "server"
      ? Number.POSITIVE_INFINITY
      : pointsWorth(burn, maxOffline) + untold.earned - untold.burned - inBaskets;
  const bounds = [
    { boundBy: "remaining", points: pointsWorth(burn, payable) },
    { boundBy: "balance", points: free },
    { boundBy: "programme", points: (burn.most ?? MAX_POINTS) - inThis },
    { boundBy: "offline", points: offline },
  ] as const;
  const tightest = bounds.reduce((least, each) => (each.points < least.points ? each : least));
  const most = inSteps(burn, tightest.points);
  const least = Math.max(
    burn.points,
    Math.ceil(Math.max(0, burn.least - inThis) / burn.points) * burn.points,
  );
  if (most < least)
    return refused(tightest.boundBy === "offline" ? "pointsAboveOfflineLimit" : "pointsTooFew");
  return ok({ balance: free, least, most, amount: worthOf(burn, most), boundBy: tightest.boundBy });
}

function inSteps({ points: step }: BurnRule, points: number): number {
  return Math.floor(Math.max(0, points) / step) * step;
}

/** The points that are taken: as many as were asked for, all that can be where nobody said. */
export function takenPoints(
  room: PointsRoom,
  burn: BurnRule,
  asked: number | null,
): Result<number, "pointsNotInSteps" | "pointsTooMany"> {
  const points = asked ?? room.most;
  if (points % burn.points !== 0 || points < room.least) return refused("pointsNotInSteps");
  if (points > room.most) return refused("pointsTooMany");
  return ok(points);
}

/** What a balance would pay, were there enough to pay for; below zero it is worth nothing. */
export function worthOfBalance(
  { burn, earn }: Pick<LoyaltyProgramme, "burn" | "earn">,
  balance: number,
): Money {
  return burn === null ? zeroMoney(earn.per.currency) : worthOf(burn, balance);
}
