import { setImmediate } from "node:timers/promises";
import { cardKey } from "#domain/customer/card.ts";
import type { Customer } from "#domain/customer/customer.ts";
import { type CustomerId, idOf } from "#domain/ids.ts";
import type { FoundCustomers } from "#protocol/till/customers.ts";
import type { Unwatch } from "../ports.ts";
import { Followed } from "../replica/followed.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import { CustomerRows } from "./customer-rows.ts";
import { type Block, searchBlocks } from "./customer-search.ts";
import { SaidHere } from "./said-here.ts";

type BookPorts = Pick<ShopPorts, "replica" | "journal" | "customerKeys" | "onTrouble">;

/** Whose profiles are no longer as they were. */
type Changed = ReadonlySet<CustomerId> | "all";

/** Profiles that somebody looked at, whole in memory: a basket is priced by its customer's without waiting. */
const HELD_AT_MOST = 500;

/**
 * Every customer of the replica, with what this till has said of them itself on top. In memory is what they are found by; a profile is read off the disk when
 * somebody looks, and held from then on.
 */
export class CustomerBook {
  readonly #ports: BookPorts;
  readonly #rows = new CustomerRows();
  readonly #held = new Map<CustomerId, Customer>();
  /** Whom the server found, and this till does not hold otherwise. */
  readonly #elsewhere = new Set<CustomerId>();
  /** Whom the server has told this till to forget. */
  readonly #gone = new Set<CustomerId>();
  /** Ids of profiles that are part of another one by now, and of which. */
  readonly #former = new Map<CustomerId, CustomerId>();
  readonly #saidHere: SaidHere;
  /** Profile -> the ids that are part of it. */
  readonly #formerOf = new Map<CustomerId, readonly CustomerId[]>();
  readonly #listeners = new Set<(changed: Changed) => void>();
  readonly #followed: Followed<"customers">;
  readonly #unwatchJournal: Unwatch;
  /** Resolves when what was on disk at the start is here. */
  readonly loaded: Promise<void>;
  #folding: Promise<void> = Promise.resolve();
  #taken = 0;
  #closed = false;

  /** Begins to read the disk once `after` is over: articles are asked for before customers. */
  constructor(ports: BookPorts, after: Promise<void> = Promise.resolve()) {
    this.#ports = ports;
    this.#saidHere = new SaidHere(ports, {
      currentOf: (id) => this.currentOf(id),
      elsewhere: (id) => (this.#elsewhere.has(id) ? (this.#held.get(id) ?? null) : null),
    });
    this.#followed = new Followed(ports, "customers", {
      take: (id, customer, isTold) => this.#take(idOf<"Customer">(id), customer, isTold),
      changed: (ids) => this.#changed(new Set(ids.map((id) => idOf<"Customer">(id)))),
    });
    this.#unwatchJournal = ports.journal.watch(() => {
      if (this.#saidHere.hasChanged()) void this.#fold();
    });
    this.loaded = after.then(() => this.#load());
  }

  /** Whom an id means by now: a profile that was found to be the same person as another one is that one. */
  currentOf(id: CustomerId): CustomerId {
    return this.#former.get(id) ?? id;
  }

  /** The profile as it is on this till; null where there is none. */
  async get(asked: CustomerId): Promise<Customer | null> {
    await this.#folding;
    const id = this.currentOf(asked);
    const known = this.#knownNow(id);
    if (known !== null || (this.#followed.isLoaded && !this.#rows.has(id))) return known;
    const taken = this.#taken;
    const read = await this.#ports.replica.get("customers", id);
    // What was told meanwhile is newer.
    if (read !== null && taken === this.#taken) this.#hold(read);
    return read;
  }

  /** Resolves when `knownOf` knows a customer as well as this till can. One who cannot be read is told as trouble, and is not known. */
  async ready(customer: CustomerId | null): Promise<void> {
    if (customer === null || this.#knownNow(this.currentOf(customer)) !== null) return;
    await this.get(customer).catch(this.#ports.onTrouble);
  }

  /** The profile as far as it is in memory already: that of whoever was looked at. Null otherwise. */
  knownOf(asked: CustomerId): Customer | null {
    const id = this.currentOf(asked);
    const known = this.#knownNow(id);
    // A basket of before a restart: its customer is there for the next touch.
    if (known === null && this.#rows.has(id))
      void this.get(id)
        .then(() => this.#tell(new Set([id])))
        .catch(this.#ports.onTrouble);
    return known;
  }

  /** As far as it is read already; null otherwise. */
  nameOf(asked: CustomerId): string | null {
    const id = this.currentOf(asked);
    return this.#knownNow(id)?.name ?? this.#rows.get(id)?.called ?? null;
  }

  /** What they wish to be written to in (BCP 47), as far as it is read already; null where nobody knows. */
  languageOf(asked: CustomerId): string | null {
    const id = this.currentOf(asked);
    const language = this.#knownNow(id)?.language ?? this.#rows.get(id)?.language ?? "";
    return language === "" ? null : language;
  }

  /** Whose card this is, by its number as scanned or typed; null where it is nobody's. */
  async byCard(code: string): Promise<Customer | null> {
    const card = cardKey(code);
    if (card === null) return null;
    await this.loaded;
    for (const { rows, isOutdated } of this.#blocks())
      for (const row of rows.holding([`\t${card.toLowerCase()}\t`], Number.POSITIVE_INFINITY))
        if (row.card === card && !isOutdated(row.id)) return this.get(row.id);
    return null;
  }

  /** Best first, among equals by name. */
  async search(asked: { readonly text: string; readonly limit: number }): Promise<FoundCustomers> {
    if (asked.text.trim() === "") return { customers: [], hasMore: false };
    await this.loaded;
    await this.#folding;
    const found = searchBlocks(this.#blocks(), asked);
    const profiles = await Promise.all(found.ids.map((id) => this.get(id)));
    return {
      customers: profiles.filter((profile) => profile !== null),
      hasMore: found.hasMore,
      ...(this.#ports.replica.needsConnection ? { needsConnection: true } : {}),
    };
  }

  /**
   * Whom the server found and this till does not hold: from now on they can be shown, attached and priced for, until the till ends. Null where the till knows
   * by now that there is no such customer any more.
   */
  holdElsewhere(customer: Customer): Customer | null {
    const { id, formerIds = [] } = customer;
    if (this.#gone.has(id)) return null;
    const known = this.#saidHere.get(id);
    if (known !== null) return known;
    this.#elsewhere.add(id);
    this.#held.set(id, customer);
    for (const former of formerIds) this.#former.set(former, id);
    return customer;
  }

  /** What the journal says by now is in the book. */
  settled(): Promise<void> {
    return this.#folding;
  }

  /** Tells whose profiles are no longer as they were. */
  watch(onChange: (changed: Changed) => void): Unwatch {
    this.#listeners.add(onChange);
    return () => this.#listeners.delete(onChange);
  }

  close(): void {
    this.#closed = true;
    this.#unwatchJournal();
    this.#followed.end();
  }

  #take(id: CustomerId, customer: Customer | null, isTold: boolean): void {
    this.#taken += 1;
    const before = this.#formerOf.get(id) ?? [];
    for (const former of before) this.#former.delete(former);
    this.#formerOf.delete(id);
    this.#elsewhere.delete(id);
    if (isTold) {
      if (customer === null) this.#gone.add(id);
      else this.#gone.delete(id);
    }
    if (customer === null) {
      this.#rows.remove(id);
      this.#held.delete(id);
      return;
    }
    this.#rows.put(customer);
    if (this.#held.has(id)) this.#held.set(id, customer);
    const { formerIds = [] } = customer;
    if (formerIds.length === 0) return;
    this.#formerOf.set(id, formerIds);
    for (const former of formerIds) this.#former.set(former, id);
  }

  #knownNow(id: CustomerId): Customer | null {
    return this.#saidHere.get(id) ?? this.#held.get(id) ?? null;
  }

  #hold(customer: Customer): void {
    this.#held.delete(customer.id);
    this.#held.set(customer.id, customer);
    if (this.#held.size <= HELD_AT_MOST) return;
    for (const id of this.#held.keys()) {
      if (this.#elsewhere.has(id)) continue;
      this.#held.delete(id);
      return;
    }
  }

  /** What this till has said of them itself counts, not what the replica still says. */
  #blocks(): readonly Block[] {
    const saidHere = this.#saidHere;
    return [
      { rows: saidHere.rows, isOutdated: () => false },
      { rows: this.#rows, isOutdated: (id) => saidHere.get(id) !== null },
    ];
  }

  /** A replica that cannot be read is told as trouble: the book holds what it got. */
  async #load(): Promise<void> {
    await this.#followed.load();
    await this.#fold();
    // Whoever listens does so in a turn of its own: loading is over, whatever they do.
    await setImmediate();
    this.#tell("all");
  }

  #changed(ids: ReadonlySet<CustomerId>): void {
    this.#tell(ids);
    if (this.#saidHere.rows.count > 0) void this.#fold();
  }

  #fold(): Promise<void> {
    this.#folding = this.#folding
      .then(async () => {
        const { changed, over } = await this.#saidHere.fold();
        // Where the till holds none of the chain's profiles, the feed never has whom it registered.
        for (const customer of over) if (!this.#rows.has(customer.id)) this.holdElsewhere(customer);
        this.#tell(changed);
      })
      .catch(this.#ports.onTrouble);
    return this.#folding;
  }

  #tell(changed: Changed): void {
    if (this.#closed || (changed !== "all" && changed.size === 0)) return;
    for (const listener of [...this.#listeners]) listener(changed);
  }
}
