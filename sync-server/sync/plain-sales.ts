import type { Instant } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { movementsOfTicket } from "#domain/stock/movements.ts";
import { bookReports } from "../reports/book.ts";
import type { DeviceRecord } from "../storage/port.ts";
import { atOnce } from "./at-once.ts";
import { bookBuyers } from "./buyer-booking.ts";
import type { Publication } from "./publisher.ts";
import { bookMovements, moveOf } from "./stock-booking.ts";
import { bookTickets, type RungUp, tellSold } from "./ticket-booking.ts";

/** A sale that `plainSaleOf` found in an entry that is in the journal. */
interface PlainSale extends RungUp {
  readonly device: DeviceRecord;
  readonly entry: JournalEntry;
  readonly actedAt: Instant;
}

/** Books sales of any tills together, so that a hundred of them cost hardly more statements than one; the same comes of it as of booking one after the other. */
export async function bookPlainSales(publication: Publication, sales: readonly PlainSale[]): Promise<void> {
  const moves = sales.flatMap(({ entry, ticket, actedAt }) =>
    movementsOfTicket(ticket).map((movement) => moveOf(movement, entry, actedAt)),
  );
  // Each writes tables of its own: a database that is far away is asked for all of it at once.
  const [purchases, levels] = await atOnce([
    bookTickets(publication, sales),
    bookMovements(publication, moves),
    bookReports(
      publication.tx,
      sales.map(({ ticket }) => ticket),
    ),
    bookBuyers(publication, sales),
  ]);
  await tellSold(publication, { levels, purchases });
}
