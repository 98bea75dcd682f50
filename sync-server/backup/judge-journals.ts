import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Instant } from "#domain/ids.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { writeFolder } from "../archive/folder.ts";
import { openArchive } from "../archive/read.ts";
import { exportFiles } from "../audit/export-files.ts";
import { type Judgement, judgeExport } from "../audit/judge-export.ts";
import type { ReadTransaction } from "../storage/port.ts";

/** What came of going through all journals of a shop. */
export interface JournalsJudged {
  readonly tills: number;
  readonly entries: number;
  readonly tickets: number;
  /** What is wrong, a sentence each. */
  readonly wrong: readonly string[];
}

/**
 * Judges the journals of all stores as `journal verify` does: chain, signatures, numbers and sums, by what the tills signed and not by what the server made of
 * it. Lays each store's export into a folder of its own for as long as it takes.
 */
export async function judgeJournals(tx: ReadTransaction, now: Instant): Promise<JournalsJudged> {
  const judged = { tills: 0, entries: 0, tickets: 0, wrong: [] as string[] };
  for (const store of await tx.stores()) {
    const judgement = await judgeStore(tx, store, now);
    if (typeof judgement === "string") {
      judged.wrong.push(`store ${store.code}: its journals cannot be read (${judgement})`);
      continue;
    }
    const { counts, findings } = judgement;
    judged.tills += counts.tills;
    judged.entries += counts.entries;
    judged.tickets += counts.tickets;
    for (const { level, place, message } of findings)
      if (level === "error") judged.wrong.push(`store ${store.code}, ${place}: ${message}`);
  }
  return judged;
}

/** Why it cannot be judged, where an entry is so damaged that it cannot even be exported. */
async function judgeStore(
  tx: ReadTransaction,
  store: StoreSettings,
  madeAt: Instant,
): Promise<Judgement | string> {
  const folder = mkdtempSync(join(tmpdir(), "onetill-journals-"));
  try {
    const days = { from: null, until: null };
    await writeFolder(folder, exportFiles(tx, { format: "journal", store, register: null, days, madeAt }));
    return judgeExport(openArchive(folder), { pinned: null, manifestHash: null });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
