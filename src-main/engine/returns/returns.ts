import type { StoreId } from "#domain/ids.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { CustomerBook } from "../customers/customer-book.ts";
import type { OrderBook } from "../orders/order-book.ts";
import type { BasketShelf } from "../shop/basket-shelf.ts";
import type { Baskets } from "../shop/baskets.ts";
import type { Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { Turns } from "../shop/turns.ts";
import type { VerbTable } from "../till-service.ts";
import { OwnJournal } from "./own-journal.ts";
import { PurchaseIndex } from "./purchase-index.ts";
import { PurchaseSearch } from "./purchase-search.ts";
import type { ReceiptCodes } from "./receipt-codes.ts";
import { ReturnDesk } from "./return-desk.ts";
import { ReturnJudge } from "./return-judge.ts";
import { ReturnLeases } from "./return-leases.ts";
import { Standings } from "./standings.ts";

type ReturnVerb =
  | "findPurchases"
  | "openReturn"
  | "chooseReturn"
  | "returnWithoutReceipt"
  | "dropReturn"
  | "approveReturn"
  | "noteIdentity"
  | "stopReturn";

/** What baskets and sales ask of returns, before the verbs are put together over them. */
export interface ReturnParts {
  readonly own: OwnJournal;
  readonly standings: Standings;
  readonly leases: ReturnLeases;
  readonly judge: ReturnJudge;
  readonly index: PurchaseIndex;
}

export function openReturnParts(
  ports: ShopPorts,
  parts: { readonly session: Session; readonly shelf: BasketShelf },
): ReturnParts {
  const own = new OwnJournal(ports);
  const standings = new Standings(ports, own);
  const leases = new ReturnLeases(ports, { ...parts, own });
  const judge = new ReturnJudge(ports, { standings, leases });
  return { own, standings, leases, judge, index: new PurchaseIndex(ports) };
}

/** Puts the verbs of returns together over the shop's parts. */
export function returnVerbs(
  ports: ShopPorts,
  parts: ReturnParts & {
    readonly session: Session;
    readonly shelf: BasketShelf;
    readonly baskets: Baskets;
    readonly catalog: Catalog;
    readonly turns: Turns;
    readonly book: OrderBook;
    readonly customers: CustomerBook;
    readonly codes: Pick<ReceiptCodes, "read">;
    readonly storeNameOf: (store: StoreId) => string | null;
  },
): Pick<VerbTable, ReturnVerb> {
  const search = new PurchaseSearch(ports, parts);
  const desk = new ReturnDesk(ports, { ...parts, search });
  return {
    findPurchases: (args) => search.find(args),
    openReturn: (args) => desk.open(args),
    chooseReturn: (args) => desk.choose(args),
    returnWithoutReceipt: (args) => desk.withoutReceipt(args),
    dropReturn: (args) => desk.drop(args),
    approveReturn: (args) => desk.approve(args),
    noteIdentity: (args) => desk.noteIdentity(args),
    stopReturn: () => desk.stop(),
  };
}

export function closeReturnParts({ standings, leases, index }: ReturnParts): void {
  standings.close();
  leases.close();
  index.close();
}
