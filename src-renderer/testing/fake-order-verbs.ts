import { instant } from "#domain/ids.ts";
import { ok, refused } from "#domain/result.ts";
import { BASKET_QR_PREFIX } from "#domain/scan/tell-apart.ts";
import type { Verb, VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import { type FakeOrders, OTHER_STORES } from "./fake-orders.ts";
import type { FakeRegister } from "./fake-register.ts";
import { item } from "./fake-shop.ts";

/** A basket that a customer began online; its QR is this with `OTB:` before it. */
export const ONLINE_BASKET = "WQ7K-3MFD";

type OrderVerb =
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
  | "sendBasket";
type OrderVerbs = { readonly [V in OrderVerb & Verb]: (args: VerbParsedArgs<V>) => VerbAnswer<V> };

/** The fake engine's verbs of orders. */
export function orderVerbs({
  orders,
  register,
  hasPrinter,
}: {
  readonly orders: FakeOrders;
  readonly register: FakeRegister;
  readonly hasPrinter: () => boolean;
}): OrderVerbs {
  return {
    acceptOrder: ({ fulfilment }) => orders.accept(fulfilment),
    declineOrder: ({ fulfilment, reason }) => orders.decline(fulfilment, reason),
    startPicking: ({ fulfilment }) => orders.startPicking(fulfilment),
    stopPicking: ({ fulfilment }) => orders.stopPicking(fulfilment),
    pickScan: ({ fulfilment, code }) => orders.pickScan(fulfilment, code),
    pickCount: ({ fulfilment, line, quantity }) => orders.pickCount({ id: fulfilment, line, quantity }),
    finishPicking: (args) => orders.finishPicking(args),
    findOrders: ({ text }) => orders.search(text),
    handOver: (args) => orders.handOver(args, (order, handOver) => register.collect(order, handOver)),
    stopCollecting: () => register.stopCollecting(),
    shipOrder: (args) => orders.ship(args),
    restockOrder: ({ fulfilment }) => orders.restock(fulfilment),
    printPickSlip: () => (hasPrinter() ? ok({}) : refused("noPrinter")),
    orderBasket: (wish) => register.order(wish),
    elsewhere: () =>
      orders.isOnline
        ? ok(OTHER_STORES.map((each) => ({ ...each, asOf: instant(Date.now() - 4 * 60_000) })))
        : refused("offline"),
    fetchBasket: ({ code }) => {
      if (!orders.isOnline) return refused("offline");
      if (register.view.lines.length > 0) return refused("basketNotEmpty");
      const bare = code.startsWith(BASKET_QR_PREFIX) ? code.slice(BASKET_QR_PREFIX.length) : code;
      if (bare.toUpperCase() !== ONLINE_BASKET) return refused("noSuchBasket");
      register.ring(item("MUG"), 2);
      return register.ring(item("OIL"), 1);
    },
    sendBasket: () => {
      if (!orders.isOnline) return refused("offline");
      if (register.view.lines.length === 0) return refused("emptyBasket");
      return ok({ code: ONLINE_BASKET, link: `https://shop.example/basket/${ONLINE_BASKET}` });
    },
  };
}
