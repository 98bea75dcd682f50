import { idOf, instant } from "#domain/ids.ts";
import type { Invoice } from "#domain/invoice/invoice.ts";
import { customerFactOf, effectsOf } from "#domain/journal/effects.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { momentOf } from "#domain/journal/moment.ts";
import { type Shelf, shelfKey } from "#domain/stock/shelf.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { readLater } from "#protocol/later.ts";
import { factSchema } from "#protocol/sync/entry.ts";
import type { CaseDesk } from "../cases/case-desk.ts";
import { bookCoupons } from "../coupons/book.ts";
import { bookCredits } from "../credits/book.ts";
import type { BookedEntry } from "../customers/book-fact.ts";
import type { CustomerDesk } from "../customers/desk.ts";
import { bookDeliveryFact } from "../deliveries/book-fact.ts";
import { raiseException } from "../exceptions/raise.ts";
import { bookCount } from "../exceptions/recount.ts";
import { storeCode } from "../exceptions/till-names.ts";
import type { OrderDesk } from "../orders/order-desk.ts";
import { bookReports } from "../reports/book.ts";
import type { ReturnsDesk } from "../returns/desk.ts";
import { bookShiftFact } from "../shifts/book.ts";
import { bookStaffFact } from "../staff/book-fact.ts";
import { bookCountFact } from "../stock/book-count.ts";
import type { DeviceRecord } from "../storage/port.ts";
import { bookBuyers } from "./buyer-booking.ts";
import { bookPlainSales } from "./plain-sales.ts";
import type { Publication } from "./publisher.ts";
import { bookMovements, moveOf } from "./stock-booking.ts";
import { bookTickets, tellSold } from "./ticket-booking.ts";

/** What follows from an entry that is in the journal. */
export interface Booking {
  /**
   * Books entries of several tills, of each in their order; plain sales of all of them go together. Where one cannot be booked for a reason that nobody foresaw, none of it is and
   * HQ is told: what happened at the till is in the journal, and its later acts are not held up. `guarded` false: throws `NotTogether` where plain sales cannot be booked together, and leaves
   * some of it written; whoever asks takes the transaction back and asks again, guarded. Rejects otherwise where the database itself failed.
   */
  bookRuns(publication: Publication, runs: readonly (readonly ToBook[])[], guarded: boolean): Promise<void>;
  /** Books what could not be, by the id of the exception that tells of it; false where it still cannot be. */
  bookAgain(publication: Publication, exception: string): Promise<boolean>;
}

/** Plain sales cannot be booked together, for one of them; the database is well. The cause says why. */
export class NotTogether extends Error {
  constructor(cause: unknown) {
    super("sales cannot be booked together", { cause });
  }
}

export interface ToBook {
  readonly device: DeviceRecord;
  readonly booked: BookedEntry;
  /** Its ticket, where it is a plain sale. */
  readonly sale: Ticket | null;
}

type BooksOne = (publication: Publication, entry: ToBook) => Promise<void>;

interface Parts {
  readonly orders: Pick<OrderDesk, "book">;
  readonly returns: Pick<ReturnsDesk, "book">;
  readonly cases: Pick<CaseDesk, "book">;
  readonly customers: Pick<CustomerDesk, "book">;
}

/** `onApart` is told why sales could not be booked together and were tried one by one. */
export function createBooking(parts: Parts, onApart: (error: unknown) => void = () => undefined): Booking {
  const book: BooksOne = async (publication, { device, booked }) => {
    const done = await publication.attempt(() => bookAll(publication, device, { ...parts, booked }));
    if (done.ok) return;
    await tellNotBooked(publication, device, { booked, error: done.error });
    await publication.attempt(() => tellStockAnew(publication, device, booked));
  };
  return {
    bookRuns: async (publication, runs, guarded) => {
      for (let left = runs; left.some(({ length }) => length > 0); ) {
        const sales = left.map((run) => leading(run, isSale));
        left = left.map((run, place) => run.slice(sales[place]?.length));
        await bookSales(publication, sales.flat(), { book, onApart, guarded });
        const others = left.map((run) => leading(run, (each) => !isSale(each)));
        left = left.map((run, place) => run.slice(others[place]?.length));
        for (const each of others.flat()) await book(publication, each);
      }
    },
    bookAgain: async (publication, exception) => {
      const found = await notBooked(publication, exception);
      if (found === null) return false;
      const { device, booked } = found;
      const done = await publication.attempt(() => bookAll(publication, device, { ...parts, booked }));
      return done.ok;
    },
  };
}

function isSale({ sale }: ToBook): boolean {
  return sale !== null;
}

/** The first of them, as far as they are so. */
function leading<T>(list: readonly T[], isSo: (each: T) => boolean): readonly T[] {
  const end = list.findIndex((each) => !isSo(each));
  return end === -1 ? list : list.slice(0, end);
}

/**
 * Where they cannot be booked together, for one of them, each is booked by itself. To be able to, the database keeps a copy of each page that they change: a tenth of what they cost, where
 * all of them can be booked, as nearly always; then it is left out.
 */
async function bookSales(
  publication: Publication,
  entries: readonly ToBook[],
  {
    book,
    onApart,
    guarded,
  }: { readonly book: BooksOne; readonly onApart: (error: unknown) => void; readonly guarded: boolean },
): Promise<void> {
  if (entries.length === 0) return;
  const sales = entries.flatMap(({ device, booked: { entry, actedAt }, sale: ticket }) =>
    ticket === null ? [] : [{ ticket, device, register: device.register, entry, actedAt }],
  );
  const together = () => bookPlainSales(publication, sales);
  const done = await (guarded ? publication.attempt(together) : publication.tx.attemptOnce(together));
  if (done.ok) return;
  if (!guarded) throw new NotTogether(done.error);
  onApart(done.error);
  for (const each of entries) await book(publication, each);
}

async function bookAll(
  publication: Publication,
  device: DeviceRecord,
  { booked, orders, returns, cases, customers }: Parts & { readonly booked: BookedEntry },
): Promise<void> {
  const entry = booked.isLater === true ? understood(booked.entry) : booked.entry;
  const { actedAt } = booked;
  await bookEffects(publication, device, { entry, actedAt });
  await customers.book(publication, device, { ...booked, entry });
  await bookCount(publication, device, { entry, actedAt });
  await bookCountFact(publication, device, { entry, actedAt });
  await orders.book(publication, device, entry);
  await returns.book(publication, device, entry);
  // An order that was placed with its ticket is known by now.
  await bookReports(publication.tx, effectsOf(entry).tickets);
  await cases.book(publication, device, { entry, actedAt });
  await bookDeliveryFact(publication, device, { entry, actedAt });
  await bookShiftFact(publication, device, { entry, actedAt });
  await bookStaffFact(publication, { entry, actedAt });
}

/** An entry of a later till as far as it is known here; throws where it is of a kind that is not. */
function understood(entry: JournalEntry): JournalEntry {
  const fact = readLater(factSchema, entry.fact);
  if (fact.read !== "not") return { ...entry, fact: fact.data };
  throw new Error(
    `this server is older than the till and does not know all of "${entry.fact.type}"; it is booked once the server is updated`,
  );
}

const NOT_BOOKED = "notBooked";

async function tellNotBooked(
  publication: Publication,
  device: DeviceRecord,
  { booked: { entry, key }, error }: { readonly booked: BookedEntry; readonly error: unknown },
): Promise<void> {
  const { tx } = publication;
  const customer = customerFactOf(entry.fact);
  // What opens it is told with the push only, and is needed to book it later.
  if (customer !== null && key !== null && !(await tx.isErased(customer.customer)))
    await tx.putCustomerKey({ entry: entry.id, customer: customer.customer, key });
  await raiseException(publication, {
    id: [NOT_BOOKED, entry.device, entry.epoch, entry.seq].join(" "),
    kind: NOT_BOOKED,
    // No task of the store's: its tills have done what they had to.
    store: null,
    subject: null,
    detail: {
      store: await storeCode(tx, device.store),
      register: String(device.register),
      entry: entry.fact.type,
      seq: String(entry.seq),
      error: error instanceof Error ? error.message : String(error),
    },
  });
}

/** A till counts what it told of its stock until it reads that anew, also where nothing of it is booked. */
async function tellStockAnew(
  publication: Publication,
  { store }: DeviceRecord,
  { entry }: Pick<BookedEntry, "entry">,
): Promise<void> {
  const { movements, counted } = effectsOf(entry);
  const moved = counted === null ? movements : [...movements, { store, variant: counted.variant }];
  const shelves = new Map<string, Shelf>(moved.map((shelf) => [shelfKey(shelf), shelf]));
  for (const shelf of shelves.values()) await publication.republishStock(shelf);
}

async function notBooked(
  { tx }: Publication,
  exception: string,
): Promise<{ readonly device: DeviceRecord; readonly booked: BookedEntry } | null> {
  const raised = await tx.exception(exception);
  const [kind, id = "", epoch, seq] = exception.split(" ");
  const device = kind === NOT_BOOKED ? await tx.device(idOf<"Device">(id)) : null;
  if (raised === null || device === null) return null;
  const { id: till, store } = device;
  const asked = { store, device: till, epoch: Number(epoch), after: Number(seq) - 1, limit: 1 };
  const [entry] = await tx.entries(asked);
  if (entry === undefined) return null;
  const { clockOffsetMs } = device;
  const actedAt = momentOf({ entry, clockOffsetMs, receivedAt: raised.raisedAt, notBefore: instant(0) });
  return { device, booked: { entry, actedAt, key: null, isLater: true } };
}

async function bookEffects(
  publication: Publication,
  device: DeviceRecord,
  { entry, actedAt }: Pick<BookedEntry, "entry" | "actedAt">,
): Promise<void> {
  const effects = effectsOf(entry);
  const { register } = device;
  // A till that begins a new epoch carries its unanswered entries over: the same sale under another seq. Ticket and movements count once by their ids.
  const purchases = await bookTickets(
    publication,
    effects.tickets.map((ticket) => ({ ticket, register })),
  );
  if (effects.invoice !== null) await bookInvoice(publication, effects.invoice, entry);
  await bookCredits(publication, device, effects.credits);
  await bookCoupons(publication, device, effects.coupons);
  await bookBuyers(
    publication,
    effects.tickets.map((ticket) => ({ device, ticket })),
  );
  const moves = effects.movements.map((movement) => moveOf(movement, entry, actedAt));
  // An order's pieces move one by one; its level is told once.
  const levels = await bookMovements(publication, moves);
  await tellSold(publication, { levels, purchases });
}

/** A till makes out invoices over its own store's sales. One over another's stays in the journal and goes no further: it would stand beside those of that store. */
async function bookInvoice(
  { tx }: Publication,
  invoice: Invoice,
  { store, at }: JournalEntry,
): Promise<void> {
  const sale = await tx.ticket(invoice.ticket);
  if (sale?.ticket.store === store) await tx.addInvoice({ ...invoice, issuedAt: at });
}
