import { ticketOf } from "#domain/journal/effects.ts";
import type { Fact } from "#domain/journal/entry.ts";
import { type Disagreement, disagreements } from "#domain/shift/agree.ts";
import type { JournalPlace } from "#domain/shift/day-state.ts";
import type { DayReport } from "#domain/shift/report.ts";
import { ticketsOfReport } from "#domain/shift/report-tickets.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { raiseException } from "../exceptions/raise.ts";
import { tillName } from "../exceptions/till-names.ts";
import type { DeviceRecord, ReadTransaction } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";

const ENTRIES_AT_ONCE = 500;
/** So many figures are named; where more are off, the first say enough. */
const MAX_NAMED = 6;

/** Looks at a Z report that was just taken in, at its place in the journal: whether its number follows, and whether its sums are those of the tickets that were booked. */
export async function checkReport(
  publication: Publication,
  device: DeviceRecord,
  { report, place }: { readonly report: DayReport; readonly place: JournalPlace },
): Promise<void> {
  await checkNumber(publication, device, report);
  const tickets = await bookedTickets(publication.tx, device, { report, place });
  const found = disagreements(report, tickets);
  if (found.length > 0) await tellDisagreement(publication, device, { report, found });
}

async function checkNumber(
  publication: Publication,
  device: DeviceRecord,
  { number, businessDay }: DayReport,
): Promise<void> {
  const numbers = await publication.tx.zNumbers(device.id);
  const isTwice = numbers.filter((each) => each === number).length > 1;
  const before = numbers.filter((each) => each < number).at(-1) ?? 0;
  if (!isTwice && before === number - 1) return;
  const expected = isTwice ? (numbers.at(-1) ?? 0) + 1 : before + 1;
  await raiseException(publication, {
    id: ["zGap", device.id, number, numbers.length].join(" "),
    kind: "zGap",
    store: null,
    subject: null,
    detail: {
      register: await tillName(publication.tx, device),
      day: businessDay,
      number: String(number),
      expectedNumber: String(expected),
    },
  });
}

/** The tickets that a report tells of, as they were booked. One that could not be booked is missing here. */
async function bookedTickets(
  tx: ReadTransaction,
  device: DeviceRecord,
  { report, place }: { readonly report: DayReport; readonly place: JournalPlace },
): Promise<readonly Ticket[]> {
  const told: (JournalPlace & { readonly fact: Fact })[] = [];
  const { from } = report.span;
  for (let { epoch } = from; epoch <= place.epoch; epoch += 1) {
    let after = epoch === from.epoch ? from.seq - 1 : 0;
    const last = epoch === place.epoch ? place.seq : Number.MAX_SAFE_INTEGER;
    for (;;) {
      const entries = await tx.entries({
        store: device.store,
        device: device.id,
        epoch,
        after,
        limit: ENTRIES_AT_ONCE,
      });
      told.push(...entries.filter(({ fact }) => fact.type === "day.closed" || ticketOf(fact) !== null));
      const end = entries.at(-1)?.seq;
      if (end === undefined || end >= last || entries.length < ENTRIES_AT_ONCE) break;
      after = end;
    }
  }
  const tickets: Ticket[] = [];
  for (const id of ticketsOfReport(report, place, told)) {
    const booked = await tx.ticket(id);
    if (booked !== null) tickets.push(booked.ticket);
  }
  return tickets;
}

async function tellDisagreement(
  publication: Publication,
  device: DeviceRecord,
  { report, found }: { readonly report: DayReport; readonly found: readonly Disagreement[] },
): Promise<void> {
  const named = found
    .slice(0, MAX_NAMED)
    .map(({ figure, reported, booked }) => `${figure}: ${reported} / ${booked}`);
  await raiseException(publication, {
    id: ["zDisagrees", device.id, report.number, report.madeAt].join(" "),
    kind: "zDisagrees",
    store: null,
    subject: null,
    detail: {
      register: await tillName(publication.tx, device),
      day: report.businessDay,
      number: String(report.number),
      figures: named.join(", "),
    },
  });
}
