import type { StoreOrder } from "#domain/orders/order.ts";
import type { Verb, VerbAnswer } from "#protocol/till/contract.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { BasketShelf } from "../shop/basket-shelf.ts";
import type { Baskets } from "../shop/baskets.ts";
import { both } from "../shop/changes.ts";
import type { Printing } from "../shop/printing.ts";
import type { Ringing } from "../shop/ringing.ts";
import type { Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { Turns } from "../shop/turns.ts";
import type { VerbTable, ViewSource } from "../till-service.ts";
import { findOrders } from "./find-orders.ts";
import { HandOut } from "./hand-out.ts";
import { HandOutsInFront } from "./hand-outs-in-front.ts";
import type { KnownStores } from "./known-stores.ts";
import { LeaseKeeper } from "./lease-keeper.ts";
import type { Leases } from "./leases.ts";
import { OrderBaskets } from "./order-baskets.ts";
import type { OrderBook } from "./order-book.ts";
import { OrderDesk } from "./order-desk.ts";
import { LiveOrders } from "./orders-view.ts";
import { OtherSide } from "./other-side.ts";
import { PickCounts } from "./pick-counts.ts";
import { Picking } from "./picking.ts";
import { Shipping } from "./shipping.ts";
import { Slips } from "./slips.ts";

/** Orders that a search answers at most. */
const MAX_FOUND = 50;

type OrderVerb = Extract<
  Verb,
  | "acceptOrder"
  | "declineOrder"
  | "startPicking"
  | "stopPicking"
  | "pickScan"
  | "pickCount"
  | "finishPicking"
  | "findOrders"
  | "handOver"
  | "stopCollecting"
  | "shipOrder"
  | "restockOrder"
  | "printPickSlip"
  | "orderBasket"
  | "elsewhere"
  | "fetchBasket"
  | "sendBasket"
>;

/** What the till can do with orders. */
export interface Orders {
  readonly verbs: Pick<VerbTable, OrderVerb>;
  readonly view: ViewSource<"orders">;
  close(): void;
}

/** An order that this till has not heard of yet may still come: after a first sync that was cut off, say. */
function isBeingPicked(order: StoreOrder | null): boolean {
  if (order === null) return true;
  const { state } = order.fulfilment;
  return state === "allocated" || state === "accepted" || state === "picking" || state === "short";
}

/** Puts the parts of orders together over the shop's; what was counted before a restart is back. */
export async function openOrders(
  ports: ShopPorts,
  shop: {
    readonly session: Session;
    readonly shelf: BasketShelf;
    readonly baskets: Baskets;
    readonly printing: Printing;
    readonly catalog: Catalog;
    readonly ringing: Ringing;
    readonly turns: Turns;
    readonly book: OrderBook;
    readonly leases: Leases;
    readonly stores: KnownStores;
  },
): Promise<Orders> {
  const { session, book, leases } = shop;
  const counts = new PickCounts(ports);
  const desk = new OrderDesk({ ports, counts, ...shop });
  const slips = new Slips(ports, shop);
  const picking = new Picking({ desk, counts, slips, catalog: shop.catalog });
  const orderBaskets = new OrderBaskets(ports, shop);
  const handOut = new HandOut(ports, { session, desk, leases, baskets: orderBaskets });
  const inFront = new HandOutsInFront(ports, { session, shelf: shop.shelf });
  const shipping = new Shipping(ports, { desk, slips });
  const otherSide = new OtherSide(ports, shop);
  const live = new LiveOrders(ports, { session, book, leases, desk, counts });
  await counts.load();
  const tidy = (): void => void counts.keepOnly((fulfilment) => isBeingPicked(book.get(fulfilment)));
  tidy();
  const untidy = book.watch(tidy);
  const keeper = new LeaseKeeper({
    ports,
    book,
    leases,
    begun: inFront.begun(),
    isHandingOut: (fulfilment) => handOut.isUnderWay(fulfilment) || inFront.isAttended(fulfilment),
    watchHandingOut: (onChange) => both(handOut.watch(onChange), inFront.watch(onChange)),
  });
  keeper.look();
  return {
    verbs: {
      acceptOrder: (args) => picking.accept(args),
      declineOrder: (args) => picking.decline(args),
      startPicking: (args) => picking.start(args),
      stopPicking: (args) => picking.stop(args),
      pickScan: (args) => picking.scan(args),
      pickCount: (args) => picking.count(args),
      finishPicking: (args) => picking.finish(args),
      findOrders: async ({ text }): Promise<VerbAnswer<"findOrders">> =>
        session.onDuty() === null
          ? []
          : findOrders(book.all(), text)
              .slice(0, MAX_FOUND)
              .map((order) => desk.card(order)),
      handOver: (args) => handOut.handOver(args),
      stopCollecting: () => orderBaskets.stopCollecting(),
      shipOrder: (args) => shipping.ship(args),
      restockOrder: (args) => shipping.restock(args),
      printPickSlip: (args) => shipping.printPickSlip(args),
      orderBasket: (wish) => orderBaskets.order(wish),
      elsewhere: (args) => otherSide.elsewhere(args),
      fetchBasket: (args) => otherSide.fetchBasket(args),
      sendBasket: () => otherSide.sendBasket(),
    },
    view: live,
    close() {
      untidy();
      keeper.close();
      inFront.close();
      live.close();
      book.close();
    },
  };
}
