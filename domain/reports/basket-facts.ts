import type { BookedShift } from "../shift/booked-shift.ts";
import { type AcrossFact, factsInPlace, type UnplacedFact } from "./across.ts";
import { type ReportLine, SALES_CHANNELS, type SalesChannel, type TicketFacts } from "./facts.ts";

/** What reports across channels count of a ticket: the basket that it is, and what it takes back. */
export function basketFactsOf(ticket: TicketFacts): readonly AcrossFact[] {
  return factsInPlace([...basketsOf(ticket), ...backOf(ticket)]);
}

function common(ticket: TicketFacts) {
  return {
    about: { kind: "ticket", id: ticket.ticket },
    number: ticket.number,
    at: ticket.at,
    day: ticket.day,
    store: ticket.store,
    currency: ticket.currency,
    value: "",
    person: "",
    other: "",
  } as const;
}

/** One basket, in parts where it was bought through several channels: it is counted in that of its first line. What only takes back is none. */
function basketsOf(ticket: TicketFacts): readonly UnplacedFact[] {
  const sold = ticket.lines.filter(({ kind }) => kind === "sold");
  const first = sold[0]?.channel;
  const person = ticket.customer ?? "";
  return SALES_CHANNELS.filter((channel) => sold.some((line) => line.channel === channel)).map((channel) => {
    const lines = sold.filter((line) => line.channel === channel);
    const isFirst = channel === first ? 1 : 0;
    return {
      ...common(ticket),
      report: "baskets",
      channel,
      person,
      measures: [
        isFirst,
        sumOf(lines, ({ sums }) => sums.soldPieces),
        sumOf(lines, ({ sums }) => sums.sold),
        person === "" ? 0 : isFirst,
      ],
    };
  });
}

/** What came back, by where it was bought and why. */
function backOf(ticket: TicketFacts): readonly UnplacedFact[] {
  const parts = new Map<
    string,
    { readonly channel: SalesChannel; readonly reason: string; lines: ReportLine[] }
  >();
  for (const line of ticket.lines) {
    if (line.kind !== "returned") continue;
    const reason = line.reason ?? "";
    const name = `${line.channel} ${reason}`;
    const part = parts.get(name) ?? { channel: line.channel, reason, lines: [] };
    part.lines.push(line);
    parts.set(name, part);
  }
  return [...parts.values()].map(({ channel, reason, lines }) => ({
    ...common(ticket),
    report: "returns",
    channel,
    value: reason,
    other: "store",
    measures: [
      sumOf(lines, ({ sums }) => sums.returnedPieces),
      0 - sumOf(lines, ({ sums }) => sums.returned),
    ],
  }));
}

function sumOf(lines: readonly ReportLine[], each: (line: ReportLine) => number): number {
  return lines.reduce((sum, line) => sum + each(line), 0);
}

/** What a drawer was off by as it was closed. One that is open, or was counted in another currency than expected, says nothing yet. */
export function shiftFactsOf(shift: BookedShift): readonly AcrossFact[] {
  const { closed } = shift;
  if (closed === null || closed.counted.currency !== closed.expected.currency) return [];
  const variance = closed.counted.minor - closed.expected.minor;
  return factsInPlace([
    {
      report: "variances",
      about: { kind: "shift", id: shift.shift },
      number: String(shift.register),
      at: closed.at,
      day: shift.businessDay,
      store: shift.store,
      currency: closed.counted.currency,
      channel: "",
      value: "",
      person: shift.owner ?? closed.by ?? "",
      other: shift.device,
      measures: [
        1,
        closed.expected.minor,
        closed.counted.minor,
        variance,
        Math.min(variance, 0),
        Math.max(variance, 0),
        variance === 0 ? 0 : 1,
      ],
    },
  ]);
}
