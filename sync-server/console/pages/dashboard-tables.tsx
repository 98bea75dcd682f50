import type { DASHBOARD_SORTS, Dashboard, DashboardStore } from "#protocol/hq/dashboard.ts";
import { amountText, numberText } from "../format.ts";
import { LinkTo } from "../link-to.tsx";
import { t, tCount } from "../translate.ts";
import { Cell, Row, Table, type TableColumn } from "../ui/table.tsx";
import type { Page } from "../use-route.ts";
import { changeText } from "./dashboard-change.ts";
import { sortedColumn } from "./sorted-column.ts";

type Sort = (typeof DASHBOARD_SORTS)[number];

/** The stores as they are sorted, and below them what all others took. */
export function StoreTable({
  dashboard: { stores, storesTotal, rest },
  sort,
  order,
  onSort,
}: {
  readonly dashboard: Dashboard;
  readonly sort: Sort;
  readonly order: "up" | "down";
  readonly onSort: (sort: Sort, order: "up" | "down") => void;
}) {
  const column = (title: string, by: Sort, align: TableColumn["align"] = "right"): TableColumn =>
    sortedColumn({ title, by, align, sorted: { by: sort, way: order }, first: "down", onSort });
  return (
    <Table
      label={t("overview.storesToday")}
      columns={[
        column(t("overview.store"), "store", "left"),
        column(t("overview.today"), "sales"),
        { title: t("overview.week"), align: "right" },
        column(t("overview.change"), "change", "left"),
        column(t("overview.ticketCount"), "tickets"),
        column(t("overview.waiting"), "waiting"),
        column(t("overview.late"), "late"),
        column(t("overview.exceptionCount"), "exceptions"),
      ]}
    >
      {stores.map((store) => (
        <StoreLine key={store.code} store={store} />
      ))}
      {storesTotal > stores.length &&
        rest.map(({ today, lastWeek }, place) => (
          <Row key={today.amount.currency} className="text-soft">
            <Cell>{place === 0 ? tCount("overview.rest", storesTotal - stores.length) : ""}</Cell>
            <Cell align="right">{amountText(today.amount)}</Cell>
            <Cell align="right">{amountText(lastWeek.amount)}</Cell>
            <Cell>{changeText({ today: today.amount, lastWeek: lastWeek.amount })}</Cell>
            <Cell align="right">{numberText(today.count)}</Cell>
            <Cell> </Cell>
            <Cell> </Cell>
            <Cell> </Cell>
          </Row>
        ))}
    </Table>
  );
}

function StoreLine({ store }: { readonly store: DashboardStore }) {
  const { code, name, today, lastWeek } = store;
  return (
    <Row className="hover:bg-sunken/60">
      <Cell>
        <LinkTo
          page="stores"
          ask={{ store: code }}
          plain="figures font-semibold"
          className="figures font-semibold text-brand hover:underline"
        >
          {code}
        </LinkTo>{" "}
        <span className="text-soft">{name}</span>
      </Cell>
      <Cell align="right" className="font-semibold">
        <LinkTo
          page="tickets"
          ask={{ store: code }}
          aria-label={`${t("overview.ticketsOf", { store: name })}: ${amountText(today.amount)}`}
          className="text-brand hover:underline"
        >
          {amountText(today.amount)}
        </LinkTo>
      </Cell>
      <Cell align="right" className="text-soft">
        {amountText(lastWeek.amount)}
      </Cell>
      <Cell className="text-sm">{changeText({ today: today.amount, lastWeek: lastWeek.amount })}</Cell>
      <Cell align="right">{numberText(today.count)}</Cell>
      <CountCell count={store.waiting} page="orders" store={store} what={t("overview.waiting")} />
      <CountCell count={store.late} page="exceptions" store={store} kind="late" what={t("overview.late")} />
      <CountCell
        count={store.exceptions}
        page="exceptions"
        store={store}
        what={t("overview.exceptionCount")}
      />
    </Row>
  );
}

function CountCell({
  count,
  page,
  store,
  kind = "",
  what,
}: {
  readonly count: number;
  readonly page: Page;
  readonly store: DashboardStore;
  readonly kind?: string;
  readonly what: string;
}) {
  return (
    <Cell align="right">
      {count === 0 ? (
        <span className="text-soft">0</span>
      ) : (
        <LinkTo
          page={page}
          ask={{ store: store.code, kind }}
          aria-label={`${what}, ${store.name}: ${numberText(count)}`}
          className="font-medium text-brand hover:underline"
        >
          {numberText(count)}
        </LinkTo>
      )}
    </Cell>
  );
}

export function ChannelTable({ channels }: { readonly channels: NonNullable<Dashboard["channels"]> }) {
  return (
    <Table
      label={t("overview.channels")}
      columns={[
        { title: t("overview.channel") },
        { title: t("overview.today"), align: "right" },
        { title: t("overview.week"), align: "right" },
        { title: t("overview.change") },
        { title: t("overview.orders.count"), align: "right" },
      ]}
    >
      {channels.map(({ channel, today, lastWeek }) => (
        <Row key={`${channel} ${today.amount.currency}`}>
          <Cell>
            <LinkTo
              page="orders"
              plain="whitespace-nowrap font-medium"
              className="whitespace-nowrap font-medium text-brand hover:underline"
            >
              {channel}
            </LinkTo>
          </Cell>
          <Cell align="right" className="font-semibold">
            {amountText(today.amount)}
          </Cell>
          <Cell align="right" className="text-soft">
            {amountText(lastWeek.amount)}
          </Cell>
          <Cell className="text-sm">{changeText({ today: today.amount, lastWeek: lastWeek.amount })}</Cell>
          <Cell align="right">{numberText(today.count)}</Cell>
        </Row>
      ))}
    </Table>
  );
}
