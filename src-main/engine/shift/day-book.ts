import type { EntryId, ShiftId } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { cashPolicyOf } from "#domain/shift/cash.ts";
import { type DayState, type DrawerState, newDay } from "#domain/shift/day-state.ts";
import { drawerFor } from "#domain/shift/drawers.ts";
import { foldCopy, foldDay, leftBy } from "#domain/shift/fold-day.ts";
import type { Unwatch } from "../ports.ts";
import { Changes } from "../shop/changes.ts";
import type { OnDuty } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";

/** This till's drawers and its day, as its journal tells them: read at the start, then kept in step with each entry. */
export class DayBook {
  readonly #ports: Pick<ShopPorts, "journal">;
  readonly #changes = new Changes();
  #state: DayState = newDay(null);
  #unfollow: Unwatch = () => undefined;

  constructor(ports: Pick<ShopPorts, "journal">) {
    this.#ports = ports;
  }

  /** Reads back to the last Z report. */
  async load(): Promise<void> {
    const { journal } = this.#ports;
    this.#unfollow();
    const since: { readonly entry: JournalEntry; readonly isCopy: boolean }[] = [];
    const seen = new Set<EntryId>();
    let state = newDay(null);
    for await (const entry of journal.newestFirst()) {
      if (entry.fact.type === "day.closed") {
        state = newDay(leftBy(entry.fact.report));
        break;
      }
      since.push({ entry, isCopy: seen.has(entry.id) });
      seen.add(entry.id);
    }
    for (const { entry, isCopy } of since.reverse())
      state = isCopy ? foldCopy(state, entry) : foldDay(state, entry);
    this.#state = state;
    this.#unfollow = journal.follow((entry, isCopy) => {
      this.#state = isCopy ? foldCopy(this.#state, entry) : foldDay(this.#state, entry);
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

  close(): void {
    this.#unfollow();
  }
}
