import type { CustomerId } from "#domain/ids.ts";
import { ticketOf } from "#domain/journal/effects.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { pointsIdsOf } from "#domain/loyalty/holder.ts";
import { type PointsMove, pointsAccount, pointsEntryOf, toCustomerOf } from "#domain/loyalty/ledger.ts";
import { pointsMovesOf } from "#domain/loyalty/moves.ts";
import type { PointsDocument } from "#protocol/documents/balance.ts";
import type { CustomerBook } from "../customers/customer-book.ts";
import type { Unwatch } from "../ports.ts";
import { Changes } from "../shop/changes.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";

/** A customer's points as this till knows them. */
export interface KnownPoints {
  /** As the server told; null: it never told of any. */
  readonly told: PointsDocument | null;
  /** This till's own moves that are not in it. */
  readonly untold: readonly PointsMove[];
  readonly balance: number;
}

/** The points of the customers in front of somebody, in memory: a basket shows them at each touch. */
export class PointsBook {
  readonly #ports: Pick<ShopPorts, "journal" | "replica" | "onTrouble">;
  readonly #customers: Pick<CustomerBook, "knownOf">;
  readonly #told = new Map<string, PointsDocument | null>();
  readonly #changes = new Changes();
  readonly #unwatch: Unwatch;
  readonly #ownMoves = new WeakMap<readonly JournalEntry[], readonly PointsMove[]>();

  constructor(
    ports: Pick<ShopPorts, "journal" | "replica" | "onTrouble">,
    customers: Pick<CustomerBook, "knownOf">,
  ) {
    this.#ports = ports;
    this.#customers = customers;
    this.#unwatch = ports.replica.watch("balances", (changes) => {
      const told = changes.filter(({ id }) => this.#told.has(id));
      for (const { id, data } of told) this.#told.set(id, data?.kind === "points" ? data : null);
      if (told.length > 0) this.#changes.tell();
    });
  }

  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }

  /** Under whose id somebody's points are: the profile's that an id means by now. */
  holderOf(customer: CustomerId): CustomerId {
    return this.#customers.knownOf(customer)?.id ?? customer;
  }

  /** Reads what the replica has of a customer's points; from then on it is followed. */
  async look(customer: CustomerId): Promise<KnownPoints> {
    const account = pointsAccount(this.holderOf(customer));
    if (!this.#told.has(account)) {
      const found = await this.#ports.replica.get("balances", account);
      if (!this.#told.has(account)) this.#told.set(account, found?.kind === "points" ? found : null);
    }
    return this.#with(customer, this.#told.get(account) ?? null);
  }

  /** As far as it was read already; null otherwise, and then it is being read. */
  peek(customer: CustomerId): KnownPoints | null {
    const told = this.#told.get(pointsAccount(this.holderOf(customer)));
    if (told !== undefined) return this.#with(customer, told);
    this.look(customer).then(
      () => this.#changes.tell(),
      (error: unknown) => this.#ports.onTrouble(error),
    );
    return null;
  }

  /** As the server just told it, with what this till did that it has not heard of. */
  asTold(customer: CustomerId, told: PointsDocument | null): KnownPoints {
    return this.#with(customer, told);
  }

  /** What this till did that is not yet part of what the server told it. */
  pendingOf(customer: CustomerId): readonly PointsMove[] {
    const ids = this.#idsOf(customer);
    return this.#pending().filter((move) => ids.includes(move.customer));
  }

  close(): void {
    this.#unwatch();
  }

  #with(customer: CustomerId, told: PointsDocument | null): KnownPoints {
    const untold = this.pendingOf(customer).filter(({ id }) => told?.moves.includes(id) !== true);
    const moved = untold.reduce((sum, move) => sum + toCustomerOf(pointsEntryOf(move)), 0);
    return { told, untold, balance: (told?.balance ?? 0) + moved };
  }

  #idsOf(customer: CustomerId): readonly CustomerId[] {
    return pointsIdsOf(this.#customers.knownOf(customer) ?? { id: customer });
  }

  /** Worked out once for each state of the journal: a till may sell for days without telling anybody. */
  #pending(): readonly PointsMove[] {
    const entries = this.#ports.journal.pendingFor("balances");
    const known = this.#ownMoves.get(entries);
    if (known !== undefined) return known;
    const moves = entries.flatMap(({ fact }) => ticketOf(fact) ?? []).flatMap(pointsMovesOf);
    this.#ownMoves.set(entries, moves);
    return moves;
  }
}
