import { storesAnswerSchema, ticketsAnswerSchema } from "#protocol/hq/console.ts";
import { moneyText } from "../app/format.ts";
import { useHq } from "../app/use-hq.ts";
import { WORDS } from "../i18n/words.ts";
import { Card, Cell, Empty, Table } from "../ui/parts.tsx";
import { TicketTable } from "./ticket-table.tsx";

/** How the shops do today. */
export function OverviewArea() {
  const { data, failed } = useHq(storesAnswerSchema, "/hq/v1/stores");
  const latest = useHq(ticketsAnswerSchema, "/hq/v1/tickets?limit=10");
  return (
    <div className="flex flex-col gap-6">
      {failed ? <p role="alert">{WORDS.failed}</p> : null}
      <Card title={WORDS.overview.stores}>
        <Table
          heads={[
            { label: WORDS.overview.store },
            { label: WORDS.overview.tills, right: true },
            { label: WORDS.overview.tickets, right: true },
            { label: WORDS.overview.sales, right: true },
          ]}
        >
          {data?.stores.map((store) => (
            <tr key={store.id}>
              <Cell>
                <span className="font-semibold">{store.name}</span>{" "}
                <span className="text-ink-soft">{store.code}</span>
              </Cell>
              <Cell right>{store.devices}</Cell>
              <Cell right>{store.ticketsToday}</Cell>
              <Cell right>
                <span className="font-bold">{moneyText(store.salesToday)}</span>
              </Cell>
            </tr>
          ))}
        </Table>
      </Card>
      <Card title={WORDS.overview.latest}>
        {latest.data === null || latest.data.tickets.length === 0 ? (
          <Empty>{WORDS.tickets.none}</Empty>
        ) : (
          <TicketTable tickets={latest.data.tickets} />
        )}
      </Card>
    </div>
  );
}
