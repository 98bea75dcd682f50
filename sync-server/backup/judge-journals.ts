import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Instant } from "#domain/ids.ts";
import { writeFolder } from "../archive/folder.ts";
import { openArchive } from "../archive/read.ts";
import { exportFiles } from "../audit/export-files.ts";
import { type ExportFinding, judgeExport } from "../audit/judge-export.ts";
import type { ReadTransaction } from "../storage/port.ts";

/** What came of going through all journals of a shop. */
export interface JournalsJudged {
  readonly tills: number;
  readonly entries: number;
  readonly tickets: number;
  /** What is wrong, by the code of its store. */
  readonly wrong: readonly (ExportFinding & { readonly store: string })[];
}

/**
 * Judges the journals of all stores as `journal verify` does: chain, signatures, numbers and sums, by what the tills signed and not by what the server made of
 * it. Lays each store's export into a folder of its own for as long as it takes.
 */
export async function judgeJournals(tx: ReadTransaction, now: Instant): Promise<JournalsJudged> {
  const judged = { tills: 0, entries: 0, tickets: 0, wrong: [] as JournalsJudged["wrong"][number][] };
  for (const store of await tx.stores()) {
    const folder = mkdtempSync(join(tmpdir(), "onetill-journals-"));
    try {
      const wish = {
        format: "journal",
        store,
        register: null,
        days: { from: null, until: null },
        madeAt: now,
      } as const;
      await writeFolder(folder, exportFiles(tx, wish));
      const { counts, findings } = judgeExport(openArchive(folder), { pinned: null, manifestHash: null });
      judged.tills += counts.tills;
      judged.entries += counts.entries;
      judged.tickets += counts.tickets;
      for (const finding of findings)
        if (finding.level === "error") judged.wrong.push({ ...finding, store: store.code });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return judged;
}
