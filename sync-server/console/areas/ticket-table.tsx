import type { TicketRow } from "#protocol/hq/console.ts";
import { moneyText, timeText } from "../app/format.ts";
import { WORDS } from "../i18n/words.ts";
import { Cell, Table } from "../ui/parts.tsx";

/** Tickets, a line each, their articles in small print. */
export function TicketTable({ tickets }: { readonly tickets: readonly TicketRow[] }) {
  return (
    <Table
      heads={[
        { label: WORDS.tickets.number },
        { label: WORDS.tickets.when },
        { label: WORDS.tickets.arrived },
        { label: WORDS.tickets.tenders },
        { label: WORDS.tickets.pieces, right: true },
        { label: WORDS.tickets.total, right: true },
      ]}
    >
      {tickets.map((row) => (
        <tr key={row.id}>
          <Cell>
            <span className="figures font-semibold">{row.number}</span>
            <span className="block max-w-md truncate text-ink-soft text-sm">
              {row.ticket.lines.map((line) => `${line.quantity} × ${line.name}`).join(", ")}
            </span>
          </Cell>
          <Cell soft>{timeText(row.completedAt)}</Cell>
          <Cell soft>{timeText(row.receivedAt)}</Cell>
          <Cell>
            {[...new Set(row.ticket.tenders.map((tender) => WORDS.tickets.paidBy[tender.kind]))].join(" + ")}
          </Cell>
          <Cell right>{row.pieces}</Cell>
          <Cell right>
            <span className="font-bold">{moneyText(row.total)}</span>
          </Cell>
        </tr>
      ))}
    </Table>
  );
}
