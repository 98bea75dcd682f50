import { ReceiptText } from "lucide-react";
import { useCallback, useState } from "react";
import type { TicketRow } from "#protocol/hq/console.ts";
import type { LiveKind } from "#protocol/hq/dashboard.ts";
import { amountText, numberText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Empty, Panel } from "../ui/panel.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { usePolled } from "../use-polled.ts";
import { addressOf } from "../use-route.ts";
import { TicketSheet } from "./ticket-sheet.tsx";
import { When } from "./when.tsx";

const REFRESH_MS = 3_000;
const SHOWN = 8;
const KINDS: readonly LiveKind[] = ["sales"];

/** The newest tickets of all stores as they come in. */
export function NewestTickets() {
  const api = useApi();
  const { data } = usePolled(
    useCallback(() => api.tickets({ store: null, before: null, limit: SHOWN }), [api]),
    REFRESH_MS,
    KINDS,
  );
  const [opened, setOpened] = useState<TicketRow | null>(null);
  return (
    <Panel
      title={t("overview.newest")}
      aside={
        <a href={addressOf("tickets")} className="font-medium text-brand hover:underline">
          {t("overview.allTickets")}
        </a>
      }
    >
      {data?.tickets.length === 0 ? (
        <Empty icon={<ReceiptText aria-hidden size={32} />}>{t("overview.noTickets")}</Empty>
      ) : (
        <Table
          label={t("overview.newest")}
          columns={[
            { title: t("tickets.number") },
            { title: t("tickets.sold") },
            { title: t("tickets.pieces"), align: "right" },
            { title: t("tickets.total"), align: "right" },
          ]}
        >
          {(data?.tickets ?? []).map((ticket) => (
            <Row key={ticket.id}>
              <Cell>
                <button
                  type="button"
                  onClick={() => setOpened(ticket)}
                  aria-label={t("tickets.open", { number: ticket.number })}
                  className="figures whitespace-nowrap font-medium text-brand hover:underline"
                >
                  {ticket.number}
                </button>
              </Cell>
              <Cell className="whitespace-nowrap text-soft">
                <When at={ticket.completedAt} />
              </Cell>
              <Cell align="right">{numberText(ticket.pieces)}</Cell>
              <Cell align="right" className="font-medium">
                {amountText(ticket.total)}
              </Cell>
            </Row>
          ))}
        </Table>
      )}
      {opened !== null && <TicketSheet row={opened} onClose={() => setOpened(null)} />}
    </Panel>
  );
}
