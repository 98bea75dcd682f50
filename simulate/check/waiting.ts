import { type EntryId, idOf, type StoreId, type VariantId } from "#domain/ids.ts";
import { effectsOf } from "#domain/journal/effects.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { type AppliedUpTo, foldStock, pendingEntries } from "#domain/journal/fold.ts";
import type { StockLevel } from "#domain/stock/stock.ts";
import { JOURNAL_FILE, REPLICA_FILE } from "../../src-main/engine/database.ts";
import { documentId } from "../../src-main/engine/journal/journal-document.ts";
import type { Row, SqlInput } from "../../sync-server/storage/sql/database.ts";
import { eraOf, readCheckpoint } from "../../sync-server/sync/checkpoint.ts";
import { storeFeed } from "../../sync-server/sync/feeds.ts";
import { onHandsAt } from "../day/counter.ts";
import type { Day } from "../day/day.ts";
import { STORES, VARIANTS } from "../retailer.ts";
import type { Disk } from "../world/disk.ts";
import type { Line } from "../world/network.ts";
import { GivenUp, type TillMachine } from "../world/till-machine.ts";
import type { Place } from "../world/world.ts";
import { Doubt, NEVER, partedSo } from "./doubt.ts";
import { ENTRIES, ownEntryOf } from "./found.ts";

/** Looks at what tills show of their stock while entries wait: in the midst of a day, when lines are cut and machines are off. */
export class WhileEntriesWait {
  readonly #day: Day;
  /** Of machines that run. */
  readonly #machines = new WeakMap<Disk, Machine>();
  /** Where tills of before stood last; one that was updated stands there until it is told anew. */
  readonly #toldByNumber = new WeakMap<TillMachine, string>();
  readonly #doubts = new WeakMap<TillMachine, Doubt>();
  #compared = 0;

  constructor(day: Day) {
    this.#day = day;
  }

  /** So often was it compared what a till shows. */
  get compared(): number {
    return this.#compared;
  }

  /**
   * Of each article of which the server has nothing newer than what it has read, a till shows what the server has, and its own entries that the server has not booked. Of
   * the others it shows what it has read, and its own entries that are not in that. Answers where it shows anything else.
   */
  async wrong(): Promise<readonly string[]> {
    const wrong: string[] = [];
    for (const place of this.#day.world.places) {
      const { disk, line } = place.till;
      if (disk === null || line === null) continue;
      try {
        wrong.push(...(await this.#wrongAt(place, { disk, line })));
      } catch (error) {
        if (!(error instanceof GivenUp)) throw error;
      }
    }
    return wrong;
  }

  async #wrongAt(place: Place, { disk, line }: On): Promise<readonly string[]> {
    const { till } = place;
    const { sync, catalog } = till.engine.views;
    const { unsent, firstSync } = sync.current();
    const machine = this.#machineOf(disk);
    const own = machine.read();
    const since = partedSo(this.#day.told, till.deviceName);
    const doubt = this.#doubtOf(till);
    const position = positionOn(disk);
    if (position === null)
      // Its replica was lost, and nobody has told it anything of its stock since.
      return firstSync === null ? [`${till.name} has read nothing of its stock, and does not say so`] : [];
    const newest = await this.#newestOf(storeOf(place), position.checkpoint);
    const pending = once(pendingEntries({ entries: own, applied: position.applied }));
    const askedAt = machine.stockAskedAt(line);
    const isIdle = unsent === 0 && pending.length === 0;
    if (isIdle && newest.newer.size === 0 && doubt.isOver(since)) return [];

    const booked = await this.#bookedOf(own);
    const hasTwin = this.#day.world.twinsOf(till).length > 0;
    doubt.look(since, {
      now: this.#day.world.time.now,
      own,
      unsent,
      askedAt,
      isInStep: booked.newest === own.at(-1)?.hash,
      hasTwin,
    });
    const hasForked = this.#day.told.forked.has(till.deviceName);
    if (this.#isToldByNumber(till, position) && hasForked && !doubt.isOver(since)) return [];
    const left = since === NEVER && newest.isSameEra ? bookedSince(own, booked, newest.newer) : [];
    if (isIdle && left.length === 0) return [];
    if (firstSync !== null || catalog.current().searchReady !== "full") return [];

    const shown = await onHandsAt(this.#day, place);
    this.#compared += 1;
    const read = readOn(disk, storeOf(place));
    const isBehind = (variant: VariantId) => !newest.isSameEra || newest.newer.has(variant);
    const notRead = new Set([...pending, ...left].map(({ id }) => id));
    const here = foldStock({ levels: read, pending: once(own.filter(({ id }) => notRead.has(id))) });
    const wanted = (known: ReadonlySet<EntryId>): Pieces => {
      const there = foldStock({ levels: newest.levels, pending: waiting(own, known) });
      return new Map(
        VARIANTS.map((each) => [each, (isBehind(each) ? here : there).get(each)?.onHand ?? null]),
      );
    };
    const known = new Set(own.filter(({ hash }) => booked.at.has(hash)).map(({ id }) => id));
    const due = wanted(known);
    const others = differing(shown, due);
    if (others.length === 0 || isToldAnew()) return [];
    return others.map((variant) => {
      const [whose, levels] = isBehind(variant) ? ["it has read", read] : ["the server has", newest.levels];
      return `${till.name} shows ${shown.get(variant)} of ${variant}: ${whose} ${levels.get(variant)?.onHand}, with what waits it is ${due.get(variant)}`;
    });

    /** Whether what it shows besides is what it tells the server anew. */
    function isToldAnew(): boolean {
      for (const { id } of own.toReversed())
        if (doubt.has(id) && known.delete(id) && differing(shown, wanted(known)).length === 0) return true;
      return false;
    }
  }

  #doubtOf(till: TillMachine): Doubt {
    const doubt = this.#doubts.get(till) ?? new Doubt();
    this.#doubts.set(till, doubt);
    return doubt;
  }

  /** A till of before is told what the server contains by a number alone: another machine's entry under a number of its own hides that one until they are in step, also when that machine is no more (decision 56). */
  #isToldByNumber(till: TillMachine, { checkpoint, applied }: Position): boolean {
    const place = `${checkpoint} ${applied.epoch}/${applied.seq}`;
    if (till.behind > 0) this.#toldByNumber.set(till, place);
    return this.#toldByNumber.get(till) === place;
  }

  #machineOf(disk: Disk): Machine {
    const machine = this.#machines.get(disk) ?? new Machine(disk);
    this.#machines.set(disk, machine);
    return machine;
  }

  /** The server's levels, and what of them is newer than what was read up to a checkpoint. Once it was started again it has another time, of which a till hears with its next pull. */
  async #newestOf(store: StoreId, checkpoint: string): Promise<Newest> {
    const rows = await this.#day.world.server.all(NEWEST, store);
    const read = readCheckpoint(checkpoint)?.get(storeFeed(store)) ?? 0;
    const newer = rows.filter(({ seq }) => Number(seq) > read);
    return {
      levels: levelsOf(store, rows),
      newer: new Map(newer.map(({ variant, at }) => [idOf<"Variant">(String(variant)), Number(at)])),
      isSameEra: !this.#day.world.server.isPutBack && rows[0]?.era === eraOf(checkpoint),
    };
  }

  async #bookedOf(own: readonly JournalEntry[]): Promise<Booked> {
    return bookedIn(await this.#day.world.server.all(BOOKED, own.at(-1)?.device ?? ""));
  }
}

interface On {
  readonly disk: Disk;
  readonly line: Line;
}

type Pieces = ReadonlyMap<VariantId, number | null>;
type Levels = ReadonlyMap<VariantId, StockLevel>;

interface Position {
  readonly checkpoint: string;
  readonly applied: AppliedUpTo;
}

interface Newest {
  readonly levels: Levels;
  /** When each was written that is newer. */
  readonly newer: ReadonlyMap<VariantId, number>;
  readonly isSameEra: boolean;
}

/** What the server has of a till's device. */
interface Booked {
  /** When each came in, by its hash. */
  readonly at: ReadonlyMap<string, number>;
  readonly newest: string;
}

/** How far a till has read its stock, and what it has read. */
const POSITION = `SELECT data ->> '$.value' AS value FROM "replica/positions/0" WHERE id = 'stock'`;
const READ = `SELECT id AS variant, data ->> '$.data.onHand' AS on_hand FROM "replica/stock/0" WHERE deleted = 0`;
/** A store's levels, when and where in its feed each was written last, and the server's time. */
const NEWEST = `SELECT s.variant, s.on_hand, f.seq, f.at, (SELECT era FROM feed_eras ORDER BY number DESC LIMIT 1) AS era
  FROM stock s LEFT JOIN store_feed_rows f ON f.store = s.store AND f.family = 'store' AND f.collection = 'stock' AND f.id = s.variant WHERE s.store = ?`;
const BOOKED = "SELECT hash, received_at FROM journal WHERE device = ? ORDER BY epoch, seq";

/** Rows of the server that were read once already, for it wrote nothing since: three of four times. */
const bookedByRows = new WeakMap<readonly Row[], Booked>();
const levelsByRows = new WeakMap<readonly Row[], Levels>();

function bookedIn(rows: readonly Row[]): Booked {
  const known = bookedByRows.get(rows);
  if (known !== undefined) return known;
  const booked = {
    at: new Map(rows.map(({ hash, received_at }) => [String(hash), Number(received_at)])),
    newest: String(rows.at(-1)?.hash),
  };
  bookedByRows.set(rows, booked);
  return booked;
}

/** `rows`: of this store alone. */
function levelsOf(store: StoreId, rows: readonly Row[]): Levels {
  const levels = levelsByRows.get(rows) ?? levelsIn(store, rows);
  levelsByRows.set(rows, levels);
  return levels;
}

/** What is known of a till's machine for as long as it runs. */
class Machine {
  readonly #disk: Disk;
  /** Nothing that stands in a journal is changed. */
  readonly #own: JournalEntry[] = [];
  #wasFull = false;
  #inVain = Number.NEGATIVE_INFINITY;

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  /** Its journal, oldest first. */
  read(): readonly JournalEntry[] {
    const last = this.#own.at(-1);
    const joined = onDisk(this.#disk, JOURNAL_FILE, ENTRIES, last === undefined ? "" : documentId(last));
    this.#own.push(...joined.map(ownEntryOf));
    return this.#own;
  }

  /** When it asked what was answered to it last about its stock; what is answered to one whose disk is full it cannot write down. */
  stockAskedAt({ stockAskedAt }: Line): number {
    const { isFull } = this.#disk;
    if (isFull || this.#wasFull) this.#inVain = stockAskedAt;
    this.#wasFull = isFull;
    return stockAskedAt > this.#inVain ? stockAskedAt : Number.NEGATIVE_INFINITY;
  }
}

/** Throws where it is not open. */
function onDisk(disk: Disk, name: string, sql: string, ...values: readonly SqlInput[]): readonly Row[] {
  const rows = disk.all(name, sql, ...values);
  if (rows === null) throw new Error(`${name} of a till that is on is not open`);
  return rows;
}

/** Null where it has read nothing. */
function positionOn(disk: Disk): Position | null {
  const [row] = onDisk(disk, REPLICA_FILE, POSITION);
  return row === undefined ? null : JSON.parse(String(row.value));
}

function readOn(disk: Disk, store: StoreId): Levels {
  return levelsIn(store, onDisk(disk, REPLICA_FILE, READ));
}

function levelsIn(store: StoreId, rows: readonly Row[]): Levels {
  return new Map(
    rows.map(({ variant: id, on_hand }) => {
      const variant = idOf<"Variant">(String(id));
      return [variant, { store, variant, onHand: Number(on_hand) }];
    }),
  );
}

function storeOf({ storeCode }: Place): StoreId {
  const found = STORES.find(({ code }) => code === storeCode);
  if (found === undefined) throw new Error(`there is no store ${storeCode}`);
  return found.store;
}

/** Each once, however often it was carried over. */
function once(entries: readonly JournalEntry[]): readonly JournalEntry[] {
  return [...new Map(entries.map((entry) => [entry.id, entry])).values()];
}

function waiting(entries: readonly JournalEntry[], booked: ReadonlySet<EntryId>): readonly JournalEntry[] {
  return once(entries.filter(({ id }) => !booked.has(id)));
}

/** Entries that came in when what is newer was written: what was read before cannot contain them, whatever was said. */
function bookedSince(
  own: readonly JournalEntry[],
  { at }: Booked,
  newer: Newest["newer"],
): readonly JournalEntry[] {
  if (newer.size === 0) return [];
  return own.filter((entry) => {
    const receivedAt = at.get(entry.hash);
    return (
      receivedAt !== undefined &&
      effectsOf(entry).movements.some(({ variant }) => (newer.get(variant) ?? Infinity) <= receivedAt)
    );
  });
}

function differing(shown: Pieces, wanted: Pieces): readonly VariantId[] {
  return [...wanted].flatMap(([variant, pieces]) =>
    (shown.get(variant) ?? null) === pieces ? [] : [variant],
  );
}
