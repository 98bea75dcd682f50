import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { goesOn, mayMissSales, type RecordsState, sellsNothing } from "#domain/journal/own-records.ts";
import { MAX_RECORDS } from "#protocol/sync/health.ts";
import { type Missing, type Records, recordsSchema } from "#protocol/sync/records.ts";
import type { Clock, Unwatch } from "../ports.ts";
import { replaceFile } from "../replace-file.ts";
import type { Recovery } from "./recovery.ts";

/** Outside of the database, which may be what was hurt. */
export const RECORDS_FILE = "records.json";
const keptSchema = z.strictObject({ said: z.array(recordsSchema) });

/** What is wrong with the till's own records, and what was and nobody has confirmed, for its screen and for HQ. What does not go on is kept over restarts. */
export class OwnRecords {
  readonly #file: string;
  readonly #clock: Clock;
  readonly #onTrouble: (error: unknown) => void;
  readonly #watchers = new Set<() => void>();
  #said: readonly Records[];
  /** Confirmed since the till was started: HQ may not have heard of it yet. */
  #confirmed: readonly Records[] = [];
  #onDisk: readonly Records[];
  #writing: Promise<void> = Promise.resolve();

  private constructor(
    file: string,
    clock: Clock,
    { said, onTrouble }: { readonly said: readonly Records[]; readonly onTrouble: (error: unknown) => void },
  ) {
    this.#file = file;
    this.#clock = clock;
    this.#onTrouble = onTrouble;
    this.#said = said;
    this.#onDisk = said;
  }

  /** With what was said before. Where that cannot be read, `onTrouble` is told, and nothing was; it also hears where something could not be kept. */
  static open(dataDir: string, clock: Clock, onTrouble: (error: unknown) => void): OwnRecords {
    const file = join(dataDir, RECORDS_FILE);
    return new OwnRecords(file, clock, { said: keptIn(file, onTrouble), onTrouble });
  }

  /** What is to be read at the till, what is worst first. */
  get now(): readonly Records[] {
    return [...this.#said].sort((a, b) => weightOf(b) - weightOf(a) || b.at - a.at);
  }

  /** What HQ is told: what was confirmed stays for as long as the till runs. */
  get told(): readonly Records[] {
    return [...this.now, ...this.#confirmed].slice(0, MAX_RECORDS);
  }

  /** What the start put right. */
  recovered(recovery: Recovery | null): void {
    if (recovery === null) return;
    const { database, unsure } = recovery;
    // A second copy that cannot be written was not put right.
    const isOnlyOfCopy = database === "whole" && unsure === null;
    if (isOnlyOfCopy && this.#said.some(({ state }) => state === "oneCopy")) return;
    this.found(stateOf(recovery), unsure === null ? undefined : [unsure]);
  }

  /** `missing`: of `incomplete`, what is; of what was put right, what may be. What goes on keeps when it was found. */
  found(state: RecordsState, missing?: readonly Missing[]): void {
    const same = this.#said.find(
      (each) => each.state === state && isDeepStrictEqual(each.missing, missing && [...missing]),
    );
    if (same !== undefined && goesOn(state)) return;
    const word = {
      state,
      at: this.#clock.now(),
      ...(missing === undefined ? {} : { missing: [...missing] }),
    };
    const others = this.#said.filter((each) => each !== same && !isEndedBy(each, state));
    this.#said = [...others, word].slice(-MAX_RECORDS);
    this.#tell();
    this.#keep().catch(this.#onTrouble);
  }

  /** These were read, and are said no more. Throws what the disk throws: then they are said as before. */
  async confirm(words: readonly Pick<Records, "state" | "at">[]): Promise<void> {
    const before = this.#said;
    const read = this.among(words);
    this.#said = before.filter((each) => !read.includes(each));
    try {
      await this.#keep();
    } catch (error) {
      this.#said = [...read, ...this.#said];
      throw error;
    }
    this.#confirmed = [...read, ...this.#confirmed];
    this.#tell();
  }

  /** Which of these are still said, and can be confirmed. */
  among(words: readonly Pick<Records, "state" | "at">[]): readonly Records[] {
    return this.#said.filter(
      (each) => !goesOn(each.state) && words.some(({ state, at }) => state === each.state && at === each.at),
    );
  }

  /** Resolves when nothing is being written any more. */
  async close(): Promise<void> {
    await this.#writing;
  }

  watch(onChange: () => void): Unwatch {
    this.#watchers.add(onChange);
    return () => this.#watchers.delete(onChange);
  }

  #tell(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  async #keep(): Promise<void> {
    const written = this.#writing.then(async () => {
      const kept = this.#said.filter(({ state }) => !goesOn(state));
      if (isDeepStrictEqual(kept, this.#onDisk)) return;
      await replaceFile(this.#file, JSON.stringify({ said: kept } satisfies z.infer<typeof keptSchema>));
      this.#onDisk = kept;
    });
    this.#writing = written.catch(() => undefined);
    return written;
  }
}

function keptIn(file: string, onTrouble: (error: unknown) => void): readonly Records[] {
  if (!existsSync(file)) return [];
  try {
    return keptSchema.parse(JSON.parse(readFileSync(file, "utf8"))).said;
  } catch (error) {
    onTrouble(error);
    return [];
  }
}

/** What keeps a till from selling is one thing at a time, and over once it has heard where it was. */
function isEndedBy({ state }: Records, next: RecordsState): boolean {
  return sellsNothing(state) && (sellsNothing(next) || next === "lost");
}

function weightOf(word: Records): number {
  if (sellsNothing(word.state)) return 3;
  if (goesOn(word.state)) return 2;
  return mayMissSales(word) ? 1 : 0;
}

function stateOf({ database, copy, given }: Recovery): RecordsState {
  if (given > 0) return "given";
  if (copy === "forked") return "forked";
  if (database === "whole") return "copy";
  return copy === "whole" ? "database" : "both";
}
