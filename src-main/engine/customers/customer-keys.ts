import { z } from "zod";
import type { CustomerChanges } from "#domain/customer/changes.ts";
import type { CustomerId, EntryId } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { idSchema } from "#protocol/scalars.ts";
import { CUSTOMER_KEY_DRAFT } from "../personal-drafts.ts";
import type { Drafts, Journal } from "../ports.ts";
import { KEY_BYTES } from "../seal.ts";
import { openChanges, type Seal } from "./sealing.ts";

const keptSchema = z.strictObject({
  entry: idSchema<"Entry">(),
  customer: idSchema<"Customer">(),
  key: z.string(),
});
type Kept = z.infer<typeof keptSchema>;

/**
 * The keys of what this till's journal says sealed of customers. A key is on disk before its entry is, and stays until the server's feed has what the entry says;
 * it lies beside the journal and never in it, since a journal is kept and a key is destroyed.
 */
export class CustomerKeys {
  readonly #drafts: Drafts;
  readonly #journal: Pick<Journal, "pendingFor">;
  readonly #kept = new Map<EntryId, Kept>();
  /** Their entries may not be written yet: nobody may take them for left over. */
  readonly #writing = new Set<EntryId>();
  /** Gone for whoever reads, and perhaps still on disk: one that was full let none of them go. */
  readonly #leaving = new Set<EntryId>();

  private constructor(drafts: Drafts, journal: Pick<Journal, "pendingFor">) {
    this.#drafts = drafts;
    this.#journal = journal;
  }

  /** Reads them from disk. A key whose entry a crash kept from being written, or that the server has by now, is removed. */
  static async open(drafts: Drafts, journal: Pick<Journal, "pendingFor">): Promise<CustomerKeys> {
    const keys = new CustomerKeys(drafts, journal);
    for (const { id, value } of await drafts.list(CUSTOMER_KEY_DRAFT)) {
      if (value === undefined) continue;
      const kept = keptSchema.safeParse(value);
      if (kept.success) keys.#kept.set(kept.data.entry, kept.data);
      else await drafts.remove(id);
    }
    await keys.settle();
    return keys;
  }

  /** Makes the key of an entry that is about to be written; it is on disk when this resolves. Throws what the disk throws. */
  async make({
    entry,
    customer,
    randomBytes,
  }: {
    readonly entry: EntryId;
    readonly customer: CustomerId;
    readonly randomBytes: (count: number) => Uint8Array;
  }): Promise<Seal> {
    const key = Buffer.from(randomBytes(KEY_BYTES)).toString("base64url");
    const kept = { entry, customer, key };
    this.#writing.add(entry);
    this.#kept.set(entry, kept);
    await this.#drafts.put(CUSTOMER_KEY_DRAFT + entry, kept);
    return { entry, key };
  }

  /** The entry is written: from now on its key goes when the server has it. */
  written(entry: EntryId): void {
    this.#writing.delete(entry);
  }

  /** For a run of entries, as the server is told them. */
  of(entries: readonly Pick<JournalEntry, "id">[]): readonly Seal[] {
    return entries.flatMap(({ id }) => {
      const kept = this.#kept.get(id);
      return kept === undefined ? [] : [{ entry: id, key: kept.key }];
    });
  }

  /** What an entry says; null where its key is gone. */
  changesOf(entry: EntryId, sealed: string): CustomerChanges | null {
    const kept = this.#kept.get(entry);
    return kept === undefined ? null : openChanges({ entry, key: kept.key }, sealed);
  }

  /** Whom this till has said something of that the server's feed does not have yet. */
  customers(): ReadonlySet<CustomerId> {
    return new Set([...this.#kept.values()].map(({ customer }) => customer));
  }

  /** Removes the keys of entries that the server's feed contains, and what a disk did not let go of before. Throws what the disk throws. */
  async settle(): Promise<void> {
    const pending = new Set(this.#journal.pendingFor("customers").map(({ id }) => id));
    await this.#remove(({ entry }) => !pending.has(entry) && !this.#writing.has(entry));
  }

  /** Whoever is erased takes what is not sent yet along: nobody can read it any more. */
  forget(customers: ReadonlySet<CustomerId>): Promise<void> {
    return this.#remove(({ customer }) => customers.has(customer));
  }

  async #remove(isGone: (kept: Kept) => boolean): Promise<void> {
    for (const kept of [...this.#kept.values()]) {
      if (!isGone(kept)) continue;
      this.#kept.delete(kept.entry);
      this.#leaving.add(kept.entry);
    }
    for (const entry of [...this.#leaving]) {
      await this.#drafts.remove(CUSTOMER_KEY_DRAFT + entry);
      this.#leaving.delete(entry);
    }
  }
}
