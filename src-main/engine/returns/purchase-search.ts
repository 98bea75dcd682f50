import type { StoreId } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { type Purchase, purchaseKey } from "#domain/returns/purchase.ts";
import { piecesLeft } from "#domain/returns/refund.ts";
import { isRefundedTwice, type Standing } from "#domain/returns/returned.ts";
import { fold } from "#domain/text/fold.ts";
import { MAX_PURCHASES_FOUND } from "#protocol/sync/purchases.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { PurchaseSummary } from "#protocol/till/returns.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { CustomerBook } from "../customers/customer-book.ts";
import type { Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import { inTime } from "./in-time.ts";
import type { OwnJournal } from "./own-journal.ts";
import { type PurchaseIndex, traitsOf } from "./purchase-index.ts";
import type { Standings } from "./standings.ts";
import {
  asksNothing,
  asksToServer,
  isWanted,
  numberedSo,
  type WantedPurchases,
  wantedPurchases,
} from "./wanted-purchases.ts";

/** Articles of a purchase that a list names. */
const NAMES_SHOWN = 3;

export interface SearchParts {
  readonly session: Session;
  readonly catalog: Pick<Catalog, "byCode">;
  readonly customers: Pick<CustomerBook, "search" | "nameOf" | "loaded">;
  readonly index: PurchaseIndex;
  readonly own: OwnJournal;
  readonly standings: Standings;
  readonly storeNameOf: (store: StoreId) => string | null;
}

/** Finds what was bought: in the replica and this till's own journal, and at the server while there is a connection. */
export class PurchaseSearch {
  readonly #ports: ShopPorts;
  readonly #parts: SearchParts;

  constructor(ports: ShopPorts, parts: SearchParts) {
    this.#ports = ports;
    this.#parts = parts;
  }

  /** Newest first, each once, with what is left of it. */
  async find(args: VerbParsedArgs<"findPurchases">): Promise<VerbAnswer<"findPurchases">> {
    const duty = this.#parts.session.permitted("returns.take");
    if (!duty.ok) return duty;
    const wanted = await wantedPurchases(args, this.#parts);
    if (asksNothing(wanted)) return ok({ purchases: [], askedServer: false });
    const [here, told] = await Promise.all([this.#here(wanted), this.#atServer(wanted)]);
    // The server's word stands for what both know, with what came back of it here on top.
    const byKey = new Map([...here, ...(told ?? [])].map((each) => [purchaseKey(each.purchase.ref), each]));
    const newest = [...byKey.values()].toSorted((a, b) => b.purchase.at - a.purchase.at);
    const shown = newest.slice(0, MAX_PURCHASES_FOUND);
    await this.#parts.customers.loaded;
    return ok({ purchases: shown.map((each) => this.#summary(each)), askedServer: told !== null });
  }

  /** Purchases of a receipt's or order's number, newest first; the server is asked where this till knows none. */
  async numbered(number: string): Promise<Result<readonly Purchase[], "noSuchPurchase">> {
    const wanted = numberedSo(number);
    const isIt = ({ purchase }: Standing): boolean => fold(purchase.number) === fold(number);
    const here = (await this.#here(wanted)).filter(isIt);
    const told = here.length > 0 ? [] : ((await this.#atServer(wanted)) ?? []);
    // The server also knows which order was paid with a receipt: that is what its holder bought.
    const named = told.length === 1 ? told : told.filter(isIt);
    const found = here.length > 0 ? here : named;
    if (found.length === 0) return refused("noSuchPurchase");
    return ok(found.map(({ purchase }) => purchase).toSorted((a, b) => b.at - a.at));
  }

  async #here(wanted: WantedPurchases): Promise<readonly Standing[]> {
    const { index, own, standings } = this.#parts;
    const sold = own.sold().filter((purchase) => isWanted(traitsOf(purchase), wanted));
    const isSold = new Set(sold.map(({ ref }) => purchaseKey(ref)));
    const listed = (await index.fitting((traits) => isWanted(traits, wanted)))
      .filter(({ key }) => !isSold.has(key))
      .toSorted((a, b) => b.at - a.at)
      .slice(0, MAX_PURCHASES_FOUND);
    const read = await Promise.all(listed.map(({ key }) => this.#read(key)));
    const newestSold = sold.toSorted((a, b) => b.at - a.at).slice(0, MAX_PURCHASES_FOUND);
    return Promise.all(
      [...newestSold, ...read.filter((each) => each !== null)].map((each) => standings.asKnownHere(each)),
    );
  }

  async #read(key: string): Promise<Purchase | null> {
    const document = await this.#ports.replica.get("receipts", `purchase:${key}`);
    return document?.kind === "purchase" ? document.purchase : null;
  }

  /** Null: it did not answer, or could not be asked. */
  async #atServer(wanted: WantedPurchases): Promise<readonly Standing[] | null> {
    const { server, timers } = this.#ports;
    if (!server.online()) return null;
    const answers = await inTime(timers, () =>
      Promise.all(asksToServer(wanted).map((ask) => server.purchases(ask))),
    );
    if (answers === null) return null;
    return answers
      .flatMap(({ standings }) => standings)
      .map((told) => ({ ...told, returned: this.#parts.own.folded(told.returned) }));
  }

  #summary(standing: Standing): PurchaseSummary {
    const { purchase, returned } = standing;
    const { ref, number, channel, at, store, settled, lines, customer } = purchase;
    return {
      ref,
      number,
      channel,
      at,
      storeName: store === null ? null : this.#parts.storeNameOf(store),
      paid: settled,
      pieces: lines.reduce((sum, { quantity }) => sum + quantity, 0),
      names: lines.slice(0, NAMES_SHOWN).map(({ name, sku }) => (name === "" ? sku : name)),
      customerName: customer === null ? null : this.#parts.customers.nameOf(customer),
      isAllBack: lines.every((line) => piecesLeft(standing, line) === 0),
      flagged: returned.flagged || isRefundedTwice(standing),
    };
  }
}
