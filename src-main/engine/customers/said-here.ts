import type { Customer } from "#domain/customer/customer.ts";
import { foldCustomer, type OpenedFact } from "#domain/customer/fold.ts";
import type { CustomerId, EntryId } from "#domain/ids.ts";
import { customerFactOf } from "#domain/journal/effects.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { joinedSince } from "../replica/joined-since.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import { CustomerRows } from "./customer-rows.ts";

/** Customers of whom this till has said something that the replica does not contain yet: as they are with it. The overlay of `customers`. */
export class SaidHere {
  readonly #ports: Pick<ShopPorts, "journal" | "customerKeys" | "replica">;
  readonly #resolve: (id: CustomerId) => CustomerId;
  readonly #elsewhere: (id: CustomerId) => Customer | null;
  /** Opened once; null where the key is gone. */
  readonly #facts = new Map<EntryId, OpenedFact | null>();
  readonly #profiles = new Map<CustomerId, Customer>();
  #rows = new CustomerRows();
  #pending = "";
  /** What was pending as it was last looked at, and the ids of it that count. */
  #seen: { readonly entries: readonly JournalEntry[]; readonly ids: string } = { entries: [], ids: "" };

  /** `currentOf` says whom an id means by now, `elsewhere` whom the server found though this till does not hold them. */
  constructor(
    ports: Pick<ShopPorts, "journal" | "customerKeys" | "replica">,
    {
      currentOf,
      elsewhere,
    }: {
      readonly currentOf: (id: CustomerId) => CustomerId;
      readonly elsewhere: (id: CustomerId) => Customer | null;
    },
  ) {
    this.#ports = ports;
    this.#resolve = currentOf;
    this.#elsewhere = elsewhere;
  }

  get rows(): CustomerRows {
    return this.#rows;
  }

  get(id: CustomerId): Customer | null {
    return this.#profiles.get(id) ?? null;
  }

  /** Whether the entries that count are others than at the last look. */
  hasChanged(): boolean {
    return this.#idsOfPending() !== this.#pending;
  }

  /** Folds what is pending over the replica anew. Answers whose profiles are not as they were, and those of whom nothing is pending any more, as they were last. */
  async fold(): Promise<{ readonly changed: ReadonlySet<CustomerId>; readonly over: readonly Customer[] }> {
    this.#pending = this.#idsOfPending();
    const facts = this.#pendingFacts();
    const before = new Map(this.#profiles);
    const folded = new Map<CustomerId, Customer>();
    for (const [id, said] of facts) {
      const customer = foldCustomer(await this.#base(id), said);
      if (customer !== null) folded.set(id, customer);
    }
    const rows = new CustomerRows();
    for (const customer of folded.values()) rows.put(customer);
    this.#profiles.clear();
    for (const [id, customer] of folded) this.#profiles.set(id, customer);
    this.#rows = rows;
    return {
      changed: new Set([...before.keys(), ...folded.keys()]),
      over: [...before.values()].filter(({ id }) => !folded.has(id)),
    };
  }

  /** What the facts are said of: the replica's profile, or whom the server found. */
  async #base(id: CustomerId): Promise<Customer | null> {
    return (await this.#ports.replica.get("customers", id)) ?? this.#elsewhere(id);
  }

  #pendingFacts(): ReadonlyMap<CustomerId, readonly OpenedFact[]> {
    const facts = new Map<CustomerId, OpenedFact[]>();
    const pending = new Set<EntryId>();
    for (const entry of this.#ports.journal.pendingFor("customers")) {
      const fact = customerFactOf(entry.fact);
      if (fact === null) continue;
      pending.add(entry.id);
      const known = this.#facts.get(entry.id);
      const changes =
        known === undefined ? this.#ports.customerKeys.changesOf(entry.id, fact.sealed) : known?.changes;
      const opened = changes == null ? null : { type: fact.type, customer: fact.customer, changes };
      this.#facts.set(entry.id, opened);
      if (opened === null) continue;
      const id = this.#resolve(fact.customer);
      facts.set(id, [...(facts.get(id) ?? []), opened]);
    }
    for (const entry of this.#facts.keys()) if (!pending.has(entry)) this.#facts.delete(entry);
    return facts;
  }

  #idsOfPending(): string {
    const entries = this.#ports.journal.pendingFor("customers");
    const joined = joinedSince(this.#seen.entries, entries);
    const ids = idsOf(joined ?? entries);
    this.#seen = { entries, ids: joined === null ? ids : this.#seen.ids + ids };
    return this.#seen.ids;
  }
}

/** Of those that say something of a customer. */
function idsOf(entries: readonly JournalEntry[]): string {
  return entries.map(({ id, fact }) => (customerFactOf(fact) === null ? "" : `${id} `)).join("");
}
