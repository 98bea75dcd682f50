import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { goesOn, mayMissSales, type RecordsState, sellsNothing } from "#domain/journal/own-records.ts";
import { instantSchema } from "#protocol/scalars.ts";
import { type HealthRecords, MAX_RECORDS } from "#protocol/sync/health.ts";
import { type Missing, type Records, recordsSchema } from "#protocol/sync/records.ts";
import type { Clock, Unwatch } from "../ports.ts";
import { replaceFile } from "../replace-file.ts";
import type { Timers } from "../sync/alarm.ts";
import { missingOf } from "./lacking.ts";
import type { Recovery } from "./recovery.ts";

/** Outside of the database, which may be what was hurt. */
export const RECORDS_FILE = "records.json";
/** What could not be written is tried again so soon, milliseconds. */
export const KEPT_AGAIN_MS = 5 * 60_000;
const confirmedSchema = recordsSchema.extend({ confirmedAt: instantSchema });
type Confirmed = z.infer<typeof confirmedSchema>;
/** Each word is read by itself. */
const fileSchema = z.object({ said: z.array(z.unknown()), confirmed: z.array(z.unknown()).default([]) });

interface Kept {
  readonly said: readonly Records[];
  /** HQ has not heard of it as confirmed. */
  readonly confirmed: readonly Confirmed[];
}

/** What of a file this version does not know: it stays there for the later one that wrote it. */
interface Unread {
  readonly said: readonly unknown[];
  readonly confirmed: readonly unknown[];
}

interface OwnRecordsSettings {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Also hears each time that something could not be kept; it is tried again. */
  readonly onTrouble: (error: unknown) => void;
}

/** What is wrong with the till's own records, and what was and nobody has confirmed, for its screen and for HQ. What does not go on is kept over restarts. */
export class OwnRecords {
  readonly #file: string;
  readonly #settings: OwnRecordsSettings;
  readonly #watchers = new Set<() => void>();
  #said: readonly Records[];
  /** HQ may not have heard of it yet. */
  #confirmed: readonly Confirmed[];
  #onDisk: Kept;
  readonly #unread: Unread;
  #writing: Promise<void> = Promise.resolve();
  #again: unknown;
  #isClosed = false;

  private constructor(file: string, settings: OwnRecordsSettings) {
    this.#file = file;
    this.#settings = settings;
    const { kept, unread } = keptIn(file, settings.onTrouble);
    this.#onDisk = kept;
    this.#unread = unread;
    this.#said = this.#onDisk.said;
    this.#confirmed = this.#onDisk.confirmed;
  }

  /** With what was said before. Of what cannot be read `onTrouble` is told, and it is not said. */
  static open(dataDir: string, settings: OwnRecordsSettings): OwnRecords {
    return new OwnRecords(join(dataDir, RECORDS_FILE), settings);
  }

  /** What is to be read at the till, what is worst first. */
  get now(): readonly Records[] {
    return [...this.#said].sort((a, b) => weightOf(b) - weightOf(a) || b.at - a.at);
  }

  /** What HQ is told: also what was confirmed, as such, until it has `heard` it. */
  get told(): readonly HealthRecords[] {
    return [...this.now, ...this.#confirmed];
  }

  /** HQ was told this, and has answered. */
  heard(told: readonly HealthRecords[]): void {
    const isHeard = ({ state, at, confirmedAt }: Confirmed): boolean =>
      told.some((each) => each.state === state && each.at === at && each.confirmedAt === confirmedAt);
    this.#confirmed = this.#confirmed.filter((each) => !isHeard(each));
    void this.#keepAtLast();
  }

  /** What the start put right. Resolves when it is on the disk, or cannot be put there now. */
  async recovered(recovery: Recovery | null): Promise<void> {
    if (recovery === null) return;
    const state = stateOf(recovery);
    const { unsure } = recovery;
    // A second copy that cannot be written was not put right.
    if (state === "copy" && unsure === null && this.#said.some((each) => each.state === "oneCopy")) return;
    this.found(state, unsure === null ? undefined : [unsure]);
    await this.#writing;
  }

  /** `missing`: of `incomplete`, what is; of what was put right, what may be. What goes on keeps when it was found. */
  found(state: RecordsState, missing?: readonly Missing[]): void {
    const same = this.#said.find((each) => each.state === state && isDeepStrictEqual(each.missing, missing));
    if (same !== undefined && goesOn(state)) return;
    const word = {
      state,
      at: this.#settings.clock.now(),
      ...(missing === undefined ? {} : { missing: [...missing] }),
    };
    const others = this.#said.filter((each) => each !== same && !isEndedBy(each, state));
    this.#said = withRoom([...others, word]);
    this.#tell();
    void this.#keepAtLast();
  }

  /** What went on is not so any more. */
  over(state: RecordsState): void {
    const left = this.#said.filter((each) => each.state !== state || !goesOn(state));
    if (left.length === this.#said.length) return;
    this.#said = left;
    this.#tell();
  }

  /** These were read, and are said no more. Throws what the disk throws: then they are said as before. */
  async confirm(words: readonly Pick<Records, "state" | "at">[]): Promise<void> {
    const read = this.among(words);
    const confirmedAt = this.#settings.clock.now();
    const confirmed = read.map((each) => ({ ...each, confirmedAt }));
    this.#said = this.#said.filter((each) => !read.includes(each));
    this.#confirmed = withRoom([...this.#confirmed, ...confirmed]);
    try {
      await this.#keep();
    } catch (error) {
      this.#said = [...read, ...this.#said];
      this.#confirmed = this.#confirmed.filter((each) => !confirmed.includes(each));
      this.#tell();
      // What was found meanwhile may have been written without them.
      void this.#keepAtLast();
      throw error;
    }
    this.#tell();
  }

  /** Which of these are still said, and can be confirmed. */
  among(words: readonly Pick<Records, "state" | "at">[]): readonly Records[] {
    return this.#said.filter(
      (each) => !goesOn(each.state) && words.some(({ state, at }) => state === each.state && at === each.at),
    );
  }

  /** Resolves when nothing is being written any more; what could not be is tried a last time. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#keepAtLast();
  }

  watch(onChange: () => void): Unwatch {
    this.#watchers.add(onChange);
    return () => this.#watchers.delete(onChange);
  }

  #tell(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  async #keepAtLast(): Promise<void> {
    const { timers, onTrouble } = this.#settings;
    timers.clear(this.#again);
    try {
      await this.#keep();
    } catch (error) {
      onTrouble(error);
      timers.clear(this.#again);
      if (!this.#isClosed) this.#again = timers.set(() => void this.#keepAtLast(), KEPT_AGAIN_MS);
    }
  }

  async #keep(): Promise<void> {
    const written = this.#writing.then(async () => {
      const kept: Kept = {
        said: this.#said.filter(({ state }) => !goesOn(state)),
        confirmed: [...this.#confirmed],
      };
      if (isDeepStrictEqual(kept, this.#onDisk)) return;
      const { said, confirmed } = this.#unread;
      const written = { said: [...kept.said, ...said], confirmed: [...kept.confirmed, ...confirmed] };
      await replaceFile(this.#file, JSON.stringify(written));
      this.#onDisk = kept;
    });
    this.#writing = written.catch(() => undefined);
    return written;
  }
}

function keptIn(
  file: string,
  onTrouble: (error: unknown) => void,
): { readonly kept: Kept; readonly unread: Unread } {
  const nothing = { said: [], confirmed: [] };
  if (!existsSync(file)) return { kept: nothing, unread: nothing };
  try {
    const found = fileSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    const said = eachRead(recordsSchema, found.said);
    const confirmed = eachRead(confirmedSchema, found.confirmed);
    const [odd] = [...said.unread, ...confirmed.unread];
    if (odd !== undefined) onTrouble(new Error(`not known in ${RECORDS_FILE}: ${JSON.stringify(odd)}`));
    return {
      kept: { said: said.read, confirmed: confirmed.read },
      unread: { said: said.unread, confirmed: confirmed.unread },
    };
  } catch (error) {
    onTrouble(error);
    return { kept: nothing, unread: nothing };
  }
}

function eachRead<T>(
  schema: z.ZodType<T>,
  words: readonly unknown[],
): { readonly read: readonly T[]; readonly unread: readonly unknown[] } {
  const read: T[] = [];
  const unread: unknown[] = [];
  for (const word of words) {
    const found = schema.safeParse(word);
    if (found.success) read.push(found.data);
    else unread.push(word);
  }
  return { read, unread };
}

/** As many as are told, oldest first: what misses no sales goes first, then the oldest that may miss some are said as one. */
function withRoom<T extends Records>(words: readonly T[]): readonly T[] {
  if (words.length <= MAX_RECORDS) return words;
  const ended = words.filter(({ state }) => !goesOn(state));
  const least = ended.find((each) => !mayMissSales(each));
  if (least !== undefined) return withRoom(words.filter((each) => each !== least));
  const [first, second] = ended.filter((each) => each.missing !== undefined);
  if (first?.missing === undefined || second?.missing === undefined) return words.slice(-MAX_RECORDS);
  const missing = missingOf([...first.missing, ...second.missing].map((each) => ({ missing: each })));
  const both = { ...second, missing: [...missing] };
  return withRoom(words.flatMap((each) => (each === first ? [] : [each === second ? both : each])));
}

/** What keeps a till from selling is one thing at a time, and over once it has heard where it was. What it had read is damaged until it is read anew. */
function isEndedBy({ state }: Records, next: RecordsState): boolean {
  if (state === "replica") return next === "readAnew";
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
