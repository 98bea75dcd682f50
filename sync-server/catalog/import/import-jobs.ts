import { randomUUID } from "node:crypto";
import { type Instant, instant, type PriceListId } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { ImportReport } from "#protocol/hq/import.ts";
import type { Storage } from "../../storage/port.ts";
import type { Publisher } from "../../sync/publisher.ts";
import type { ImportRecord } from "../port.ts";
import type { ProductAct } from "../save-product.ts";
import type { Spreadsheets } from "../spreadsheet/spreadsheets.ts";
import { undoAct, undoBegun } from "../undo-act.ts";
import type { ColumnMap } from "./columns.ts";
import { csvOfFile, type FileTrouble } from "./csv-of-file.ts";
import { type ImportRun, importInSlices, stageImport } from "./import-catalog.ts";
import { type Finding, Findings } from "./report.ts";

/** So many imports are remembered with all that they found. */
const KEPT_JOBS = 20;
/** More is counted and not kept: a file of rubbish must not fill the disk. */
const MAX_FINDINGS = 500_000;
/** How often a server says that it still works on an import, and after what silence it counts as ended. */
const SAY_EVERY_MS = 4_000;
const LAPSE_MS = 15_000;

export interface ImportAsk {
  /** Given by whoever asks: the same one asked again is the same import. */
  readonly id: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly fileName: string;
  readonly dryRun: boolean;
  readonly store: string | null;
  readonly list: PriceListId | null;
  readonly columns: ColumnMap;
  readonly by: ProductAct["by"];
}

/** An import with how far it is; `interrupted`: the server ended in the middle of it, and the file has to come again. */
export type ImportJob = Omit<ImportRecord, "state" | "work"> & {
  readonly state: ImportRecord["state"] | "interrupted";
  readonly done: number;
  readonly total: number;
};

/** Imports that go on by themselves once their file is here. */
export interface ImportJobs {
  /** Resolves once the file was read and either refused or begun to be worked on. */
  start(ask: ImportAsk): Promise<ImportJob>;
  job(id: string): Promise<ImportJob | null>;
  /** The newest first. */
  jobs(): Promise<readonly ImportJob[]>;
  /** Begins to take back what an import did, where nobody has changed the same since. */
  undo(id: string, by: ProductAct["by"]): Promise<Result<ImportJob, "unknown" | "notDone">>;
  /** Resolves when nothing is worked on any more. */
  idle(): Promise<void>;
}

interface Deps {
  readonly storage: Storage;
  readonly publisher: Publisher;
  readonly spreadsheets: Spreadsheets;
  readonly now: () => Instant;
  readonly newId: () => string;
}

interface Progress {
  done: number;
  total: number;
}

export function createImportJobs(deps: Deps): ImportJobs {
  const { storage, now } = deps;
  const server = randomUUID();
  const progress = new Map<string, Progress>();
  const working = new Set<Promise<void>>();

  function worked({ done, total }: Progress): NonNullable<ImportRecord["work"]> {
    return { server, until: instant(now() + LAPSE_MS), done, total };
  }
  /** How far it is, here or at another server; undefined where none works on it. */
  function goingOf({ id, work }: ImportRecord): Progress | undefined {
    const isElsewhere = work != null && work.server !== server && work.until > now();
    return progress.get(id) ?? (isElsewhere ? { done: work.done, total: work.total } : undefined);
  }
  function shown(of: ImportRecord): ImportJob {
    const { work: _, ...record } = of;
    const going = goingOf(of);
    const isLost = going === undefined && record.state === "running";
    const isUndoLost = going === undefined && record.undo?.state === "running";
    return {
      ...record,
      state: isLost ? "interrupted" : record.state,
      undo: isUndoLost ? null : record.undo,
      done: going?.done ?? 0,
      total: going?.total ?? 0,
    };
  }
  function workOn(id: string, total: number, work: (going: Progress) => Promise<void>): void {
    const going = { done: 0, total };
    progress.set(id, going);
    const saying = setInterval(() => {
      storage
        .write(async (tx) => {
          const record = await tx.importJob(id);
          if (record !== null && progress.has(id)) await tx.putImportJob({ ...record, work: worked(going) });
        })
        // It is said again soon.
        .catch(() => undefined);
    }, SAY_EVERY_MS);
    // What fails is read from what is kept of the job.
    const done = work(going)
      .catch(() => undefined)
      .finally(() => {
        clearInterval(saying);
        progress.delete(id);
        working.delete(done);
      });
    working.add(done);
  }
  async function known(id: string): Promise<ImportJob | null> {
    const record = await storage.read((tx) => tx.importJob(id));
    return record === null ? null : shown(record);
  }

  return {
    async start(ask) {
      const before = await known(ask.id);
      if (before !== null && before.state !== "interrupted" && before.state !== "failed") {
        for await (const _dropped of ask.bytes);
        return before;
      }
      progress.set(ask.id, { done: 0, total: 0 });
      const record = await begin(ask, { deps, work: worked({ done: 0, total: 0 }) }).catch(
        (error: unknown) => {
          progress.delete(ask.id);
          throw error;
        },
      );
      const { run } = record;
      if (run === null) progress.delete(ask.id);
      else workOn(ask.id, run.staging.productCount, (going) => doImport({ ...record, run }, { deps, going }));
      return shown(record.job);
    },
    job: known,
    jobs: async () => (await storage.read((tx) => tx.importJobs(KEPT_JOBS))).map(shown),
    async undo(id, by) {
      const job = await storage.read((tx) => tx.importJob(id));
      if (job === null) return refused("unknown");
      if (job.dryRun || goingOf(job) !== undefined)
        return job.undo === null ? refused("notDone") : ok(shown(job));
      if (job.undo?.state === "done") return ok(shown(job));
      // One that a server ended in the middle of goes on where it was.
      const undo = job.undo ?? undoBegun({ kind: by.kind, id: by.id, name: by.name });
      const begun: ImportRecord = { ...job, undo, work: worked({ done: 0, total: 0 }) };
      const isMine = await storage.write(async (tx) => {
        const other = await tx.importJob(id);
        // Somebody else may have begun to take it back meanwhile, at another server.
        if (other === null || goingOf(other) !== undefined) return false;
        await tx.putImportJob(begun);
        return true;
      });
      if (!isMine) return ok(shown(begun));
      workOn(id, 0, (going) =>
        undoAct({
          cause: `import:${id}`,
          undo,
          publisher: deps.publisher,
          note: async (tx, now) => {
            going.done = now.undone + now.kept;
            await tx.putImportJob({ ...job, undo: now, work: worked(going) });
          },
        }),
      );
      return ok(shown(begun));
    },
    async idle() {
      while (working.size > 0) await Promise.all(working);
    },
  };
}

interface Begun {
  readonly job: ImportRecord;
  readonly found: Finding[];
  readonly run: ImportRun | null;
}

/** Reads the file; what it found so far waits to be written. */
async function begin(
  ask: ImportAsk,
  {
    deps: { storage, spreadsheets, newId, now },
    work,
  }: { readonly deps: Deps; readonly work: NonNullable<ImportRecord["work"]> },
): Promise<Begun> {
  const { id, by, fileName, dryRun } = ask;
  const job: ImportRecord = {
    id,
    at: now(),
    by: { kind: by.kind, id: by.id, name: by.name },
    fileName,
    dryRun,
    state: "running",
    report: null,
    undo: null,
  };
  const found: Finding[] = [];
  let count = 0;
  const findings = new Findings((finding) => {
    count += 1;
    if (count <= MAX_FINDINGS) found.push(finding);
  });
  const csv = await csvOfFile(ask.bytes, spreadsheets);
  const act = { by, cause: `import:${id}` };
  const staged = csv.ok
    ? await stageImport({ ...ask, bytes: csv.value, act }, { storage, newId, findings })
    : { ok: false as const, report: findings.refuse(REFUSED_FILES[csv.reason]) };
  const begun: ImportRecord = staged.ok
    ? { ...job, work }
    : { ...job, state: "refused", report: staged.report };
  const elsewhere = await storage.write(async (tx) => {
    const other = await tx.importJob(id);
    // The same was asked for again at another server, and read there sooner.
    if (other?.work != null && other.work.server !== work.server && other.work.until > now()) return other;
    await tx.dropImportFindings(id);
    await tx.putImportJob(begun);
    await tx.addImportFindings(id, found.splice(0));
    await tx.keepNewestImportJobs(KEPT_JOBS);
    return null;
  });
  if (elsewhere !== null && staged.ok) staged.run.staging.close();
  if (elsewhere !== null) return { job: elsewhere, found, run: null };
  return { job: begun, found, run: staged.ok ? staged.run : null };
}

const REFUSED_FILES: Readonly<
  Record<
    FileTrouble,
    { readonly reason: "notCsv" | "tooLarge"; readonly message: string; readonly line: null }
  >
> = {
  notASpreadsheet: {
    reason: "notCsv",
    message: "This is neither CSV nor an Excel file (.xlsx). Nothing was changed.",
    line: null,
  },
  tooLarge: {
    reason: "tooLarge",
    message: "The Excel file is too large. Save it as CSV UTF-8 and import that. Nothing was changed.",
    line: null,
  },
  tooMuch: {
    reason: "tooLarge",
    message:
      "Reading this Excel file takes more memory or time than one file may have. Save it as CSV UTF-8 and import that. Nothing was changed.",
    line: null,
  },
  busy: {
    reason: "tooLarge",
    message: "Many files are being read just now. Try again in a minute. Nothing was changed.",
    line: null,
  },
};

async function doImport(
  { job, found, run }: Begun & { readonly run: ImportRun },
  { deps, going }: { readonly deps: Deps; readonly going: Progress },
): Promise<void> {
  const { storage } = deps;
  const end = (ended: Pick<ImportRecord, "state" | "report">): Promise<void> =>
    storage.write(async (tx) => {
      await tx.addImportFindings(job.id, found.splice(0));
      await tx.putImportJob({ ...job, ...ended });
    });
  try {
    const report: ImportReport = await importInSlices(run, {
      ...deps,
      dryRun: job.dryRun,
      sliced: async (done) => {
        going.done = done;
        if (found.length > 0) await storage.write((tx) => tx.addImportFindings(job.id, found.splice(0)));
      },
    });
    await end({ state: report.ok ? "done" : "refused", report });
  } catch {
    await end({ state: "failed", report: null }).catch(() => undefined);
  } finally {
    run.staging.close();
  }
}
