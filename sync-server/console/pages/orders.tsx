import { ShoppingBag } from "lucide-react";
import { useCallback, useState } from "react";
import { idOf, type OrderId } from "#domain/ids.ts";
import type { OrderRow } from "#protocol/hq/orders.ts";
import { amountText, numberText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t, tCount, tNamed } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { usePolled } from "../use-polled.ts";
import { type Ask, showAsk, useAsk } from "../use-route.ts";
import { OrderSheet } from "./order-sheet.tsx";
import { StatusBadge } from "./order-status.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { StoreSelect } from "./store-select.tsx";
import { When } from "./when.tsx";

const REFRESH_MS = 3_000;
const STEP = 50;
const MAX_SHOWN = 200;
const ANY = "";
const STATUSES = ["placed", "inProgress", "ready", "completed", "cancelled"] as const;

export function OrdersPage() {
  const api = useApi();
  const ask = useAsk();
  const { search = "", store = null, order = "" } = ask;
  const show = (changes: Ask) => showAsk("orders", { ...ask, ...changes });
  const [status, setStatus] = useState<OrderRow["status"] | null>(null);
  const [limit, setLimit] = useState(STEP);
  const opened = order === "" ? null : idOf<"Order">(order);
  const setOpened = (id: OrderId | null) => show({ order: id ?? "" });
  const { data, problem, reload } = usePolled(
    useCallback(() => api.orders({ status, store, search, limit }), [api, status, store, search, limit]),
    REFRESH_MS,
  );
  const isFiltered = search !== "" || status !== null || store !== null;

  return (
    <>
      <PageTitle title={t("nav.orders")}>
        {data !== null && <span className="figures text-soft">{tCount("orders.count", data.total)}</span>}
        <input
          type="search"
          aria-label={t("orders.search")}
          placeholder={t("orders.search")}
          value={search}
          onChange={(event) => show({ search: event.target.value })}
          className="min-h-10 w-72 rounded-xl border border-line bg-surface px-3.5"
        />
        <Select
          label={t("orders.status")}
          value={status ?? ANY}
          choices={[
            { value: ANY, text: t("orders.allStatuses") },
            ...STATUSES.map((each) => ({ value: each, text: tNamed("orderStatus", each) })),
          ]}
          onChange={(chosen) => setStatus(STATUSES.find((each) => each === chosen) ?? null)}
        />
        <StoreSelect
          value={store}
          none={t("common.allStores")}
          onChange={(code) => showAsk("orders", { store: code ?? "" })}
        />
      </PageTitle>
      <ProblemNote problem={problem} />
      <Panel>
        {data?.orders.length === 0 ? (
          <Empty icon={<ShoppingBag aria-hidden size={32} />}>
            {t(isFiltered ? "orders.nothing" : "orders.empty")}
          </Empty>
        ) : (
          <OrderTable orders={data?.orders ?? []} onOpen={setOpened} />
        )}
      </Panel>
      {data !== null && data.total > limit && limit < MAX_SHOWN && (
        <div className="mt-4 text-center">
          <Button onPress={() => setLimit(limit + STEP)}>{t("common.more")}</Button>
        </div>
      )}
      {opened !== null && (
        <OrderSheet key={opened} id={opened} onChanged={reload} onClose={() => setOpened(null)} />
      )}
    </>
  );
}

function OrderTable({
  orders,
  onOpen,
}: {
  readonly orders: readonly OrderRow[];
  readonly onOpen: (order: OrderId) => void;
}) {
  return (
    <Table
      label={t("nav.orders")}
      columns={[
        { title: t("orders.number") },
        { title: t("orders.status") },
        { title: t("orders.placed") },
        { title: t("orders.channel") },
        { title: t("orders.customer") },
        { title: t("orders.stores") },
        { title: t("orders.pieces"), align: "right" },
        { title: t("orders.total"), align: "right" },
      ]}
    >
      {orders.map((order) => (
        <Row key={order.id} className="hover:bg-sunken/60">
          <Cell>
            <button
              type="button"
              onClick={() => onOpen(order.id)}
              aria-label={t("orders.open", { number: order.number })}
              className="figures whitespace-nowrap font-medium text-brand hover:underline"
            >
              {order.number}
            </button>
          </Cell>
          <Cell>
            <StatusBadge status={order.status} />
          </Cell>
          <Cell className="whitespace-nowrap text-soft">
            <When at={order.placedAt} />
          </Cell>
          <Cell>{order.channel}</Cell>
          <Cell>{order.customerName}</Cell>
          <Cell>{order.stores.length === 0 ? t("orders.noStore") : order.stores.join(", ")}</Cell>
          <Cell align="right">{numberText(order.pieces)}</Cell>
          <Cell align="right" className="whitespace-nowrap font-medium">
            {amountText(order.payment.total)}
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
