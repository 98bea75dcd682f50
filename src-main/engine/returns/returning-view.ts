import type { ImageHash, StaffId, StoreId, VariantId } from "#domain/ids.ts";
import { negateMoney, sumMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import { type Currency, type Money, money } from "#domain/money/money.ts";
import { type ReturnObstacle, standingInTheWay } from "#domain/returns/judge.ts";
import { isSamePurchase, type Purchase, type PurchasedLine } from "#domain/returns/purchase.ts";
import { piecesLeft } from "#domain/returns/refund.ts";
import type { RefundRoute } from "#domain/returns/refund-routes.ts";
import { isRefundedTwice, type Standing } from "#domain/returns/returned.ts";
import type { BasketReturn, Returning } from "#domain/returns/returning.ts";
import { withTax } from "#domain/returns/with-tax.ts";
import type { TaxMode } from "#domain/tax/tax.ts";
import type { TicketLine } from "#domain/ticket/ticket.ts";
import type {
  ObstacleView,
  PurchaseLineView,
  PurchaseView,
  RefundRouteView,
  ReturningView,
} from "#protocol/till/returns.ts";

/** What showing what comes back takes besides it. */
export interface ReturningScene {
  /** The priced lines of the basket's ticket. */
  readonly lines: readonly TicketLine[];
  readonly mode: TaxMode;
  readonly currency: Currency;
  readonly obstacles: readonly ReturnObstacle[];
  readonly routes: readonly RefundRoute[];
  readonly mayWithoutReceipt: boolean;
  readonly leaseOf: (ref: Purchase["ref"]) => PurchaseView["lease"];
  readonly imageOf: (variant: VariantId) => ImageHash | null;
  readonly storeNameOf: (store: StoreId) => string | null;
  readonly customerNameOf: (customer: Purchase["customer"]) => string | null;
  readonly staffNameOf: (staff: StaffId) => string;
}

/** What comes back with a basket as the screen shows it; its standings as they are now. */
export function returningView(returning: Returning, scene: ReturningScene): ReturningView {
  const { lines, obstacles, routes, mayWithoutReceipt } = scene;
  const { override, identity } = returning;
  const inTheWay = new Set(standingInTheWay(obstacles, returning));
  return {
    purchases: returning.standings.map((standing) => purchaseView(standing, returning, scene)),
    unreceipted: returning.lines.flatMap((line) => unreceiptedView(line, scene)),
    refund: negateMoney(worthOf(lines, "return", scene)),
    repriced: worthOf(lines, "repriced", scene),
    obstacles: obstacles.map((each) => obstacleView(each, !inTheWay.has(each))),
    override:
      override === null
        ? null
        : { managerName: scene.staffNameOf(override.manager), reason: override.reason },
    identity,
    routes: routes.map((route) => routeView(route, returning)),
    mayWithoutReceipt,
  };
}

function worthOf(
  lines: readonly TicketLine[],
  kind: "return" | "repriced",
  { mode, currency }: ReturningScene,
): Money {
  return sumMoney(
    lines.filter((line) => line.kind === kind).map((line) => withTax(line, mode)),
    currency,
  );
}

function purchaseView(standing: Standing, returning: Returning, scene: ReturningScene): PurchaseView {
  const { purchase, returned } = standing;
  const { ref, number, channel, at, store, customer } = purchase;
  const nameOf = (where: StoreId | null) => (where === null ? null : scene.storeNameOf(where));
  return {
    ref,
    number,
    channel,
    at,
    storeName: nameOf(store),
    customerName: scene.customerNameOf(customer),
    lease: scene.leaseOf(ref),
    flagged: returned.flagged || isRefundedTwice(standing),
    lines: purchase.lines.map((line) => lineView(line, standing, returning, scene)),
    before: returned.acts
      .toSorted((a, b) => b.at - a.at)
      .map((act) => ({ at: act.at, storeName: nameOf(act.store), amount: act.settled })),
    repriced: scene.lines.flatMap((line) =>
      line.kind === "repriced" && isSamePurchase(line.of.purchase, ref)
        ? [{ name: line.name === "" ? line.sku : line.name, amount: withTax(line, scene.mode) }]
        : [],
    ),
  };
}

function lineView(
  line: PurchasedLine,
  standing: Standing,
  returning: Returning,
  scene: ReturningScene,
): PurchaseLineView {
  const { purchase } = standing;
  const { position, sku, name, options, variant, quantity, returnBy } = line;
  const chosen = returning.lines.find(
    (each) =>
      each.kind === "receipted" &&
      each.of.position === position &&
      isSamePurchase(each.of.purchase, purchase.ref),
  );
  return {
    position,
    sku,
    name: name === "" ? sku : name,
    options: [...options],
    image: variant === null ? null : scene.imageOf(variant),
    bought: quantity,
    left: piecesLeft(standing, line),
    paidEach: each(withTax(line, purchase.taxMode), quantity),
    returnBy,
    chosen:
      chosen === undefined ? null : { line: chosen.id, ...goodsOf(chosen), refund: refundOf(chosen, scene) },
  };
}

function each({ minor, currency }: Money, pieces: number): Money {
  return money(pieces === 0 ? 0 : Math.floor(minor / pieces), currency);
}

function goodsOf({ quantity, reason, condition, disposition }: BasketReturn) {
  return { quantity, reason, condition, disposition };
}

function refundOf({ id }: BasketReturn, { lines, mode, currency }: ReturningScene): Money {
  const line = lines.find((priced) => priced.id === id);
  return line === undefined ? zeroMoney(currency) : negateMoney(withTax(line, mode));
}

function unreceiptedView(line: BasketReturn, scene: ReturningScene): ReturningView["unreceipted"] {
  if (line.kind === "receipted") return [];
  const { id, variant, sku, name, options, unitPrice } = line;
  return [
    {
      line: id,
      sku,
      name,
      options: [...options],
      image: scene.imageOf(variant),
      ...goodsOf(line),
      unitPrice,
      refund: refundOf(line, scene),
    },
  ];
}

function obstacleView(obstacle: ReturnObstacle, isSettled: boolean): ObstacleView {
  const { why, way, line } = obstacle;
  return {
    why,
    way,
    line,
    day: "day" in obstacle ? obstacle.day : null,
    limit: "limit" in obstacle ? obstacle.limit : null,
    left: "left" in obstacle ? obstacle.left : null,
    isSettled,
  };
}

function routeView(route: RefundRoute, { standings }: Returning): RefundRouteView {
  const { way, kind, most } = route;
  if (route.kind === "card") return { way, kind, most, paidBy: route.paidBy, order: null };
  if (route.kind === "points") return { way, kind, most, paidBy: route.customer, order: null };
  if (route.kind !== "online") return { way, kind, most, paidBy: null, order: null };
  const { order } = route;
  const paid = standings.find(({ purchase }) => purchase.ref.id === order);
  return { way, kind, most, paidBy: paid?.purchase.number ?? null, order };
}
