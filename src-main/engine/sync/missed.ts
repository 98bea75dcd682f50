import type { CustomerId } from "#domain/ids.ts";
import { customerFactOf } from "#domain/journal/effects.ts";
import type { DiskJournal } from "../journal/journal.ts";
import type { DiskReplica } from "../replica/replica.ts";
import type { ServerClient } from "./server-client.ts";

/** Customers that the server is asked for by one pull: a till of a store that holds only some may keep something of many others, and its cashiers look people up as well. */
const ASKED_AT_ONCE = 10;

interface Parts {
  readonly replica: Pick<DiskReplica, "get" | "mayHaveMissed" | "missedNobody">;
  readonly journal: Pick<DiskJournal, "pendingFor">;
  /** Of whom something is kept besides the replica. */
  readonly keptCustomers: () => Promise<ReadonlySet<CustomerId>>;
  readonly onErased: (customers: readonly CustomerId[]) => Promise<void>;
  readonly scrubDrafts: () => Promise<void>;
}

/** Whoever was erased before customers were taken whole (SPEC S129a): what was lost with an earlier replica is no tombstone in this one. */
export class Missed {
  readonly #parts: Parts;
  /** The server was asked for them, and whoever it does not know is forgotten. */
  readonly #asked = new Set<CustomerId>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Keeps nothing of them any more, once for each replica; where many are to be asked for, the others with the next pull. Erased are those whom neither the replica nor the server knows. A replica alone
   * is no proof, for it may hold only some, and whom this till registered itself the server may not have been told of, or not any more. Throws what the disk throws.
   */
  async erase(client: () => Pick<ServerClient, "customer">): Promise<void> {
    const { replica, onErased, scrubDrafts } = this.#parts;
    if (!replica.mayHaveMissed) return;
    const { erased, isAll } = await this.#ask(client);
    if (erased.length > 0) {
      await onErased(erased);
      await scrubDrafts();
      for (const customer of erased) this.#asked.add(customer);
    }
    if (!isAll) return;
    replica.missedNobody();
    this.#asked.clear();
  }

  /** Who of the next few is erased, and whether nobody is left to be asked for. */
  async #ask(
    client: () => Pick<ServerClient, "customer">,
  ): Promise<{ readonly erased: readonly CustomerId[]; readonly isAll: boolean }> {
    const { replica, journal, keptCustomers } = this.#parts;
    const untold = registeredIn(journal);
    const erased: CustomerId[] = [];
    let left = ASKED_AT_ONCE;
    for (const customer of await keptCustomers()) {
      if (this.#asked.has(customer) || untold.has(customer)) continue;
      if ((await replica.get("customers", customer)) !== null) continue;
      if (left === 0) return { erased, isAll: false };
      left -= 1;
      const answer = await isKnown(client(), customer);
      if (answer === "not now") return { erased, isAll: false };
      if (answer === "no") erased.push(customer);
      else this.#asked.add(customer);
    }
    return { erased, isAll: true };
  }
}

/** Whoever has no answer asks again: it keeps nobody from reading on. */
async function isKnown(
  server: Pick<ServerClient, "customer">,
  customer: CustomerId,
): Promise<"yes" | "no" | "not now"> {
  try {
    return (await server.customer(customer)) === null ? "no" : "yes";
  } catch {
    return "not now";
  }
}

/** Whom this till registered without the replica containing it yet. */
function registeredIn(journal: Pick<DiskJournal, "pendingFor">): ReadonlySet<CustomerId> {
  const facts = journal.pendingFor("customers").map(({ fact }) => customerFactOf(fact));
  return new Set(facts.flatMap((fact) => (fact?.type === "customer.registered" ? fact.customer : [])));
}
