import type { OrderId } from "../ids.ts";
import { lesserMoney, negateMoney, subtractMoney, sumMoney, zeroMoney } from "../money/arithmetic.ts";
import { type Money, money } from "../money/money.ts";
import type { RefundTender, TicketLine } from "../ticket/ticket.ts";
import type { RefundWay, ReturnPolicy } from "./policy.ts";
import type { PaidWith } from "./purchase.ts";
import { type Standing, settledLeft } from "./returned.ts";

/** One way to give money back, and the most that goes that way now. */
export type RefundRoute = {
  readonly way: RefundWay;
  readonly most: Money;
} & (
  | { readonly kind: "cash" | "credit" }
  /** To the card that it was paid with, by the approval code of then. */
  | { readonly kind: "card"; readonly paidBy: string }
  | { readonly kind: "online"; readonly order: OrderId }
);

/**
 * The ways in which `giveBack` may be given back, as the policy offers them. Goods without a receipt are given back as the policy for such says; what was given
 * back with this ticket already (`refunds`) counts against the ways it went.
 */
export function refundRoutes({
  standings,
  lines,
  refunds,
  giveBack,
  giveBackInCash,
  policy,
}: {
  readonly standings: readonly Standing[];
  /** The priced ones of the ticket. */
  readonly lines: readonly TicketLine[];
  readonly refunds: readonly RefundTender[];
  /** What is still to be given back, exactly and, where all of it goes in cash, in coins that there are. */
  readonly giveBack: Money;
  readonly giveBackInCash: Money;
  readonly policy: ReturnPolicy;
}): readonly RefundRoute[] {
  if (giveBack.minor <= 0) return [];
  const free = withoutCreditOnly({ lines, refunds, giveBack, policy });
  const asked = policy.refundTo.flatMap((way) =>
    routesOf({ way, standings, refunds, giveBack, free, policy }),
  );
  const possible = asked.filter(({ most }) => most.minor > 0);
  const offered = merged(policy.inOrder ? inOrder(possible, policy.refundTo, giveBack) : possible);
  return offered.map((route) =>
    route.kind === "cash" && route.most.minor === giveBack.minor ? { ...route, most: giveBackInCash } : route,
  );
}

/** What may go any way: all but the part that goods without a receipt brought, where they bring credit only. */
function withoutCreditOnly({
  lines,
  refunds,
  giveBack,
  policy,
}: {
  readonly lines: readonly TicketLine[];
  readonly refunds: readonly RefundTender[];
  readonly giveBack: Money;
  readonly policy: ReturnPolicy;
}): Money {
  const { currency } = giveBack;
  if (policy.withoutReceipt?.creditOnly !== true) return giveBack;
  const bound = sumMoney(
    lines.flatMap((line) => (line.kind === "return" && line.of === null ? [negateMoney(line.total)] : [])),
    currency,
  );
  const credited = givenTo(refunds, "credit", giveBack);
  const stillBound = money(Math.max(0, bound.minor - credited.minor), currency);
  return money(Math.max(0, giveBack.minor - stillBound.minor), currency);
}

function routesOf({
  way,
  standings,
  refunds,
  giveBack,
  free,
  policy,
}: {
  readonly way: RefundWay;
  readonly standings: readonly Standing[];
  readonly refunds: readonly RefundTender[];
  readonly giveBack: Money;
  readonly free: Money;
  readonly policy: ReturnPolicy;
}): readonly RefundRoute[] {
  switch (way) {
    case "credit":
      return [{ way, kind: "credit", most: giveBack }];
    case "cash": {
      const { maxCash } = policy;
      if (maxCash === null) return [{ way, kind: "cash", most: free }];
      const inCash = paidInCash(standings, giveBack);
      const open = inCash.minor + maxCash.minor - givenTo(refunds, "cash", giveBack).minor;
      return [{ way, kind: "cash", most: lesserMoney(money(Math.max(0, open), giveBack.currency), free) }];
    }
    case "original":
      return standings.flatMap((standing) => originalRoutes(standing, refunds, free));
  }
}

function originalRoutes(
  standing: Standing,
  refunds: readonly RefundTender[],
  free: Money,
): readonly RefundRoute[] {
  const left = settledLeft(standing);
  return standing.purchase.paidWith.map((paid) => {
    const open = subtractMoney(lesserMoney(paid.amount, left), givenTo(refunds, paid.kind, free));
    return originalRoute(paid, lesserMoney(open, free));
  });
}

function originalRoute(paid: PaidWith, most: Money): RefundRoute {
  const way = "original";
  switch (paid.kind) {
    case "cash":
    case "credit":
      return { way, kind: paid.kind, most };
    case "card":
      return { way, kind: "card", most, paidBy: paid.approvalCode };
    case "online":
      return { way, kind: "online", most, order: paid.order };
  }
}

function paidInCash(standings: readonly Standing[], { currency }: Money): Money {
  return sumMoney(
    standings.flatMap(({ purchase }) =>
      purchase.paidWith.flatMap((paid) => (paid.kind === "cash" ? [paid.amount] : [])),
    ),
    currency,
  );
}

function givenTo(refunds: readonly RefundTender[], kind: PaidWith["kind"], { currency }: Money): Money {
  return sumMoney(
    refunds.flatMap(({ to, amount }) => (to.kind === kind ? [amount] : [])),
    currency,
  );
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

/** One route for each way that money can go: the most that any of the policy's ways lets through. */
function merged(routes: readonly RefundRoute[]): readonly RefundRoute[] {
  const byName = new Map<string, RefundRoute>();
  for (const route of routes) {
    const name =
      route.kind === "card"
        ? `card:${route.paidBy}`
        : route.kind === "online"
          ? `online:${route.order}`
          : route.kind;
    const known = byName.get(name);
    if (known === undefined) byName.set(name, route);
    else if (known.most.minor < route.most.minor) byName.set(name, { ...known, most: route.most });
  }
  return [...byName.values()];
}

/** Why money may not be given back this way; null when it may. */
export function routeRefusal(
  routes: readonly RefundRoute[],
  { amount, to }: Pick<RefundTender, "amount" | "to">,
): "notThisWay" | "tooMuchThisWay" | null {
  const fitting = routes.filter(
    (route) =>
      route.kind === to.kind && (route.kind !== "online" || to.kind !== "online" || route.order === to.order),
  );
  if (fitting.length === 0) return "notThisWay";
  return fitting.every(({ most }) => amount.minor > most.minor) ? "tooMuchThisWay" : null;
}
