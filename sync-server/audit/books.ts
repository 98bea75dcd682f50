import { type DeviceId, type EntryId, type Instant, idOf, type ShiftId, type StaffId } from "#domain/ids.ts";
import { ticketOf } from "#domain/journal/effects.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { Money } from "#domain/money/money.ts";
import type { DayReport } from "#domain/shift/report.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { type ExportAsk, exportedTills } from "./journal-files.ts";
import type { JournalSpot } from "./port.ts";
import { entriesOf, tillOf } from "./selection.ts";

/** A ticket as it stands in its till's journal; `z`: number of the Z report that it is in, null while it waits for one. */
export interface BookedTicket {
  readonly device: DeviceId;
  readonly register: number;
  readonly spot: JournalSpot;
  readonly ticket: Ticket;
  readonly z: number | null;
}

/** Why cash moved without a sale. `float`: laid in to begin with, on top of what the shift before left in the drawer on the same day; `banked`: taken out as the drawer was closed; `variance`: what a count was off by. */
export const MOVEMENT_KINDS = [
  "float",
  "in",
  "out",
  "pickup",
  "giftCardPaidOut",
  "variance",
  "banked",
] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

export interface BookedMovement {
  readonly id: EntryId;
  readonly spot: JournalSpot;
  readonly device: DeviceId;
  readonly register: number;
  readonly at: Instant;
  readonly staff: StaffId | null;
  readonly shift: ShiftId | null;
  readonly kind: MovementKind;
  /** Above zero: into the drawer; of a variance: what was too much. */
  readonly amount: Money;
  readonly reason: string;
  readonly z: number | null;
}

export interface Closing {
  readonly report: DayReport;
  readonly tickets: readonly BookedTicket[];
  readonly movements: readonly BookedMovement[];
}

export interface BookedTill {
  readonly device: DeviceId;
  readonly register: number;
  readonly name: string;
}

/** What happened at a store's tills in a range of days, as accountants look at it. All from signed entries. */
export interface Books {
  readonly store: StoreSettings;
  readonly madeAt: Instant;
  readonly asked: ExportAsk["days"];
  readonly tills: readonly BookedTill[];
  readonly tickets: readonly BookedTicket[];
  readonly movements: readonly BookedMovement[];
  readonly closings: readonly Closing[];
}

/** Reads the books of a store. All of it is held in memory: a year of one busy till is some hundred megabytes. */
export async function readBooks(tx: ReadTransaction, ask: ExportAsk): Promise<Books> {
  const tills = await exportedTills(tx, ask);
  const parts: TillBooks[] = [];
  for (const { device, stretch } of tills) {
    const part = new TillBooks(device);
    for await (const { entry } of entriesOf(tx, tillOf(device), stretch)) part.take(entry);
    parts.push(part);
  }
  return {
    store: ask.store,
    madeAt: ask.madeAt,
    asked: ask.days,
    tills: tills.map(({ device: { id, register, name } }) => ({ device: id, register, name })),
    tickets: parts.flatMap((part) => part.tickets),
    movements: parts.flatMap((part) => part.movements),
    closings: parts.flatMap((part) => part.closings),
  };
}

/** The books of one till, entry by entry. A Z report takes all that waits. */
class TillBooks {
  readonly #device: BookedTill["device"];
  readonly #register: number;
  readonly #seen = new Set<EntryId>();
  readonly #owners = new Map<ShiftId, StaffId | null>();
  /** What drawers were left with since the last Z report, by whose they are; minor units. */
  readonly #kept = new Map<StaffId | null, number>();
  readonly closings: Closing[] = [];
  #tickets: BookedTicket[] = [];
  #movements: BookedMovement[] = [];

  constructor({ id, register }: { readonly id: DeviceId; readonly register: number }) {
    this.#device = id;
    this.#register = register;
  }

  get tickets(): readonly BookedTicket[] {
    return [...this.closings.flatMap((closing) => closing.tickets), ...this.#tickets];
  }

  get movements(): readonly BookedMovement[] {
    return [...this.closings.flatMap((closing) => closing.movements), ...this.#movements];
  }

  take(entry: JournalEntry): void {
    // What was carried over into the next epoch keeps its id and counts once.
    if (this.#seen.has(entry.id)) return;
    this.#seen.add(entry.id);
    const ticket = ticketOf(entry.fact);
    const till = { device: this.#device, register: this.#register };
    if (ticket !== null) {
      const spot = { epoch: entry.epoch, seq: entry.seq };
      this.#tickets.push({ ...till, spot, ticket, z: null });
    }
    this.#movements.push(...movementsOf(entry, this.#leftIn(entry)).map((moved) => ({ ...till, ...moved })));
    if (entry.fact.type === "day.closed") this.#close(entry.fact.report);
  }

  /** What the drawer that is opened holds already: what its last shift since the Z report left in it. */
  #leftIn({ fact }: JournalEntry): number {
    if (fact.type === "shift.opened") {
      this.#owners.set(fact.shift, fact.owner);
      return this.#kept.get(fact.owner) ?? 0;
    }
    if (fact.type === "shift.closed") this.#kept.set(this.#owners.get(fact.shift) ?? null, fact.kept.minor);
    return 0;
  }

  #close(report: DayReport): void {
    const z = report.number;
    this.#kept.clear();
    this.closings.push({
      report,
      tickets: this.#tickets.map((booked) => ({ ...booked, z })),
      movements: this.#movements.map((moved) => ({ ...moved, z })),
    });
    this.#tickets = [];
    this.#movements = [];
  }
}

function movementsOf(
  entry: JournalEntry,
  leftIn: number,
): readonly Omit<BookedMovement, "device" | "register">[] {
  const { fact, id, at, staff } = entry;
  const spot = { epoch: entry.epoch, seq: entry.seq };
  const moved = (
    kind: MovementKind,
    amount: Money,
    { shift, reason = "" }: { readonly shift: ShiftId | null; readonly reason?: string },
  ) => ({ id, spot, at, staff, shift, kind, amount, reason, z: null });
  const less = ({ minor, currency }: Money): Money => ({ minor: minor === 0 ? 0 : -minor, currency });
  switch (fact.type) {
    case "shift.opened": {
      const { minor, currency } = fact.float.total;
      const laidIn = { minor: minor - leftIn, currency };
      return leftIn !== 0 && laidIn.minor === 0 ? [] : [moved("float", laidIn, fact)];
    }
    case "cash.moved": {
      const { kind, amount, shift, reason } = fact;
      return [moved(kind, kind === "in" ? amount : less(amount), { shift, reason })];
    }
    case "giftCard.paidOut": {
      const shift = "shift" in fact && typeof fact.shift === "string" ? idOf<"Shift">(fact.shift) : null;
      return [moved("giftCardPaidOut", less(fact.amount), { shift, reason: fact.reason })];
    }
    case "shift.closed": {
      const { shift, variance, count, kept } = fact;
      const reason = fact.reason ?? "";
      const banked = { minor: kept.minor - count.total.minor, currency: kept.currency };
      return [
        ...(variance.minor === 0 ? [] : [moved("variance", variance, { shift, reason })]),
        ...(banked.minor === 0 ? [] : [moved("banked", banked, { shift })]),
      ];
    }
    default:
      return [];
  }
}
