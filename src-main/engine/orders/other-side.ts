import { idOf, type Sku, type VariantId } from "#domain/ids.ts";
import { isBlank } from "#domain/orders/collecting.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { BASKET_QR_PREFIX } from "#domain/scan/tell-apart.ts";
import type { Basket } from "#domain/ticket/basket.ts";
import { MAX_SHARED_BASKET_LINES, type SharedBasket } from "#protocol/shop/basket.ts";
import type { VerbAnswer } from "#protocol/till/contract.ts";
import type { Elsewhere } from "#protocol/till/orders.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { SellableItem } from "../catalog/catalog-index.ts";
import type { SharedLine } from "../ports.ts";
import type { BasketShelf } from "../shop/basket-shelf.ts";
import type { BasketReason, Baskets } from "../shop/baskets.ts";
import type { Ringing } from "../shop/ringing.ts";
import type { DrawerDoubt, OnDuty, Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { Turns } from "../shop/turns.ts";
import type { KnownStores } from "./known-stores.ts";

type FetchAnswer = VerbAnswer<"fetchBasket">;
type Skipped = SharedBasket["lines"][number];

/** A line of a shared basket as this store sells it; `found` is null where it does not. */
interface LookedUp {
  readonly line: Skipped;
  readonly found: SellableItem | null;
}

/** Why an article of a shared basket is left out: here it has no price, one in other money, or none without a scale or a colleague. */
const UNSELLABLE: ReadonlySet<string> = new Set<BasketReason>([
  "noPrice",
  "wrongCurrency",
  "weightNeeded",
  "priceNeeded",
  "linkedMissing",
]);

/** What only the server knows: other stores' stock, and baskets that go from web shop to till and back. Without a connection the answer is `offline`. */
export class OtherSide {
  readonly #ports: ShopPorts;
  readonly #session: Session;
  readonly #shelf: BasketShelf;
  readonly #baskets: Baskets;
  readonly #catalog: Catalog;
  readonly #ringing: Ringing;
  readonly #turns: Turns;
  readonly #stores: KnownStores;

  constructor(
    ports: ShopPorts,
    parts: {
      readonly session: Session;
      readonly shelf: BasketShelf;
      readonly baskets: Baskets;
      readonly catalog: Catalog;
      readonly ringing: Ringing;
      readonly turns: Turns;
      readonly stores: KnownStores;
    },
  ) {
    this.#ports = ports;
    this.#session = parts.session;
    this.#shelf = parts.shelf;
    this.#baskets = parts.baskets;
    this.#catalog = parts.catalog;
    this.#ringing = parts.ringing;
    this.#turns = parts.turns;
    this.#stores = parts.stores;
  }

  /** What the other stores have of an article. */
  async elsewhere({ variant }: { readonly variant: VariantId }): Promise<VerbAnswer<"elsewhere">> {
    const found = await this.#catalog.byVariant(variant);
    if (found === null) return ok([]);
    const answer = await this.#ask(() => this.#ports.server.availability([found.item.sku]));
    if (!answer.ok) return answer;
    await this.#stores.learn(answer.value);
    const here = this.#ports.enrolment.identity()?.store;
    const stores = answer.value.items.flatMap((item) => item.stores);
    return ok(
      stores
        .filter(({ id, pickup }) => id !== here && pickup)
        .map(({ id, store: code, name, available, asOf }): Elsewhere[number] => ({
          store: id,
          code,
          name,
          available,
          asOf,
        })),
    );
  }

  /** Rings a basket up that was begun online, at this store's prices. */
  async fetchBasket({ code }: { readonly code: string }): Promise<FetchAnswer> {
    const may = this.#mayFill();
    if (!may.ok) return may;
    const answer = await this.#ask(() => this.#ports.server.openBasket(bareCode(code)));
    if (!answer.ok) return answer;
    if (answer.value === null) return refused("noSuchBasket");
    const lines: LookedUp[] = [];
    for (const line of answer.value.lines) {
      const found = await this.#lookUp(line);
      if (found !== null) await this.#ringing.ready(found);
      lines.push({ line, found });
    }
    return this.#turns.take(() => this.#fill(lines));
  }

  /** Gives the basket in front to the customer, to be finished online. Here it stays until it is sold or thrown away. */
  async sendBasket(): Promise<VerbAnswer<"sendBasket">> {
    const duty = this.#session.permitted("sell");
    if (!duty.ok) return duty;
    const { basket } = this.#shelf.front(duty.value.staff.id);
    if (basket.lines.length === 0) return refused("emptyBasket");
    if (basket.collecting !== undefined || basket.returning !== undefined) return refused("orderLine");
    const lines = bySku(basket);
    if (lines.length > MAX_SHARED_BASKET_LINES) return refused("tooManyLines");
    const answer = await this.#ask(() => this.#ports.server.shareBasket(lines));
    return answer.ok ? ok({ code: answer.value.code, link: answer.value.link }) : answer;
  }

  #mayFill(): Result<
    OnDuty,
    "notSignedIn" | "notPermitted" | "managerNeeded" | "basketNotEmpty" | DrawerDoubt
  > {
    const duty = this.#session.maySell();
    if (!duty.ok) return duty;
    return isBlank(this.#shelf.front(duty.value.staff.id).basket) ? duty : refused("basketNotEmpty");
  }

  async #fill(lines: readonly LookedUp[]): Promise<FetchAnswer> {
    const duty = this.#mayFill();
    if (!duty.ok) return duty;
    const draft = this.#shelf.front(duty.value.staff.id);
    const skipped: LookedUp["line"][] = [];
    let { basket } = draft;
    const lists = await this.#ringing.listsOf(basket.customer);
    for (const { line, found } of lines) {
      const { quantity } = line;
      const rung =
        found === null
          ? null
          : this.#ringing.onto(basket, found, { quantity, stated: {}, lists, duty: duty.value });
      if (rung === null || (!rung.ok && UNSELLABLE.has(rung.reason))) skipped.push(line);
      else if (rung.ok) basket = rung.value;
      else return rung.reason === "noSuchTender" ? refused("noSuchLine") : refused(rung.reason);
    }
    const saved = await this.#shelf.save({ ...draft, basket, undo: null });
    if (!saved.ok) return saved;
    const shown = this.#baskets.view();
    if (shown === null) return refused("notSignedIn");
    return ok(skipped.length === 0 ? shown : { ...shown, skipped: skipped.map(skippedView) });
  }

  #lookUp({ variant, sku }: Skipped): Promise<SellableItem | null> {
    return variant === null ? this.#catalog.byCode(sku) : this.#catalog.byVariant(idOf<"Variant">(variant));
  }

  async #ask<T>(call: () => Promise<T>): Promise<Result<T, "offline">> {
    if (!this.#ports.server.online()) return refused("offline");
    try {
      return ok(await call());
    } catch {
      // Whatever kept it from answering, the colleague can do the same: nothing, until it does.
      return refused("offline");
    }
  }
}

function bareCode(text: string): string {
  const code = text.trim().toUpperCase();
  return code.startsWith(BASKET_QR_PREFIX) ? code.slice(BASKET_QR_PREFIX.length) : code;
}

/** One line per article, whatever price it was rung up at: prices, deposits and the like are those of where the basket is finished. */
function bySku({ lines }: Basket): readonly SharedLine[] {
  const pieces = new Map<Sku, number>();
  for (const { sku, quantity, linked } of lines)
    if (linked === undefined) pieces.set(sku, (pieces.get(sku) ?? 0) + quantity);
  return [...pieces].map(([sku, quantity]) => ({ sku, quantity }));
}

function skippedView({ sku, name, quantity }: Skipped) {
  return { sku, name, quantity };
}
