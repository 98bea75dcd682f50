import { ReceiptText } from "lucide-react";
import { type ReactNode, useCallback, useState } from "react";
import { addMoney } from "#domain/money/arithmetic.ts";
import { type Money, money } from "#domain/money/money.ts";
import type { DeviceRow, StoreRow, TicketRow } from "#protocol/hq/console.ts";
import { amountText, numberText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { usePolled } from "../use-polled.ts";
import { addressOf } from "../use-route.ts";
import { LiveMark } from "./live-mark.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { TicketSheet } from "./ticket-sheet.tsx";
import { TillBadge } from "./till-badge.tsx";
import { isInTouch } from "./till-state.ts";
import { When } from "./when.tsx";

const REFRESH_MS = 3_000;
const NEWEST_TICKETS = 12;

export function OverviewPage() {
  const api = useApi();
  const stores = usePolled(api.stores, REFRESH_MS);
  const devices = usePolled(api.devices, REFRESH_MS);
  const exceptions = usePolled(
    useCallback(
      () =>
        api.exceptions({ state: "open", store: "", kind: "", assignee: "", oldestFirst: false, limit: 1 }),
      [api],
    ),
    REFRESH_MS,
  );
  const newest = usePolled(
    useCallback(() => api.tickets({ store: null, before: null, limit: NEWEST_TICKETS }), [api]),
    REFRESH_MS,
  );
  const [opened, setOpened] = useState<TicketRow | null>(null);

  const rows = stores.data?.stores ?? [];
  const tills = (devices.data?.devices ?? []).filter(({ revoked }) => !revoked);
  const inTouch = tills.filter((till) => isInTouch(till, Date.now())).length;
  const open = exceptions.data?.total ?? 0;
  const tickets = rows.reduce((sum, store) => sum + store.ticketsToday, 0);
  const isLoading = stores.data === null;

  return (
    <>
      <PageTitle title={t("nav.overview")}>
        <LiveMark problem={stores.problem} />
      </PageTitle>
      <ProblemNote problem={stores.problem} />
      <div className="mb-5 grid grid-cols-2 gap-4 lg:grid-cols-4">
        <Figure label={t("overview.sales")} value={isLoading ? null : salesText(rows)} isMain />
        <Figure label={t("overview.tickets")} value={isLoading ? null : numberText(tickets)} />
        <Figure
          label={t("overview.tillsOn")}
          value={devices.data === null ? null : t("overview.tillsOf", { on: inTouch, all: tills.length })}
        />
        <Figure
          label={t("overview.open")}
          value={exceptions.data === null ? null : numberText(open)}
          href={addressOf("exceptions")}
        />
      </div>
      <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.15fr)]">
        <div className="space-y-5">
          <Panel title={t("overview.stores")}>
            <ul>
              {rows.map((store) => (
                <StoreLine key={store.id} store={store} />
              ))}
            </ul>
          </Panel>
          {tills.length > 0 && (
            <Panel
              title={t("nav.tills")}
              aside={
                <a href={addressOf("tills")} className="font-medium text-brand hover:underline">
                  {t("overview.allTills")}
                </a>
              }
            >
              <ul>
                {tills.map((till) => (
                  <TillLine key={till.id} till={till} />
                ))}
              </ul>
            </Panel>
          )}
        </div>
        <Panel
          title={t("overview.newest")}
          aside={
            <a href={addressOf("tickets")} className="font-medium text-brand hover:underline">
              {t("overview.allTickets")}
            </a>
          }
        >
          {newest.data?.tickets.length === 0 ? (
            <Empty icon={<ReceiptText aria-hidden size={32} />}>{t("overview.noTickets")}</Empty>
          ) : (
            <NewestTickets tickets={newest.data?.tickets ?? []} onOpen={setOpened} />
          )}
        </Panel>
      </div>
      {opened !== null && <TicketSheet row={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

/** Sales of all stores, one sum for each currency. */
function salesText(stores: readonly StoreRow[]): string {
  const sums = new Map<string, Money>();
  for (const { salesToday } of stores) {
    const sum = sums.get(salesToday.currency) ?? money(0, salesToday.currency);
    sums.set(salesToday.currency, addMoney(sum, salesToday));
  }
  return [...sums.values()].map(amountText).join(" + ") || t("common.none");
}

function Figure({
  label,
  value,
  isMain = false,
  href,
}: {
  readonly label: string;
  /** Null while it is being asked for. */
  readonly value: string | null;
  readonly isMain?: boolean;
  readonly href?: string;
}) {
  const look = `block rounded-2xl border px-5 py-4 ${isMain ? "border-transparent bg-brand text-on-brand" : "border-line bg-surface"}`;
  const content: ReactNode = (
    <>
      <span className={`block text-sm ${isMain ? "" : "text-soft"}`}>{label}</span>
      <span className="figures mt-1 block min-h-9 font-semibold text-[26px] tracking-tight">{value}</span>
    </>
  );
  return href === undefined ? (
    <div className={look}>{content}</div>
  ) : (
    <a href={href} className={`${look} hover:bg-sunken`}>
      {content}
    </a>
  );
}

function StoreLine({ store }: { readonly store: StoreRow }) {
  const { salesToday, ticketsToday } = store;
  return (
    <li className="flex items-center gap-4 border-line border-b px-5 py-3.5 last:border-b-0">
      <span className="figures flex h-10 w-16 shrink-0 items-center justify-center rounded-lg bg-brand-soft font-semibold text-brand-strong text-sm">
        {store.code}
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{store.name}</span>
        <span className="block text-soft text-sm">
          {store.devices === 0 ? t("overview.noTills") : tCount("overview.tills", store.devices)}
        </span>
      </span>
      <span className="text-right">
        <span className="figures block font-semibold">{amountText(salesToday)}</span>
        <span className="figures block text-soft text-sm">{tCount("common.tickets", ticketsToday)}</span>
      </span>
    </li>
  );
}

function TillLine({ till }: { readonly till: DeviceRow }) {
  return (
    <li className="flex items-center gap-4 border-line border-b px-5 py-3 last:border-b-0">
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">
          {till.store} · {t("tills.register", { register: till.register })}
        </span>
        <span className="block truncate text-soft text-sm">
          {till.lastSeenAt === null ? t("tills.never") : <When at={till.lastSeenAt} />} ·{" "}
          {tCount("overview.entries", till.acknowledged)}
        </span>
      </span>
      <TillBadge till={till} />
    </li>
  );
}

function NewestTickets({
  tickets,
  onOpen,
}: {
  readonly tickets: readonly TicketRow[];
  readonly onOpen: (ticket: TicketRow) => void;
}) {
  return (
    <Table
      label={t("overview.newest")}
      columns={[
        { title: t("tickets.number") },
        { title: t("tickets.sold") },
        { title: t("tickets.pieces"), align: "right" },
        { title: t("tickets.total"), align: "right" },
      ]}
    >
      {tickets.map((ticket) => (
        <Row key={ticket.id}>
          <Cell>
            <button
              type="button"
              onClick={() => onOpen(ticket)}
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
  );
}
