import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { isDeepStrictEqual } from "node:util";
import { ticketOf } from "#domain/journal/effects.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { madeOnce } from "#domain/made-once.ts";
import type { Order } from "#domain/orders/order.ts";
import type { Returned } from "#domain/returns/returned.ts";
import type { BookedShift } from "#domain/shift/booked-shift.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { REPLICA_COLLECTIONS, type ReplicaCollection } from "#protocol/documents/collections.ts";
import type { ShopOrder } from "#protocol/shop/order.ts";
import { JOURNAL_FILE, REPLICA_FILE } from "../../src-main/engine/database.ts";
import { isKeptOpen, openRow } from "../../src-main/engine/replica/sealed-rows.ts";
import { keyFrom } from "../../src-main/engine/seal.ts";
import type { Keys } from "../../src-main/engine/till-keys.ts";
import type { Row } from "../../sync-server/storage/sql/database.ts";
import type { ServerMachine } from "../world/server-machine.ts";
import type { Place } from "../world/world.ts";

/** What each till has in its journal, oldest first. */
export type Journals = ReadonlyMap<Place, readonly JournalEntry[]>;

/** More than any feed has of a collection in a day. */
export const MOST_ROWS = 100_000;

/** Reads a database's files as they lie there, beside whoever has them open. */
export function reading<T>(file: string, read: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return read(database);
  } finally {
    database.close();
  }
}

/** Of a till's journal the documents after one, oldest first. */
export const ENTRIES = `SELECT data FROM "journal/journal/0" WHERE deleted = 0 AND id > ? ORDER BY id`;

/** More than tills write, or hold, in a day. */
const TEXTS_KEPT = 1_000;

/** Of a document in a till's journal. What was read by its very text is not read again: a till that was killed has the same on its disk. */
export const ownEntryOf: (row: Row) => JournalEntry = ({ data }) => entryIn(String(data));

const entryIn = madeOnce((text: string) => entryOf(JSON.parse(text) as Row), TEXTS_KEPT);

/** Of a row in the server's journal. */
export function entryOf({ entry }: Row): JournalEntry {
  return JSON.parse(String(entry)) as JournalEntry;
}

/** A till's journal as it lies on its disk, oldest first. */
export function journalOf(folder: string): readonly JournalEntry[] {
  return reading(join(folder, JOURNAL_FILE), (database) => database.prepare(ENTRIES).all("").map(ownEntryOf));
}

/** The keys of a till as they lie on its disk. */
function keysOf(folder: string): Keys {
  const { own, lent } = JSON.parse(readFileSync(join(folder, "keys.json"), "utf8")) as {
    own: string;
    lent: string | null;
  };
  return { own: keyFrom(own), lent: lent === null ? null : keyFrom(lent) };
}

/** What a till's replica holds, as it lies there: the texts of its documents by collection and id, and the keys that open them. */
export interface HeldReplica {
  readonly texts: ReadonlyMap<ReplicaCollection, ReadonlyMap<string, string>>;
  readonly keys: Keys;
}

export function replicaOf(folder: string): HeldReplica {
  return reading(join(folder, REPLICA_FILE), (database) => {
    const texts = new Map<ReplicaCollection, ReadonlyMap<string, string>>();
    for (const name of REPLICA_COLLECTIONS) {
      const rows = database.prepare(`SELECT id, data FROM "replica/${name}/0" WHERE deleted = 0`).all();
      texts.set(name, new Map(rows.map(({ id, data }) => [String(id), String(data)])));
    }
    return { texts, keys: keysOf(folder) };
  });
}

/** Whether a till can read a document, whose text is `held` where it has it, as it is `told`. */
export function isHeldAsTold({
  collection,
  held,
  told,
  keys,
}: {
  readonly collection: ReplicaCollection;
  readonly held: string | undefined;
  readonly told: string;
  readonly keys: Keys;
}): boolean {
  if (held === undefined) return false;
  if (isKeptOpen(collection)) return compared(held, told).isSame;
  return isDeepStrictEqual(openRow(collection, dataIn(held), keys), JSON.parse(told));
}

/** Of the same texts the same comes each time. Not of those that are sealed: their keys lapse. */
const compared = madeOnce(
  (held: string, told: string) => ({ isSame: isDeepStrictEqual(dataIn(held), JSON.parse(told)) }),
  TEXTS_KEPT,
);

function dataIn(held: string): object {
  return (JSON.parse(held) as { readonly data: object }).data;
}

/** Tickets of a journal, each once however often it stands there. */
export function ticketsIn(entries: readonly JournalEntry[]): ReadonlyMap<string, Ticket> {
  const tickets = new Map<string, Ticket>();
  for (const { fact } of entries) {
    const ticket = ticketOf(fact);
    if (ticket !== null) tickets.set(ticket.id, ticket);
  }
  return tickets;
}

/** What the server has booked. */
export interface Books {
  /** By id, as often as they stand there. */
  readonly tickets: readonly Ticket[];
  /** When the server took each in. */
  readonly receivedAt: ReadonlyMap<string, number>;
  readonly journal: readonly {
    readonly device: string;
    readonly epoch: number;
    readonly seq: number;
    readonly hash: string;
    /** The entry's own, the same wherever it is carried over to. */
    readonly id: string;
  }[];
  readonly levels: readonly {
    readonly store: string;
    readonly variant: string;
    readonly onHand: number;
    readonly moved: number;
  }[];
  /** What tickets moved, by cause and article. */
  readonly sold: readonly { readonly ticket: string; readonly variant: string; readonly quantity: number }[];
  readonly postings: readonly { readonly entry: string; readonly account: string; readonly minor: number }[];
  /** What tickets moved on the accounts of the ledger that are nobody's: what value was given out for, and where it went. */
  readonly value: readonly { readonly ticket: string; readonly account: string; readonly minor: number }[];
  readonly exceptions: readonly {
    readonly id: string;
    readonly kind: string;
    readonly store: string;
    readonly detail: string;
    readonly order: string | null;
  }[];
  readonly devices: readonly {
    readonly id: string;
    readonly name: string;
    readonly store: string;
    readonly register: number;
    readonly epoch: number;
  }[];
  readonly orders: readonly Order[];
  /** How orders stood of which there is an exception, each time that their shops were told of one: the oldest first. */
  readonly stood: readonly { readonly at: number; readonly order: ShopOrder }[];
  readonly returned: readonly Returned[];
  readonly shifts: readonly BookedShift[];
}

export async function booksOf(server: ServerMachine): Promise<Books> {
  const all = async <T>(sql: string, read: (row: Row) => T): Promise<readonly T[]> =>
    (await server.all(sql)).map((row) => read(row));
  const tickets = await all("SELECT ticket, received_at FROM tickets ORDER BY cursor", (row) => ({
    ticket: JSON.parse(String(row.ticket)) as Ticket,
    at: Number(row.received_at),
  }));
  return {
    tickets: tickets.map(({ ticket }) => ticket),
    receivedAt: new Map(tickets.map(({ ticket: { id }, at }) => [id, at])),
    journal: await all(
      "SELECT device, epoch, seq, hash, entry ->> '$.id' AS id FROM journal ORDER BY device, epoch, seq",
      (row) => ({
        device: String(row.device),
        epoch: Number(row.epoch),
        seq: Number(row.seq),
        hash: String(row.hash),
        id: String(row.id),
      }),
    ),
    levels: await all(
      `SELECT s.store, s.variant, s.on_hand, (SELECT coalesce(sum(m.quantity), 0) FROM movements m WHERE m.store = s.store AND m.variant = s.variant) AS moved FROM stock s`,
      (row) => ({
        store: String(row.store),
        variant: String(row.variant),
        onHand: Number(row.on_hand),
        moved: Number(row.moved),
      }),
    ),
    sold: await all(
      `SELECT reason ->> '$.ticket' AS ticket, variant, sum(quantity) AS quantity FROM movements WHERE reason ->> '$.kind' = 'sale' GROUP BY 1, 2`,
      (row) => ({
        ticket: String(row.ticket),
        variant: String(row.variant),
        quantity: Number(row.quantity),
      }),
    ),
    postings: await all("SELECT entry, account, minor FROM ledger_postings", (row) => ({
      entry: String(row.entry),
      account: String(row.account),
      minor: Number(row.minor),
    })),
    value: await all(
      `SELECT e.ticket, p.account, sum(p.minor) AS minor FROM ledger_postings p JOIN ledger_entries e ON e.id = p.entry
       WHERE e.ticket <> '' AND p.account NOT LIKE '%:%' GROUP BY 1, 2`,
      (row) => ({ ticket: String(row.ticket), account: String(row.account), minor: Number(row.minor) }),
    ),
    exceptions: await all("SELECT id, kind, store, detail, order_id FROM exceptions", (row) => ({
      id: String(row.id),
      kind: String(row.kind),
      store: String(row.store),
      detail: String(row.detail),
      order: row.order_id === null ? null : String(row.order_id),
    })),
    devices: await all("SELECT id, name, store, register, epoch FROM devices", (row) => ({
      id: String(row.id),
      name: String(row.name),
      store: String(row.store),
      register: Number(row.register),
      epoch: Number(row.epoch),
    })),
    orders: await all("SELECT data FROM orders", ({ data }) => JSON.parse(String(data)) as Order),
    stood: await all(
      "SELECT at, data FROM outbox WHERE subject IN (SELECT order_id FROM exceptions WHERE order_id IS NOT NULL) ORDER BY seq",
      ({ at, data }) => ({ at: Number(at), order: JSON.parse(String(data)) as ShopOrder }),
    ),
    returned: await all("SELECT data FROM returned", ({ data }) => JSON.parse(String(data)) as Returned),
    shifts: await all("SELECT data FROM shifts", ({ data }) => JSON.parse(String(data)) as BookedShift),
  };
}
