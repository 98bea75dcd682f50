import { ReceiptText } from "lucide-react";
import { useCallback, useState } from "react";
import type { TicketRow } from "#protocol/hq/console.ts";
import { amountText, dateTimeText, numberText } from "../format.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
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
  const { store = null } = useAsk();
  const [limit, setLimit] = useState(STEP);
  const [isExporting, setExporting] = useState(false);
  const [opened, setOpened] = useState<TicketRow | null>(null);
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
        <StoreSelect
          value={store}
          none={t("common.allStores")}
          onChange={(code) => showAsk("tickets", { store: code ?? "" })}
        />
        <May right="books.export">
          <Button onPress={() => setExporting(true)}>{t("audit.open")}</Button>
        </May>
      </PageTitle>
      <ProblemNote problem={problem} />
      <Panel>
        {data?.tickets.length === 0 ? (
          <Empty icon={<ReceiptText aria-hidden size={32} />}>{t("tickets.empty")}</Empty>
        ) : (
          <TicketTable tickets={data?.tickets ?? []} onOpen={setOpened} />
        )}
      </Panel>
      {data !== null && data.total > limit && limit < MAX_SHOWN && (
        <div className="mt-4 text-center">
          <Button onPress={() => setLimit(limit + STEP)}>{t("common.more")}</Button>
        </div>
      )}
      {isExporting && <AuditExportSheet onClose={() => setExporting(false)} />}
      {opened !== null && <TicketSheet row={opened} onClose={() => setOpened(null)} />}
    </>
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
