import { Truck } from "lucide-react";
import { useCallback, useState } from "react";
import { type DeliveryId, idOf } from "#domain/ids.ts";
import { DELIVERY_KINDS, type DeliveryKind } from "#domain/stock/delivery.ts";
import { DELIVERY_STATES } from "#domain/stock/delivery-state.ts";
import { DELIVERY_FILTERS, type DeliveryFilter, type DeliveryRow } from "#protocol/hq/deliveries.ts";
import { numberText } from "../format.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { FindField } from "../ui/find-field.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { usePolled } from "../use-polled.ts";
import { showAsk, useAsk } from "../use-route.ts";
import { useSettled } from "../use-settled.ts";
import { DeliveryBadge } from "./delivery-badge.tsx";
import { DeliverySheet } from "./delivery-sheet.tsx";
import { NewDeliverySheet } from "./new-delivery-sheet.tsx";
import { Pager } from "./pager.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { StockTabs } from "./stock-tabs.tsx";
import { StoreSelect } from "./store-select.tsx";
import { When } from "./when.tsx";

const REFRESH_MS = 3_000;
const PAGE_SIZE = 50;

/** What suppliers are to bring and what moves between stores; the address keeps what is shown. */
export function DeliveriesPage() {
  const api = useApi();
  const ask = useAsk();
  const { kind = "", store = "", search = "", delivery = "" } = ask;
  const filter = DELIVERY_FILTERS.find((each) => each === ask.filter) ?? "open";
  const offset = Number(ask.offset ?? 0) || 0;
  const asked = useSettled(search);
  const [making, setMaking] = useState<DeliveryKind | null>(null);
  const show = (change: Readonly<Record<string, string>>): void =>
    showAsk("deliveries", { filter, kind, store, search, ...change });
  const { data, problem, reload } = usePolled(
    useCallback(
      () => api.deliveries.list({ filter, kind, store, search: asked, offset, limit: PAGE_SIZE }),
      [api, filter, kind, store, asked, offset],
    ),
    REFRESH_MS,
  );
  const isFiltered = search !== "" || filter !== "open" || store !== "" || kind !== "";
  return (
    <>
      <PageTitle title={t("deliveries.title")}>
        <StockTabs page="deliveries" />
        <May right="stock.edit">
          <Button onPress={() => setMaking("supplier")}>{t("deliveries.newSupplier")}</Button>
          <Button look="primary" onPress={() => setMaking("transfer")}>
            {t("deliveries.newTransfer")}
          </Button>
        </May>
      </PageTitle>
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <FindField
          label={t("deliveries.search")}
          className="w-72"
          value={search}
          onChange={(text) => show({ search: text })}
        />
        <Select
          label={t("deliveries.filter")}
          value={filter}
          choices={DELIVERY_FILTERS.map((value) => ({ value, text: filterText(value) }))}
          onChange={(chosen) => show({ filter: chosen })}
        />
        <Select
          label={t("deliveries.kind")}
          value={kind}
          choices={[
            { value: "", text: t("deliveries.kind.all") },
            ...DELIVERY_KINDS.map((value) => ({ value, text: t(`deliveries.kind.${value}`) })),
          ]}
          onChange={(chosen) => show({ kind: chosen })}
        />
        <StoreSelect
          value={store === "" ? null : store}
          none={t("common.allStores")}
          onChange={(code) => show({ store: code ?? "" })}
        />
        {data !== null && <span className="figures text-soft">{tCount("deliveries.count", data.total)}</span>}
      </div>
      <ProblemNote problem={problem} />
      <Panel>
        {data?.deliveries.length === 0 ? (
          <Empty icon={<Truck aria-hidden size={32} />}>
            {t(isFiltered ? "deliveries.nothing" : "deliveries.none")}
          </Empty>
        ) : (
          <DeliveryTable
            rows={data?.deliveries ?? []}
            onOpen={(id) => show({ delivery: id, offset: String(offset) })}
          />
        )}
      </Panel>
      {data !== null && (
        <Pager
          offset={offset}
          total={data.total}
          size={PAGE_SIZE}
          onMove={(to) => show({ offset: String(to) })}
        />
      )}
      {making !== null && (
        <NewDeliverySheet
          kind={making}
          onMade={(id) => {
            setMaking(null);
            show({ delivery: id });
            reload();
          }}
          onClose={() => setMaking(null)}
        />
      )}
      {delivery !== "" && (
        <DeliverySheet
          key={delivery}
          id={idOf<"Delivery">(delivery)}
          onChanged={reload}
          onClose={() => show({ offset: String(offset) })}
        />
      )}
    </>
  );
}

function filterText(filter: DeliveryFilter): string {
  const state = DELIVERY_STATES.find((each) => each === filter);
  if (state !== undefined) return t(`deliveryState.${state}`);
  return t(filter === "late" || filter === "all" ? `deliveries.filter.${filter}` : "deliveries.filter.open");
}

function DeliveryTable({
  rows,
  onOpen,
}: {
  readonly rows: readonly DeliveryRow[];
  readonly onOpen: (id: DeliveryId) => void;
}) {
  return (
    <Table
      label={t("deliveries.title")}
      columns={[
        { title: t("deliveries.reference") },
        { title: t("deliveries.state") },
        { title: t("deliveries.from") },
        { title: t("deliveries.to") },
        { title: t("deliveries.expectedOn") },
        { title: t("deliveries.ordered"), align: "right" },
        { title: t("deliveries.sent"), align: "right" },
        { title: t("deliveries.received"), align: "right" },
        { title: t("deliveries.inTransit"), align: "right" },
        { title: t("deliveries.opened") },
      ]}
    >
      {rows.map((row) => (
        <Row key={row.id} className="hover:bg-sunken/60">
          <Cell>
            <button
              type="button"
              onClick={() => onOpen(row.id)}
              aria-label={t("deliveries.open", { reference: row.reference })}
              className="figures min-h-10 whitespace-nowrap font-medium text-brand hover:underline"
            >
              {row.reference}
            </button>
          </Cell>
          <Cell>
            <DeliveryBadge {...row} />
          </Cell>
          <Cell>{row.kind === "supplier" ? row.supplier : row.from}</Cell>
          <Cell>{row.to}</Cell>
          <Cell className="figures whitespace-nowrap">{row.expectedOn ?? t("common.none")}</Cell>
          <Cell align="right">{numberText(row.ordered)}</Cell>
          <Cell align="right">{row.kind === "supplier" ? t("common.none") : numberText(row.sent)}</Cell>
          <Cell align="right">{numberText(row.good + row.damaged)}</Cell>
          <Cell align="right">{numberText(row.inTransit)}</Cell>
          <Cell className="whitespace-nowrap text-soft">
            <When at={row.openedAt} />
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
