import { type CustomerId, idOf, type OrderId } from "../ids.ts";
import { addMoney, lesserMoney, subtractMoney, sumMoney, zeroMoney } from "../money/arithmetic.ts";
import { type Money, money } from "../money/money.ts";
import type { RefundTender } from "../ticket/ticket.ts";
import {
  type Bringing,
  backInMoney,
  backUnreceipted,
  comingBack,
  isInGoods,
  type OpenPayment,
  paymentsOf,
  pointsFor,
} from "./open-payments.ts";
import { paymentOfRefund } from "./payment-name.ts";
import type { RefundWay, ReturnPolicy } from "./policy.ts";
import { settledLeft } from "./returned.ts";

/** One way to give money back, and the most that goes that way now. */
export type RefundRoute = {
  readonly way: RefundWay;
  readonly most: Money;
} & (
  | { readonly kind: "cash" | "credit" }
  /** To the card that it was paid with, by the approval code of then. */
  | { readonly kind: "card"; readonly paidBy: string }
  /** To whoever paid with them: `points` for `paid`, for less of it fewer. */
  | {
      readonly kind: "points";
      readonly customer: CustomerId;
      readonly points: number;
      readonly paid: Money;
    }
  | { readonly kind: "online"; readonly order: OrderId }
);

/** What a refund is looked at by. */
interface Scene extends Bringing {
  /** What was given back with this ticket already. */
  readonly refunds: readonly RefundTender[];
  /** What is still to be given back. */
  readonly giveBack: Money;
  readonly policy: ReturnPolicy;
}

/**
 * The ways in which money may be given back, as the policy offers them: to each payment of the purchases that come back no more than it paid and than comes back of its purchase, over
 * all their returns. Goods without a receipt are given back as the policy for such says. What no way can take is given as credit: the customer always gets their money.
 */
export function refundRoutes({
  giveBackInCash,
  ...whole
}: Scene & {
  /** All that is still to be given back in coins that there are. */
  readonly giveBackInCash: Money;
}): readonly RefundRoute[] {
  if (whole.giveBack.minor <= 0) return [];
  const points = pointsRoutes(whole);
  const asPoints = sumMoney(
    points.map(({ most }) => most),
    whole.giveBack.currency,
  );
  // Points are no money: nobody changes them into coins by bringing goods back.
  const scene: Scene = { ...whole, giveBack: subtractMoney(whole.giveBack, asPoints) };
  // Coins are rounded only where all of it goes as coins.
  const inCash = asPoints.minor > 0 ? scene.giveBack : giveBackInCash;
  return [...points, ...moneyRoutes({ ...scene, giveBackInCash: inCash })];
}

function moneyRoutes({
  giveBackInCash,
  ...scene
}: Scene & { readonly giveBackInCash: Money }): readonly RefundRoute[] {
  const { giveBack, policy } = scene;
  if (giveBack.minor <= 0) return [];
  const asked = policy.refundTo.flatMap((way) => routesOf(way, scene));
  const possible = asked.filter(({ most }) => most.minor > 0);
  const offered = merged(policy.inOrder ? inOrder(possible, policy.refundTo, giveBack) : possible);
  const inCoins = offered.flatMap((route): RefundRoute[] => {
    if (route.kind !== "cash" || route.most.minor !== giveBack.minor) return [route];
    return giveBackInCash.minor > 0 ? [{ ...route, most: giveBackInCash }] : [];
  });
  return [...inCoins, ...restAsCredit(offered, giveBack)];
}

function restAsCredit(offered: readonly RefundRoute[], giveBack: Money): readonly RefundRoute[] {
  const taken = sumMoney(
    offered.map(({ most }) => most),
    giveBack.currency,
  );
  const isOffered = offered.some(({ kind }) => kind === "credit");
  if (isOffered || taken.minor >= giveBack.minor) return [];
  return [{ way: "credit", kind: "credit", most: subtractMoney(giveBack, taken) }];
}

function routesOf(way: RefundWay, scene: Scene): readonly RefundRoute[] {
  switch (way) {
    case "credit":
      return [{ way, kind: "credit", most: scene.giveBack }];
    case "cash":
      return [{ way, kind: "cash", most: mostCash(scene) }];
    case "original":
      return originalRoutes(scene);
  }
}

/** What may go any way: all but the part that goods without a receipt brought, where they bring credit only. */
function freeOf(scene: Scene): Money {
  const { refunds, giveBack, policy } = scene;
  const { currency } = giveBack;
  if (policy.withoutReceipt?.creditOnly !== true) return giveBack;
  const credited = sumMoney(
    refunds.flatMap(({ to, amount }) => (to.kind === "credit" ? [amount] : [])),
    currency,
  );
  const stillBound = Math.max(0, backUnreceipted(scene) - credited.minor);
  return money(Math.max(0, giveBack.minor - stillBound), currency);
}

function mostCash(scene: Scene): Money {
  const { policy, refunds, giveBack } = scene;
  const free = lesserMoney(freeOf(scene), paidInMoney(scene));
  if (policy.maxCash === null) return free;
  const paid = comingBack(scene).flatMap(({ standing }) => paymentsOf(standing));
  const inCash = paid.reduce((sum, each) => (each.kind === "cash" ? sum + each.left.minor : sum), 0);
  const gone = refunds.reduce((sum, { to, amount }) => (to.kind === "cash" ? sum + amount.minor : sum), 0);
  const most = Math.max(0, inCash + policy.maxCash.minor - gone);
  return lesserMoney(money(most, giveBack.currency), free);
}

/** The most that goes back as money, over all ways: what of it was paid in money, less what went back as money already. Goods without a receipt count as paid in money, unless they bring credit only. */
export function paidInMoney(scene: Scene): Money {
  const { refunds, giveBack, policy } = scene;
  const known = comingBack(scene).reduce((sum, each) => sum + backInMoney(each).minor, 0);
  const unknown = policy.withoutReceipt?.creditOnly === true ? 0 : backUnreceipted(scene);
  const gone = refunds.reduce((sum, { to, amount }) => (isInGoods(to.kind) ? sum : sum + amount.minor), 0);
  return money(Math.max(0, known + unknown - gone), giveBack.currency);
}

/** What was paid with points goes back as points first, wherever the policy gives back as it was paid. */
function pointsRoutes(scene: Scene): readonly RefundRoute[] {
  if (!scene.policy.refundTo.includes("original")) return [];
  let left = freeOf(scene);
  return paidRoutes(scene, left).flatMap((route): RefundRoute[] => {
    if (route.kind !== "points") return [];
    const most = lesserMoney(route.most, left);
    left = subtractMoney(left, most);
    return most.minor > 0 ? [{ ...route, most }] : [];
  });
}

/** As money no more than was paid in money, whichever payment still has something open: an exchange may have paid part of it out with other goods. */
function originalRoutes(scene: Scene): readonly RefundRoute[] {
  const inMoney = paidInMoney(scene);
  return paidRoutes(scene, freeOf(scene)).flatMap((route): RefundRoute[] => {
    if (route.kind === "points") return [];
    return [route.kind === "credit" ? route : { ...route, most: lesserMoney(route.most, inMoney) }];
  });
}

/** What may go back to a payment, over all the purchases that it paid. */
interface PaidRoute extends Pick<OpenPayment, "kind" | "payment"> {
  readonly most: Money;
  readonly points: number;
}

function paidRoutes(scene: Scene, free: Money): readonly RefundRoute[] {
  const { currency } = free;
  const byName = new Map<string, PaidRoute>();
  for (const { standing, back } of comingBack(scene)) {
    const { minor } = settledLeft(standing);
    const inMoney = backInMoney({ standing, back });
    for (const each of paymentsOf(standing)) {
      const { kind, payment, left } = each;
      const name = `${kind} ${payment}`;
      const most = isInGoods(kind) ? back : inMoney;
      const own = money(Math.max(0, Math.min(left.minor, most.minor, minor)), currency);
      const so = byName.get(name) ?? { most: zeroMoney(currency), points: 0 };
      byName.set(name, {
        kind,
        payment,
        most: addMoney(so.most, own),
        points: so.points + pointsFor(each, own),
      });
    }
  }
  return [...byName.values()].flatMap(({ kind, payment, most, points }) => {
    const gone = scene.refunds.filter(
      ({ to }) => to.kind === kind && (paymentOfRefund(to) ?? payment) === payment,
    );
    const open = gone.reduce((left, { amount }) => subtractMoney(left, amount), most);
    const pointsOpen = gone.reduce(
      (left, { to }) => (to.kind === "points" ? left - to.points : left),
      points,
    );
    return originalRoute({ kind, payment, points: pointsOpen, paid: open }, lesserMoney(open, free));
  });
}

function originalRoute(
  { kind, payment, points, paid }: Omit<OpenPayment, "left">,
  most: Money,
): readonly RefundRoute[] {
  const way = "original";
  if (kind === "cash" || kind === "credit") return [{ way, kind, most }];
  if (payment === null) return [];
  if (kind === "points") return [{ way, kind, most, customer: idOf<"Customer">(payment), points, paid }];
  return kind === "card"
    ? [{ way, kind, most, paidBy: payment }]
    : [{ way, kind, most, order: idOf<"Order">(payment) }];
}

/** Only the first ways that together can take all of it; a later one takes what they leave. */
function inOrder(
  routes: readonly RefundRoute[],
  ways: readonly RefundWay[],
  giveBack: Money,
): readonly RefundRoute[] {
  let left = giveBack;
  return ways.flatMap((way) => {
    const own = routes.filter((route) => route.way === way);
    const offered = own.map((route) => ({ ...route, most: lesserMoney(route.most, left) }));
    const takes = sumMoney(
      own.map(({ most }) => most),
      giveBack.currency,
    );
    left = takes.minor >= left.minor ? zeroMoney(giveBack.currency) : subtractMoney(left, takes);
    return offered.filter(({ most }) => most.minor > 0);
  });
}

function nameOf(route: RefundRoute): string {
  switch (route.kind) {
    case "card":
      return `card ${route.paidBy}`;
    case "online":
      return `online ${route.order}`;
    case "points":
      return `points ${route.customer}`;
    case "cash":
    case "credit":
      return route.kind;
  }
}

/** One route for each payment that money can go to: the most that any of the policy's ways lets through. */
function merged(routes: readonly RefundRoute[]): readonly RefundRoute[] {
  const byName = new Map<string, RefundRoute>();
  for (const route of routes) {
    const known = byName.get(nameOf(route));
    if (known === undefined) byName.set(nameOf(route), route);
    else if (known.most.minor < route.most.minor) byName.set(nameOf(route), { ...known, most: route.most });
  }
  return [...byName.values()];
}

/** Why money may not be given back this way; null when it may. Where there is one card only, it need not be named. */
export function routeRefusal(
  routes: readonly RefundRoute[],
  { amount, to }: Pick<RefundTender, "amount" | "to">,
): "notThisWay" | "tooMuchThisWay" | null {
  const ofKind = routes.filter(({ kind }) => kind === to.kind);
  const asked = paymentOfRefund(to);
  const isOnly = asked === null && ofKind.length === 1;
  const fitting = ofKind.find((route) => isOnly || nameOf(route) === nameOfRefund(to));
  if (fitting === undefined) return "notThisWay";
  return amount.minor > fitting.most.minor ? "tooMuchThisWay" : null;
}

function nameOfRefund(to: RefundTender["to"]): string {
  const payment = paymentOfRefund(to);
  return payment === null ? to.kind : `${to.kind} ${payment}`;
}
