import { openJournalDatabase } from "../src-main/engine/database.ts";

/** What a till that is closed has on its disk, as the texts it was written in. */
export interface TillTexts {
  /** Baskets in the making. */
  readonly baskets: readonly string[];
  /** Journal entries that are sales, oldest first. */
  readonly sales: readonly string[];
}

/** Reads a closed till's folder: floors commit the very bytes that the till committed. */
export async function tillTexts(dataDir: string): Promise<TillTexts> {
  const { database, journal, drafts } = await openJournalDatabase(dataDir);
  try {
    const baskets = await drafts.find({ selector: { id: { $gte: "basket:", $lt: "basket;" } } }).exec();
    const entries = await journal.find({ sort: [{ id: "asc" }] }).exec();
    return {
      baskets: baskets.map(({ value }) => value),
      sales: entries.filter(({ ticketId }) => ticketId !== "").map(({ entry }) => entry),
    };
  } finally {
    await database.close();
  }
}
