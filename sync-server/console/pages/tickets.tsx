import { ReceiptText } from "lucide-react";
import { useCallback, useState } from "react";
import type { TicketRow } from "#protocol/hq/console.ts";
import { amountText, dateTimeText, numberText } from "../format.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { usePolled } from "../use-polled.ts";
import { showAsk, useAsk } from "../use-route.ts";
import { AuditExportSheet } from "./audit-export-sheet.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { StoreSelect } from "./store-select.tsx";
import { TicketSheet } from "./ticket-sheet.tsx";

const REFRESH_MS = 3_000;
const STEP = 50;
const MAX_SHOWN = 500;

export function TicketsPage() {
  const api = useApi();
  const { store = null, ticket = "" } = useAsk();
  const [limit, setLimit] = useState(STEP);
  const [isExporting, setExporting] = useState(false);
  const { data, problem } = usePolled(
    useCallback(() => api.tickets({ store, before: null, limit }), [api, store, limit]),
    REFRESH_MS,
  );

  return (
    <>
      <PageTitle title={t("nav.tickets")}>
        {data !== null && (
          <span className="figures text-soft">{t("tickets.count", { count: numberText(data.total) })}</span>
        )}
        <StoreSelect value={store} none={t("common.allStores")} onChange={(code) => show(code, "")} />
        <May right="books.export">
          <Button onPress={() => setExporting(true)}>{t("audit.open")}</Button>
        </May>
      </PageTitle>
      <ProblemNote problem={problem} />
      <Panel>
        {data?.tickets.length === 0 ? (
          <Empty icon={<ReceiptText aria-hidden size={32} />}>{t("tickets.empty")}</Empty>
        ) : (
          <TicketTable tickets={data?.tickets ?? []} onOpen={({ number }) => show(store, number)} />
        )}
      </Panel>
      {data !== null && data.total > limit && limit < MAX_SHOWN && (
        <div className="mt-4 text-center">
          <Button onPress={() => setLimit(limit + STEP)}>{t("common.more")}</Button>
        </div>
      )}
      {isExporting && <AuditExportSheet onClose={() => setExporting(false)} />}
      {ticket !== "" && (
        <OpenedTicket
          key={ticket}
          number={ticket}
          listed={data?.tickets.find(({ number }) => number === ticket) ?? null}
          onClose={() => show(store, "")}
        />
      )}
    </>
  );
}

function show(store: string | null, ticket: string): void {
  showAsk("tickets", { store: store ?? "", ticket });
}

/** The ticket of a receipt number, wherever it stands in the list. */
function OpenedTicket({
  number,
  listed,
  onClose,
}: {
  readonly number: string;
  /** Where it is on the page already. */
  readonly listed: TicketRow | null;
  readonly onClose: () => void;
}) {
  const api = useApi();
  const { known, problem } = useAskedOnce(
    useCallback(() => api.tickets({ store: null, before: null, number, limit: 1 }), [api, number]),
  );
  const row = listed ?? known?.tickets.find((found) => found.number === number) ?? null;
  if (row !== null) return <TicketSheet row={row} onClose={onClose} />;
  if (known === null && problem === null) return null;
  return (
    <Sheet title={t("tickets.detail", { number })} closeLabel={t("common.close")} onClose={onClose}>
      {problem === null ? <p>{t("tickets.notFound", { number })}</p> : <ProblemNote problem={problem} />}
    </Sheet>
  );
}

function TicketTable({
  tickets,
  onOpen,
}: {
  readonly tickets: readonly TicketRow[];
  readonly onOpen: (ticket: TicketRow) => void;
}) {
  return (
    <Table
      label={t("nav.tickets")}
      columns={[
        { title: t("tickets.number") },
        { title: t("tickets.store") },
        { title: t("tickets.sold") },
        { title: t("tickets.received") },
        { title: t("tickets.pieces"), align: "right" },
        { title: t("tickets.total"), align: "right" },
      ]}
    >
      {tickets.map((row) => (
        <Row key={row.id} className="hover:bg-sunken/60">
          <Cell>
            <button
              type="button"
              onClick={() => onOpen(row)}
              aria-label={t("tickets.open", { number: row.number })}
              className="figures font-medium text-brand hover:underline"
            >
              {row.number}
            </button>
          </Cell>
          <Cell>{row.store}</Cell>
          <Cell className="figures whitespace-nowrap">{dateTimeText(row.completedAt)}</Cell>
          <Cell className="figures whitespace-nowrap text-soft">{dateTimeText(row.receivedAt)}</Cell>
          <Cell align="right">{numberText(row.pieces)}</Cell>
          <Cell align="right" className="font-medium">
            {amountText(row.total)}
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
