import { Store } from "lucide-react";
import { useCallback, useState } from "react";
import type { LiveKind } from "#protocol/hq/dashboard.ts";
import type { StoreListRow } from "#protocol/hq/store-settings.ts";
import { numberText } from "../format.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { FindField } from "../ui/find-field.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { Cell, Row, Table, type TableColumn } from "../ui/table.tsx";
import { usePolled } from "../use-polled.ts";
import { type Ask, addressOf, showAsk, useAsk } from "../use-route.ts";
import { useSettled } from "../use-settled.ts";
import { NewStoreSheet } from "./new-store-sheet.tsx";
import { Pager } from "./pager.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { sortedColumn } from "./sorted-column.ts";
import { StorePage } from "./store-page.tsx";

const REFRESH_MS = 10_000;
const PAGE_SIZE = 50;
const KINDS: readonly LiveKind[] = ["stores"];
const STATES = ["open", "closed", "all"] as const;

/** The stores as a list, or one of them where the address names it. */
export function StoresPage() {
  const { store } = useAsk();
  return store === undefined || store === "" ? <StoreList /> : <StorePage key={store} code={store} />;
}

function StoreList() {
  const { shops } = useApi();
  const ask = useAsk();
  const settled = useSettled(ask);
  const [isMaking, setMaking] = useState(false);
  const { data, problem } = usePolled(
    useCallback(() => shops.stores({ ...settled, limit: String(PAGE_SIZE) }), [shops, settled]),
    REFRESH_MS,
    KINDS,
  );
  const change = (changes: Ask) => showAsk("stores", { ...ask, offset: "", ...changes });
  return (
    <>
      <PageTitle title={t("nav.stores")}>
        {data !== null && <span className="figures text-soft">{tCount("stores.count", data.total)}</span>}
        <FindField
          label={t("stores.search")}
          className="w-64"
          value={ask.search ?? ""}
          onChange={(search) => change({ search })}
        />
        <Select
          label={t("stores.state")}
          value={ask.state ?? "open"}
          choices={STATES.map((value) => ({ value, text: t(`stores.state.${value}`) }))}
          onChange={(state) => change({ state: state === "open" ? "" : state })}
        />
        <May right="stores.edit" everywhere>
          <Button look="primary" onPress={() => setMaking(true)}>
            {t("stores.new")}
          </Button>
        </May>
      </PageTitle>
      <ProblemNote problem={problem} />
      <Panel>
        {data?.total === 0 ? (
          <NothingListed />
        ) : (
          <StoreTable
            stores={data?.stores ?? []}
            sort={ask.sort ?? "code"}
            way={ask.order === "down" ? "down" : "up"}
            onSort={(sort, order) => change({ sort, order })}
          />
        )}
      </Panel>
      {data !== null && (
        <Pager
          offset={Number(ask.offset ?? 0) || 0}
          total={data.total}
          size={PAGE_SIZE}
          onMove={(offset) => change({ offset: String(offset) })}
        />
      )}
      {isMaking && <NewStoreSheet onClose={() => setMaking(false)} />}
    </>
  );
}

/** Whether there is none at all or none like that takes asking for all of them, which is done where nothing is listed alone. */
function NothingListed() {
  const { data } = usePolled(useApi().stores, REFRESH_MS, KINDS);
  return (
    <Empty icon={<Store aria-hidden size={32} />}>
      {t(data?.stores.length === 0 ? "stores.none" : "stores.nothing")}
    </Empty>
  );
}

function StoreTable({
  stores,
  sort,
  way,
  onSort,
}: {
  readonly stores: readonly StoreListRow[];
  readonly sort: string;
  readonly way: "up" | "down";
  readonly onSort: (sort: string, way: "up" | "down") => void;
}) {
  const column = (title: string, by: string, align: TableColumn["align"] = "left"): TableColumn =>
    sortedColumn({ title, by, align, sorted: { by: sort, way }, onSort });
  return (
    <Table
      label={t("nav.stores")}
      columns={[
        column(t("stores.code"), "code"),
        column(t("stores.name"), "name"),
        { title: t("stores.address") },
        { title: t("stores.timeZone") },
        { title: t("stores.currency") },
        { title: t("stores.state") },
        column(t("nav.tills"), "tills", "right"),
      ]}
    >
      {stores.map((store) => (
        <Row key={store.id} className="hover:bg-sunken/60">
          <Cell>
            <a
              href={addressOf("stores", { store: store.code })}
              className="figures inline-flex min-h-10 items-center font-medium text-brand hover:underline"
            >
              {store.code}
            </a>
          </Cell>
          <Cell>{store.name}</Cell>
          <Cell className="text-soft">{store.address.join(", ")}</Cell>
          <Cell className="text-soft">{store.timeZone}</Cell>
          <Cell>{store.currency}</Cell>
          <Cell>
            <Badge tone={store.closedAt === null ? "good" : "warn"}>
              {t(store.closedAt === null ? "stores.state.open" : "stores.state.closed")}
            </Badge>
          </Cell>
          <Cell align="right">
            <a
              href={addressOf("tills", { store: store.code })}
              aria-label={`${t("nav.tills")}, ${store.name}: ${numberText(store.tills)}`}
              className="text-brand hover:underline"
            >
              {numberText(store.tills)}
            </a>
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
