import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { JOURNAL_FILE, openJournalDatabase } from "../src-main/engine/database.ts";

/** What a till has on its disk, as the texts it was written in. */
export interface TillTexts {
  /** Baskets in the making. */
  readonly baskets: readonly string[];
  /** Journal entries that are sales, oldest first. */
  readonly sales: readonly string[];
}

/**
 * Reads a copy of a till's files: floors commit the very bytes that the till committed, in turns with it. The copy is of one state, whatever the till does
 * meanwhile.
 */
export async function tillTexts(dataDir: string): Promise<TillTexts> {
  const copy = await mkdtemp(join(dataDir, "looked-at-"));
  const till = new DatabaseSync(join(dataDir, JOURNAL_FILE), { readOnly: true });
  try {
    till.prepare("VACUUM INTO ?").run(join(copy, JOURNAL_FILE));
  } finally {
    till.close();
  }
  const { database, journal, drafts } = await openJournalDatabase(copy);
  try {
    const baskets = await drafts.find({ selector: { id: { $gte: "basket:", $lt: "basket;" } } }).exec();
    const entries = await journal.find({ sort: [{ id: "asc" }] }).exec();
    return {
      baskets: baskets.map(({ value }) => value),
      sales: entries.filter(({ ticketId }) => ticketId !== "").map(({ entry }) => entry),
    };
  } finally {
    await database.close();
    await rm(copy, { recursive: true });
  }
}
