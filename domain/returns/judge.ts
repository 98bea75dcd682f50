import type { BusinessDay, DeviceId, Instant, LineId } from "../ids.ts";
import { addMoney, compareMoney, limitIn, negateMoney, sumMoney, zeroMoney } from "../money/arithmetic.ts";
import type { Currency, Money } from "../money/money.ts";
import { DAY_MS } from "../store/offline-state.ts";
import type { TaxMode } from "../tax/tax.ts";
import type { TicketLine } from "../ticket/ticket.ts";
import type { ReturnPolicy } from "./policy.ts";
import { isSamePurchase, type PurchaseLineRef, type PurchaseRef, purchaseKey } from "./purchase.ts";
import { piecesLeft } from "./refund.ts";
import { isRefundedTwice, type Standing } from "./returned.ts";
import { type BasketReturn, type Returning, standingOf } from "./returning.ts";
import { withTax } from "./with-tax.ts";

/** Who has the exclusive right to take a purchase back, as this till knows it. */
export type ReturnLease =
  | { readonly kind: "held" }
  | { readonly kind: "another"; readonly holder: DeviceId }
  /** No connection: the offline policy decides. */
  | { readonly kind: "unknown" };

/** What gets a return past an obstacle. `server`: a connection, or a manager; `identity`: a look at a document. */
export type WayPast = "manager" | "server" | "identity" | "none";

/** What stands in the way of a return, and what would get it past. */
export type ReturnObstacle = {
  /** The basket's line that it is about; null: all of it. */
  readonly line: LineId | null;
  readonly way: WayPast;
} & (
  | { readonly why: "late"; readonly day: BusinessDay }
  | { readonly why: "finalSale" }
  | { readonly why: "tooMany"; readonly left: number }
  | { readonly why: "condition" }
  | { readonly why: "refundedTwice" }
  /** The store keeps its amounts in another currency now: whoever judges cannot compare. */
  | { readonly why: "otherCurrency" }
  | { readonly why: "leaseHeldByAnother" }
  | { readonly why: "tooOldOffline" }
  | { readonly why: "aboveOfflineLimit"; readonly limit: Money }
  | { readonly why: "aboveLimit"; readonly limit: Money }
  | { readonly why: "notWithoutReceipt" }
  | { readonly why: "withoutReceipt" }
  | { readonly why: "identity" }
  | { readonly why: "aboveWithoutReceipt"; readonly limit: Money }
);

/** All that a return is judged by besides the basket. */
export interface ReturnScene {
  readonly policy: ReturnPolicy;
  /** The most that this till gives back of one purchase, and altogether with one ticket, on its own word. It may be in the currency that the store had before. */
  readonly maxOffline: Money;
  readonly currency: Currency;
  /** The ticket's. */
  readonly taxMode: TaxMode;
  /** This till; null while it is none of the chain's. */
  readonly device: DeviceId | null;
  readonly isOnline: boolean;
  readonly leaseOf: (purchase: PurchaseRef) => ReturnLease;
  /** The till's clock corrected by what it knows of the server's. */
  readonly now: Instant;
  readonly today: BusinessDay;
}

/** Everything that stands in the way of a return; `lines` are the priced ones of its ticket. Nothing: it may go on. */
export function returnObstacles({
  returning,
  lines,
  scene,
}: {
  readonly returning: Returning;
  readonly lines: readonly TicketLine[];
  readonly scene: ReturnScene;
}): readonly ReturnObstacle[] {
  const purchases = returning.standings.filter(({ purchase }) =>
    returning.lines.some(
      (line) => line.kind === "receipted" && isSamePurchase(line.of.purchase, purchase.ref),
    ),
  );
  return [
    ...returning.lines.flatMap((line) => lineObstacles(line, returning, scene)),
    ...purchases.flatMap((standing) => purchaseObstacles(standing, scene)),
    ...limitObstacles({ purchases, lines, scene }),
    ...withoutReceiptObstacles({ returning, lines, scene }),
  ];
}

/** What still stands in the way once a manager gave their word and an identity was noted: a return with any of these is not completed. */
export function standingInTheWay(
  obstacles: readonly ReturnObstacle[],
  { override, identity }: Pick<Returning, "override" | "identity">,
): readonly ReturnObstacle[] {
  return obstacles.filter(({ way, why }) => {
    if (way === "identity") return identity === null;
    if (way === "none" || override === null) return true;
    return override.covers !== undefined && !override.covers.includes(why);
  });
}

function lineObstacles(
  line: BasketReturn,
  returning: Returning,
  { policy, today }: ReturnScene,
): readonly ReturnObstacle[] {
  const about = { line: line.id };
  const condition: readonly ReturnObstacle[] = policy.managerFor.includes(line.condition)
    ? [{ ...about, why: "condition", way: "manager" }]
    : [];
  if (line.kind === "unreceipted") return condition;
  const standing = standingOf(returning, line.of.purchase);
  const bought = standing?.purchase.lines.find(({ position }) => position === line.of.position);
  if (standing === null || bought === undefined) return [{ ...about, why: "tooMany", left: 0, way: "none" }];
  const left = piecesLeft(standing, bought);
  const { returnBy } = bought;
  return [
    ...(chosenOf(line.of, returning) > left
      ? [{ ...about, why: "tooMany", left, way: "none" } as const]
      : []),
    ...(returnBy === null ? [{ ...about, why: "finalSale", way: wayOf(policy.finalSale) } as const] : []),
    ...(returnBy !== null && returnBy < today
      ? [{ ...about, why: "late", day: returnBy, way: wayOf(policy.late) } as const]
      : []),
    ...condition,
  ];
}

/** Pieces of a line that come back with this basket, on however many of its lines. */
function chosenOf({ purchase, position }: PurchaseLineRef, { lines }: Returning): number {
  return lines.reduce((sum, line) => {
    if (line.kind === "unreceipted") return sum;
    const isIt = line.of.position === position && isSamePurchase(line.of.purchase, purchase);
    return isIt ? sum + line.quantity : sum;
  }, 0);
}

function wayOf(strictness: "refuse" | "manager"): WayPast {
  return strictness === "manager" ? "manager" : "none";
}

function purchaseObstacles(
  standing: Standing,
  { leaseOf, policy, now }: ReturnScene,
): readonly ReturnObstacle[] {
  const { purchase, returned } = standing;
  const lease = leaseOf(purchase.ref);
  const isOld = now - purchase.at > policy.oldestOfflineDays * DAY_MS;
  const all: readonly (ReturnObstacle | false)[] = [
    (returned.flagged || isRefundedTwice(standing)) && { line: null, why: "refundedTwice", way: "manager" },
    lease.kind === "another" && { line: null, why: "leaseHeldByAnother", way: "manager" },
    lease.kind === "unknown" && isOld && { line: null, why: "tooOldOffline", way: "server" },
  ];
  return all.filter((each) => each !== false);
}

function limitObstacles({
  purchases,
  lines,
  scene,
}: {
  readonly purchases: readonly Standing[];
  readonly lines: readonly TicketLine[];
  readonly scene: ReturnScene;
}): readonly ReturnObstacle[] {
  const { policy, currency, leaseOf, isOnline } = scene;
  const maxOffline = limitIn(scene.maxOffline, currency);
  const unknown = new Set(
    purchases
      .filter(({ purchase }) => leaseOf(purchase.ref).kind !== "held")
      .map(({ purchase }) => purchaseKey(purchase.ref)),
  );
  const given = givenBack(lines, () => true, scene);
  const now = givenBack(lines, (key) => (key === null ? !isOnline : unknown.has(key)), scene);
  const onOwnWord = addMoney(now, now.minor === 0 ? now : givenBefore(purchases, unknown, scene));
  const { managerAbove } = policy;
  const all: readonly (ReturnObstacle | false)[] = [
    compareMoney(onOwnWord, maxOffline) > 0 && {
      line: null,
      why: "aboveOfflineLimit",
      limit: maxOffline,
      way: "server",
    },
    managerAbove !== null &&
      compareMoney(given, managerAbove) > 0 && {
        line: null,
        why: "aboveLimit",
        limit: managerAbove,
        way: "manager",
      },
  ];
  return all.filter((each) => each !== false);
}

/** All that a ticket gives back for goods, tax in it, above zero. */
export function refundedBy(
  lines: readonly TicketLine[],
  money: Pick<ReturnScene, "currency" | "taxMode">,
): Money {
  return givenBack(lines, () => true, money);
}

/** What is given back, tax in it, of the purchases asked for; null stands for goods without a receipt. */
function givenBack(
  lines: readonly TicketLine[],
  isAsked: (key: string | null) => boolean,
  { currency, taxMode }: Pick<ReturnScene, "currency" | "taxMode">,
): Money {
  return sumMoney(
    lines.flatMap((line) => {
      if (line.kind === "sale") return [];
      const key = line.of === null ? null : purchaseKey(line.of.purchase);
      return isAsked(key) ? [negateMoney(withTax(line, taxMode))] : [];
    }),
    currency,
  );
}

/** What this till gave back before of the same purchases: a limit is none that is begun anew with each visit. */
function givenBefore(
  purchases: readonly Standing[],
  unknown: ReadonlySet<string>,
  { device, currency }: ReturnScene,
): Money {
  return sumMoney(
    purchases
      .filter(({ purchase }) => unknown.has(purchaseKey(purchase.ref)))
      .flatMap(({ returned }) => returned.acts.filter((act) => device !== null && act.device === device))
      .map(({ settled }) => settled),
    currency,
  );
}

function withoutReceiptObstacles({
  returning: { lines: returns },
  lines,
  scene,
}: {
  readonly returning: Returning;
  readonly lines: readonly TicketLine[];
  readonly scene: ReturnScene;
}): readonly ReturnObstacle[] {
  if (returns.every(({ kind }) => kind === "receipted")) return [];
  const { policy, currency } = scene;
  const rule = policy.withoutReceipt;
  if (rule === null) return [{ line: null, why: "notWithoutReceipt", way: "none" }];
  const worth = givenBack(lines, (key) => key === null, scene);
  const most = rule.most ?? zeroMoney(currency);
  const all: readonly (ReturnObstacle | false)[] = [
    rule.manager && { line: null, why: "withoutReceipt", way: "manager" },
    rule.identity && { line: null, why: "identity", way: "identity" },
    rule.most !== null &&
      compareMoney(worth, most) > 0 && {
        line: null,
        why: "aboveWithoutReceipt",
        limit: most,
        way: "none",
      },
  ];
  return all.filter((each) => each !== false);
}
