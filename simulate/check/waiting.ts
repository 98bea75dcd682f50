import { type EntryId, idOf, type StoreId, type VariantId } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { foldStock } from "#domain/journal/fold.ts";
import type { StockLevel } from "#domain/stock/stock.ts";
import { JOURNAL_FILE, REPLICA_FILE } from "../../src-main/engine/database.ts";
import { documentId } from "../../src-main/engine/journal/journal-document.ts";
import { eraOf, readCheckpoint } from "../../sync-server/sync/checkpoint.ts";
import { storeFeed } from "../../sync-server/sync/feeds.ts";
import { onHandsAt } from "../day/counter.ts";
import type { Day } from "../day/day.ts";
import { STORES } from "../retailer.ts";
import type { Disk } from "../world/disk.ts";
import { GivenUp } from "../world/till-machine.ts";
import type { Place } from "../world/world.ts";
import { ENTRIES, entryOf } from "./found.ts";
import { mayHaveForked } from "./invariants.ts";

/** Looks at what tills show of their stock while entries wait: in the midst of a day, when lines are cut and machines are off. */
export class WhileEntriesWait {
  readonly #day: Day;
  /** What was read of the journals of machines that run: nothing that stands in one is changed. */
  readonly #read = new WeakMap<Disk, JournalEntry[]>();

  constructor(day: Day) {
    this.#day = day;
  }

  /**
   * Where nothing of its stock is newer at the server, a till shows of each article what the server has, and its own entries that the server has not booked. Answers
   * where it shows anything else.
   */
  async wrong(): Promise<readonly string[]> {
    const wrong: string[] = [];
    for (const place of this.#day.world.places) {
      const { till } = place;
      if (till.disk === null || till.engine.views.sync.current().unsent === 0) continue;
      try {
        wrong.push(...(await this.#wrongAt(place, till.disk)));
      } catch (error) {
        if (!(error instanceof GivenUp)) throw error;
      }
    }
    return wrong;
  }

  async #wrongAt(place: Place, disk: Disk): Promise<readonly string[]> {
    const store = storeOf(place);
    if (!(await this.#isUpToDate(store, disk))) return [];
    const levels = await this.#levelsOf(store);
    const own = this.#journalOn(disk);
    const booked = await this.#bookedOf(own);
    const shown = await onHandsAt(this.#day, place);
    const wanted = foldStock({ levels, pending: waiting(own, booked) });
    const others = differing(shown, wanted);
    if (others.length === 0 || this.#isToldAnew(place, { shown, levels, own, booked })) return [];
    return others.map(
      (variant) =>
        `${place.till.name} shows ${shown.get(variant)} of ${variant}: the server has ${piecesIn(levels, variant)}, with what waits it is ${piecesIn(wanted, variant)}`,
    );
  }

  /**
   * Whether what a till shows besides is what it tells the server anew: put back, or beside a twin, it cannot know what of its own the server has, and counts that
   * once more rather than not at all, until a poll tells it so.
   */
  #isToldAnew(
    { till }: Place,
    {
      shown,
      levels,
      own,
      booked,
    }: {
      readonly shown: Shown;
      readonly levels: Levels;
      readonly own: readonly JournalEntry[];
      readonly booked: ReadonlySet<EntryId>;
    },
  ): boolean {
    if (!mayHaveForked(this.#day.told, till.deviceName)) return false;
    const known = new Set(booked);
    for (const { id } of own.toReversed()) {
      known.delete(id);
      if (differing(shown, foldStock({ levels, pending: waiting(own, known) })).length === 0) return true;
    }
    return false;
  }

  /** Whether the server has nothing newer of the store's stock. Once it was started again it has another time, of which a till hears with its next pull. */
  async #isUpToDate(store: StoreId, disk: Disk): Promise<boolean> {
    const [row] = disk.all(REPLICA_FILE, POSITION) ?? [];
    if (row === undefined) return false;
    const { checkpoint } = JSON.parse(String(row.value)) as { readonly checkpoint: string };
    const [newest] = await this.#day.world.server.all(NEWEST, store);
    const read = readCheckpoint(checkpoint)?.get(storeFeed(store)) ?? 0;
    return eraOf(checkpoint) === newest?.era && read >= Number(newest?.seq);
  }

  async #levelsOf(store: StoreId): Promise<Levels> {
    const rows = await this.#day.world.server.all(
      "SELECT variant, on_hand FROM stock WHERE store = ?",
      store,
    );
    return new Map(
      rows.map(({ variant: id, on_hand }) => {
        const variant = idOf<"Variant">(String(id));
        return [variant, { store, variant, onHand: Number(on_hand) }];
      }),
    );
  }

  #journalOn(disk: Disk): readonly JournalEntry[] {
    const known = this.#read.get(disk) ?? [];
    const last = known.at(-1);
    const joined = disk.all(JOURNAL_FILE, ENTRIES, last === undefined ? "" : documentId(last)) ?? [];
    known.push(...joined.map(entryOf));
    this.#read.set(disk, known);
    return known;
  }

  /** Which of a till's entries the server has booked, under whichever number. */
  async #bookedOf(entries: readonly JournalEntry[]): Promise<ReadonlySet<EntryId>> {
    const device = entries.at(-1)?.device ?? "";
    const rows = await this.#day.world.server.all("SELECT hash FROM journal WHERE device = ?", device);
    const known = new Set(rows.map(({ hash }) => hash));
    return new Set(entries.filter(({ hash }) => known.has(hash)).map(({ id }) => id));
  }
}

type Shown = ReadonlyMap<VariantId, number | null>;
type Levels = ReadonlyMap<VariantId, StockLevel>;

/** How far a till has read its stock. */
const POSITION = `SELECT data ->> '$.value' AS value FROM "replica/positions/0" WHERE id = 'stock'`;
/** The server's time, and where the newest level of a store stands in the store's feed. */
const NEWEST = `SELECT (SELECT era FROM feed_eras ORDER BY number DESC LIMIT 1) AS era,
  (SELECT max(seq) FROM store_feed_rows WHERE store = ? AND family = 'store' AND collection = 'stock') AS seq`;

function storeOf({ storeCode }: Place): StoreId {
  const found = STORES.find(({ code }) => code === storeCode);
  if (found === undefined) throw new Error(`there is no store ${storeCode}`);
  return found.store;
}

/** What is not booked, each once, however often it was carried over. */
function waiting(entries: readonly JournalEntry[], booked: ReadonlySet<EntryId>): readonly JournalEntry[] {
  const left = entries.filter(({ id }) => !booked.has(id));
  return [...new Map(left.map((entry) => [entry.id, entry])).values()];
}

function piecesIn(levels: Levels, variant: VariantId): number {
  return levels.get(variant)?.onHand ?? 0;
}

/** Articles of which the till shows something else; it may know nothing of one. */
function differing(shown: Shown, wanted: Levels): readonly VariantId[] {
  return [...shown].flatMap(([variant, pieces]) =>
    pieces === null || pieces === piecesIn(wanted, variant) ? [] : [variant],
  );
}
