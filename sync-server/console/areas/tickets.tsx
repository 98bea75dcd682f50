import { ticketsAnswerSchema } from "#protocol/hq/console.ts";
import { useHq } from "../app/use-hq.ts";
import { WORDS } from "../i18n/words.ts";
import { Card, Empty } from "../ui/parts.tsx";
import { TicketTable } from "./ticket-table.tsx";

const SHOWN = 100;

/** Every sale, newest first. */
export function TicketsArea() {
  const { data } = useHq(ticketsAnswerSchema, `/hq/v1/tickets?limit=${SHOWN}`);
  const count =
    data === null ? null : (
      <span className="figures text-ink-soft">{WORDS.tickets.of(data.tickets.length, data.total)}</span>
    );
  return (
    <Card title={WORDS.tickets.title} aside={count}>
      {data === null || data.tickets.length === 0 ? (
        <Empty>{data === null ? WORDS.loading : WORDS.tickets.none}</Empty>
      ) : (
        <TicketTable tickets={data.tickets} />
      )}
    </Card>
  );
}
