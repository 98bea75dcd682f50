import { BookmarkCheck } from "lucide-react";
import { useCallback } from "react";
import type { ReservationsAnswer } from "#protocol/hq/deliveries.ts";
import { numberText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { FindField } from "../ui/find-field.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { usePolled } from "../use-polled.ts";
import { addressOf, showAsk, useAsk } from "../use-route.ts";
import { useSettled } from "../use-settled.ts";
import { Pager } from "./pager.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { StockTabs } from "./stock-tabs.tsx";
import { StoreSelect } from "./store-select.tsx";
import { When } from "./when.tsx";

const REFRESH_MS = 5_000;
const PAGE_SIZE = 50;
const LINK = "whitespace-nowrap inline-flex min-h-10 items-center text-brand hover:underline";

/** What is promised to orders, and of one article why so many are available. */
export function ReservationsPage() {
  const api = useApi();
  const ask = useAsk();
  const { store = "", sku = "" } = ask;
  const offset = Number(ask.offset ?? 0);
  const asked = useSettled(sku.trim());
  const { data, problem } = usePolled(
    useCallback(
      () => api.deliveries.reservations({ store, sku: asked, offset, limit: PAGE_SIZE }),
      [api, store, asked, offset],
    ),
    REFRESH_MS,
  );
  return (
    <>
      <PageTitle title={t("reservations.title")}>
        <StockTabs page="reservations" />
      </PageTitle>
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <FindField
          label={t("reservations.sku")}
          className="w-56"
          value={sku}
          onChange={(text) => showAsk("reservations", { store, sku: text })}
        />
        <StoreSelect
          value={store === "" ? null : store}
          none={t("common.allStores")}
          onChange={(code) => showAsk("reservations", { sku, store: code ?? "" })}
        />
        {data !== null && (
          <span className="figures text-soft">{tCount("reservations.count", data.total)}</span>
        )}
      </div>
      <ProblemNote problem={problem} />
      {data !== null && data.figures.length > 0 && <Figures figures={data.figures} />}
      <Panel>
        {data?.reservations.length === 0 ? (
          <Empty icon={<BookmarkCheck aria-hidden size={32} />}>{t("reservations.none")}</Empty>
        ) : (
          <Reserved rows={data?.reservations ?? []} />
        )}
      </Panel>
      {data !== null && (
        <Pager
          offset={offset}
          total={data.total}
          size={PAGE_SIZE}
          onMove={(to) => showAsk("reservations", { store, sku, offset: String(to) })}
        />
      )}
    </>
  );
}

function Figures({ figures }: { readonly figures: ReservationsAnswer["figures"] }) {
  const right = { align: "right" as const };
  return (
    <Panel title={t("reservations.figures")} className="mb-4">
      <Table
        label={t("reservations.figures")}
        columns={[
          { title: t("tickets.store") },
          { title: t("deliveries.article") },
          { title: t("reservations.onHand"), ...right },
          { title: t("reservations.reserved"), ...right },
          { title: t("reservations.safetyStock"), ...right },
          { title: t("reservations.available"), ...right },
          { title: t("reservations.incoming"), ...right },
          { title: t("deliveries.inTransit"), ...right },
        ]}
      >
        {figures.map((each) => (
          <Row key={each.store}>
            <Cell>{each.store}</Cell>
            <Cell>{each.name}</Cell>
            <Cell align="right">{numberText(each.onHand)}</Cell>
            <Cell align="right">
              <a href={addressOf("reservations", { sku: each.sku, store: each.store })} className={LINK}>
                {numberText(each.reserved)}
              </a>
            </Cell>
            <Cell align="right">{numberText(each.safetyStock)}</Cell>
            <Cell align="right" className="font-semibold">
              {numberText(each.available)}
            </Cell>
            <Cell align="right">
              <Coming {...each} count={each.incoming} />
            </Cell>
            <Cell align="right">
              <Coming {...each} count={each.inTransit} />
            </Cell>
          </Row>
        ))}
      </Table>
    </Panel>
  );
}

/** A number of pieces on their way leads to the deliveries that they are in. */
function Coming({
  store,
  sku,
  count,
}: {
  readonly store: string;
  readonly sku: string;
  readonly count: number;
}) {
  return (
    <a href={addressOf("deliveries", { store, search: sku })} className={LINK}>
      {numberText(count)}
    </a>
  );
}

function Reserved({ rows }: { readonly rows: ReservationsAnswer["reservations"] }) {
  return (
    <Table
      label={t("reservations.title")}
      columns={[
        { title: t("reservations.order") },
        { title: t("tickets.store") },
        { title: t("deliveries.article") },
        { title: t("reservations.sku") },
        { title: t("reservations.pieces"), align: "right" },
        { title: t("reservations.state") },
        { title: t("reservations.channel") },
        { title: t("reservations.placedAt") },
      ]}
    >
      {rows.map((row) => (
        <Row key={`${row.order} ${row.store} ${row.sku}`}>
          <Cell>
            <a href={addressOf("orders", { search: row.number })} className={`figures ${LINK}`}>
              {row.number}
            </a>
          </Cell>
          <Cell>{row.store}</Cell>
          <Cell>{row.name}</Cell>
          <Cell>
            <a href={addressOf("reservations", { sku: row.sku })} className={`figures ${LINK}`}>
              {row.sku}
            </a>
          </Cell>
          <Cell align="right">{numberText(row.pieces)}</Cell>
          <Cell>{row.state}</Cell>
          <Cell className="whitespace-nowrap">{row.channel}</Cell>
          <Cell className="whitespace-nowrap text-soft">
            <When at={row.placedAt} />
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
