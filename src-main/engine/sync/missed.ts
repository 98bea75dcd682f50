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
  /** The server was asked for them. */
  readonly #asked = new Set<CustomerId>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Keeps nothing of them any more, once each time that customers were taken whole; where many are to be asked for, the others with the next pull. Erased are those whom neither the replica nor the server knows. A replica alone
   * is no proof, for it may hold only some, and whom this till registered itself the server may not have been told of, or not any more. Throws what the disk throws.
   */
  async erase(client: () => Pick<ServerClient, "customer">): Promise<void> {
    const { replica, journal, keptCustomers } = this.#parts;
    if (!replica.mayHaveMissed) return;
    const customers = await keptCustomers();
    const untold = registeredIn(journal);
    let left = ASKED_AT_ONCE;
    for (const customer of customers) {
      if (this.#asked.has(customer) || untold.has(customer)) continue;
      if ((await replica.get("customers", customer)) !== null) continue;
      if (left === 0) return;
      left -= 1;
      const answer = await isKnown(client(), customer);
      if (answer === "not now") return;
      if (answer === "no") await this.#forget(customer);
      this.#asked.add(customer);
    }
    replica.missedNobody();
    this.#asked.clear();
  }

  async #forget(customer: CustomerId): Promise<void> {
    await this.#parts.onErased([customer]);
    await this.#parts.scrubDrafts();
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
