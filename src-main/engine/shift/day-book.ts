import { setImmediate } from "node:timers/promises";
import type { EntryId, ShiftId } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { cashPolicyOf } from "#domain/shift/cash.ts";
import { type DayState, type DrawerState, newDay } from "#domain/shift/day-state.ts";
import { drawerFor } from "#domain/shift/drawers.ts";
import { foldCopy, foldDay } from "#domain/shift/fold-day.ts";
import { dayBegunBy } from "#domain/shift/read-back.ts";
import type { Unwatch } from "../ports.ts";
import { Changes } from "../shop/changes.ts";
import { durably } from "../shop/durably.ts";
import type { OnDuty } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import { type DaySnapshot, daySnapshotSchema } from "./day-snapshot.ts";

const DRAFT = "shift.day";
/** Entries after which the day is kept on disk anew: so many, and those since, are read at a start. */
const KEEP_EVERY = 200;

type DayPorts = Pick<ShopPorts, "journal" | "drafts" | "onTrouble">;

interface Since {
  readonly entry: JournalEntry;
  readonly isCopy: boolean;
}

/** This till's drawers and its day, as its journal tells them: read at the start, then kept in step with each entry. */
export class DayBook {
  readonly #ports: DayPorts;
  readonly #changes = new Changes();
  #state: DayState = newDay(null);
  #sinceKept = 0;
  #keeping: Promise<unknown> = Promise.resolve();
  #unfollow: Unwatch = () => undefined;

  constructor(ports: DayPorts) {
    this.#ports = ports;
  }

  /** Reads back to the last Z report, or to where the day was kept. */
  async load(): Promise<void> {
    const { journal } = this.#ports;
    const { begin, since } = await this.#readBack();
    this.#state = begin;
    this.#sinceKept = 0;
    for (const each of since) this.#fold(each);
    this.#unfollow = journal.follow((entry, isCopy) => {
      this.#fold({ entry, isCopy });
      this.#changes.tell();
    });
  }

  get state(): DayState {
    return this.#state;
  }

  /** The open drawer of whoever is on duty. */
  drawerOf({ staff, settings }: OnDuty): DrawerState | null {
    return drawerFor(this.#state, { kind: cashPolicyOf(settings).drawer, staff: staff.id });
  }

  shiftOf(duty: OnDuty): ShiftId | null {
    return this.drawerOf(duty)?.shift ?? null;
  }

  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }

  async close(): Promise<void> {
    this.#unfollow();
    await this.#keeping;
  }

  async #readBack(): Promise<{ readonly begin: DayState; readonly since: readonly Since[] }> {
    const kept = await this.#kept();
    const since: Since[] = [];
    const seen = new Set<EntryId>();
    let begin = newDay(null);
    for await (const entry of this.#ports.journal.newestFirst()) {
      if (entry.id === kept?.entry && entry.epoch === kept.place.epoch && entry.seq === kept.place.seq) {
        begin = kept.state;
        break;
      }
      const begun = dayBegunBy(entry);
      if (begun !== null) {
        begin = begun;
        break;
      }
      since.push({ entry, isCopy: seen.has(entry.id) });
      seen.add(entry.id);
    }
    return { begin, since: since.reverse() };
  }

  /** What was kept in an epoch that is over is of no use: what it counted may stand in the new one again. */
  async #kept(): Promise<DaySnapshot | null> {
    const kept = daySnapshotSchema.safeParse(await this.#ports.drafts.get(DRAFT));
    if (!kept.success) return null;
    return kept.data.place.epoch === this.#ports.journal.head.epoch ? kept.data : null;
  }

  #fold({ entry, isCopy }: Since): void {
    this.#state = isCopy ? foldCopy(this.#state, entry) : foldDay(this.#state, entry);
    this.#sinceKept += 1;
    if (this.#sinceKept >= KEEP_EVERY && !isCopy) this.#keep(entry);
  }

  /** Behind whoever waits for the entry. */
  #keep({ id, epoch, seq }: JournalEntry): void {
    this.#sinceKept = 0;
    const { drafts, onTrouble } = this.#ports;
    const kept: DaySnapshot = { entry: id, place: { epoch, seq }, state: this.#state };
    this.#keeping = this.#keeping
      .then(() => setImmediate())
      .then(() => durably(() => drafts.put(DRAFT, kept), onTrouble));
  }
}
