import type { LineId } from "#domain/ids.ts";
import { negateMoney, sumMoney } from "#domain/money/arithmetic.ts";
import type { ReturnObstacle } from "#domain/returns/judge.ts";
import { standingInTheWay } from "#domain/returns/judge.ts";
import { isSamePurchase } from "#domain/returns/purchase.ts";
import { piecesLeft } from "#domain/returns/refund.ts";
import type { RefundRoute } from "#domain/returns/refund-routes.ts";
import { isRefundedTwice, type Standing } from "#domain/returns/returned.ts";
import type { Returning } from "#domain/returns/returning.ts";
import type { TicketLine } from "#domain/ticket/ticket.ts";
import type {
  ObstacleView,
  PurchaseSummary,
  PurchaseView,
  RefundRouteView,
  ReturningView,
} from "#protocol/till/returns.ts";
import { customerName, storeName } from "./fake-purchases.ts";
import { CURRENCY, euros, JOHANNA } from "./fake-shop.ts";

export interface ReturningParts {
  readonly returning: Returning;
  /** The basket's, priced. */
  readonly lines: readonly TicketLine[];
  readonly obstacles: readonly ReturnObstacle[];
  readonly routes: readonly RefundRoute[];
  readonly leaseOf: (standing: Standing) => PurchaseView["lease"];
  readonly mayWithoutReceipt: boolean;
}

/** What comes back with a basket, as the register shows it. */
export function returningView(parts: ReturningParts): ReturningView {
  const { returning, lines, obstacles, routes, mayWithoutReceipt } = parts;
  const inTheWay = standingInTheWay(obstacles, returning);
  return {
    purchases: returning.standings.map((standing) => purchaseView(standing, parts)),
    unreceipted: returning.lines.flatMap((line) => {
      if (line.kind !== "unreceipted") return [];
      const { id, kind: _, variant: __, taxClass: ___, options, ...shown } = line;
      return [{ ...shown, line: id, options: [...options], image: null, refund: refundOf(lines, id) }];
    }),
    refund: sumMoney(
      lines.flatMap((line) => (line.kind === "return" ? [negateMoney(line.total)] : [])),
      CURRENCY,
    ),
    repriced: sumMoney(
      lines.flatMap((line) => (line.kind === "repriced" ? [line.total] : [])),
      CURRENCY,
    ),
    obstacles: obstacles.map((each) => obstacleView(each, !inTheWay.includes(each))),
    override:
      returning.override === null ? null : { managerName: JOHANNA.name, reason: returning.override.reason },
    identity: returning.identity,
    routes: routes.map(routeView),
    mayWithoutReceipt,
  };
}

function purchaseView(standing: Standing, { returning, lines, leaseOf }: ReturningParts): PurchaseView {
  const { purchase, returned } = standing;
  return {
    ref: purchase.ref,
    number: purchase.number,
    channel: purchase.channel,
    at: purchase.at,
    storeName: storeName(purchase.store),
    customerName: customerName(purchase),
    lease: leaseOf(standing),
    flagged: isFlagged(standing),
    lines: purchase.lines.map((bought) => {
      const chosen = returning.lines.find(
        (line) =>
          line.kind === "receipted" &&
          isSamePurchase(line.of.purchase, purchase.ref) &&
          line.of.position === bought.position,
      );
      return {
        position: bought.position,
        sku: bought.sku,
        name: bought.name,
        options: [...bought.options],
        image: null,
        bought: bought.quantity,
        left: piecesLeft(standing, bought),
        paidEach: euros(Math.floor(bought.total.minor / bought.quantity)),
        returnBy: bought.returnBy,
        chosen:
          chosen === undefined
            ? null
            : {
                line: chosen.id,
                quantity: chosen.quantity,
                reason: chosen.reason,
                condition: chosen.condition,
                disposition: chosen.disposition,
                refund: refundOf(lines, chosen.id),
              },
      };
    }),
    before: returned.acts
      .map(({ at, store, settled }) => ({ at, storeName: storeName(store), amount: settled }))
      .toSorted((a, b) => b.at - a.at),
    repriced: lines.flatMap((line) =>
      line.kind === "repriced" && isSamePurchase(line.of.purchase, purchase.ref)
        ? [{ name: line.name, amount: line.total }]
        : [],
    ),
  };
}

function refundOf(lines: readonly TicketLine[], id: LineId) {
  return negateMoney(lines.find((line) => line.id === id)?.total ?? euros(0));
}

function obstacleView(obstacle: ReturnObstacle, isSettled: boolean): ObstacleView {
  return {
    why: obstacle.why,
    way: obstacle.way,
    line: obstacle.line,
    day: "day" in obstacle ? obstacle.day : null,
    limit: "limit" in obstacle ? obstacle.limit : null,
    left: "left" in obstacle ? obstacle.left : null,
    isSettled,
  };
}

function routeView(route: RefundRoute): RefundRouteView {
  return {
    way: route.way,
    kind: route.kind,
    most: route.most,
    paidBy: route.kind === "card" ? route.paidBy : route.kind === "online" ? route.order.slice(6) : null,
    order: route.kind === "online" ? route.order : null,
  };
}

/** A purchase as a list of found ones shows it. */
export function purchaseSummary(standing: Standing): PurchaseSummary {
  const { purchase } = standing;
  return {
    ref: purchase.ref,
    number: purchase.number,
    channel: purchase.channel,
    at: purchase.at,
    storeName: storeName(purchase.store),
    paid: purchase.settled,
    pieces: purchase.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    names: purchase.lines.slice(0, 3).map(({ name }) => name),
    customerName: customerName(purchase),
    isAllBack: purchase.lines.every((line) => piecesLeft(standing, line) === 0),
    flagged: isFlagged(standing),
  };
}

function isFlagged(standing: Standing): boolean {
  return standing.returned.flagged || isRefundedTwice(standing);
}
