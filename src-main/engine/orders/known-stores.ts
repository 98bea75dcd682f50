import { z } from "zod";
import type { StoreId } from "#domain/ids.ts";
import { doesOrders } from "#domain/orders/policy.ts";
import { idSchema, textSchema } from "#protocol/scalars.ts";
import type { AvailabilityAnswer } from "#protocol/shop/order.ts";
import { durably } from "../shop/durably.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";

const DRAFT = "stores";
const storesSchema = z.array(
  z.strictObject({ store: idSchema<"Store">(), name: textSchema, pickup: z.boolean() }),
);
type KnownStore = z.infer<typeof storesSchema>[number];

/** The retailer's other stores as the server last named them, so that a basket and a receipt can say where goods are collected, offline too. */
export class KnownStores {
  readonly #ports: Pick<ShopPorts, "replica" | "drafts" | "onTrouble">;
  #stores: readonly KnownStore[] = [];

  constructor(ports: Pick<ShopPorts, "replica" | "drafts" | "onTrouble">) {
    this.#ports = ports;
  }

  async load(): Promise<void> {
    const { drafts, onTrouble } = this.#ports;
    const found = await durably(() => drafts.get(DRAFT), onTrouble);
    const stores = storesSchema.safeParse(found.ok ? found.value : null);
    if (stores.success) this.#stores = stores.data;
  }

  nameOf(store: StoreId): string | null {
    const settings = this.#ports.replica.settings();
    if (settings?.store === store) return settings.name;
    return this.#stores.find((each) => each.store === store)?.name ?? null;
  }

  /** The retailer's other stores, as far as this till has heard of them. */
  others(): readonly Pick<KnownStore, "store" | "name">[] {
    const here = this.#ports.replica.settings()?.store;
    return this.#stores.filter(({ store }) => store !== here).map(({ store, name }) => ({ store, name }));
  }

  /** Whether orders can be collected there; null when this till never heard of the store. */
  offersPickup(store: StoreId): boolean | null {
    const settings = this.#ports.replica.settings();
    if (settings?.store === store) return doesOrders(settings, "pickup");
    return this.#stores.find((each) => each.store === store)?.pickup ?? null;
  }

  /** Remembers what an answer says of stores. A disk that refuses costs names later on, nothing else. */
  async learn({ items }: AvailabilityAnswer): Promise<void> {
    const known = new Map(this.#stores.map((each) => [each.store, each]));
    for (const { id: store, name, pickup } of items.flatMap((item) => item.stores))
      known.set(store, { store, name, pickup });
    const stores = [...known.values()];
    if (JSON.stringify(stores) === JSON.stringify(this.#stores)) return;
    this.#stores = stores;
    const { drafts, onTrouble } = this.#ports;
    await durably(() => drafts.put(DRAFT, stores), onTrouble);
  }
}
