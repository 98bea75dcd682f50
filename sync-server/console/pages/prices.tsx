import { CircleDollarSign } from "lucide-react";
import { useCallback, useState } from "react";
import type { PriceListId } from "#domain/ids.ts";
import type { PricedProductRow, PriceListsAnswer, PriceRow } from "#protocol/hq/prices.ts";
import { amountText } from "../format.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Check } from "../ui/check.tsx";
import { FindField } from "../ui/find-field.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { usePolled } from "../use-polled.ts";
import { showAsk, useAsk } from "../use-route.ts";
import { useSettled } from "../use-settled.ts";
import { BulkSheet } from "./bulk-sheet.tsx";
import { Pager } from "./pager.tsx";
import { PriceSheet } from "./price-sheet.tsx";
import { PricesTabs } from "./prices-tabs.tsx";
import { ProblemNote } from "./problem-note.tsx";

const REFRESH_MS = 10_000;
const PAGE_SIZE = 25;
const EVERY_LIST = "";

type Lists = PriceListsAnswer["lists"];

/** Prices of every article on every list, and what is planned of them. */
export function PricesPage() {
  const { prices } = useApi();
  const { search = "" } = useAsk();
  const [list, setList] = useState<PriceListId | null>(null);
  const [planned, setPlanned] = useState(false);
  const [offset, setOffset] = useState(0);
  const [open, setOpen] = useState<string | null>(null);
  const [isBulk, setBulk] = useState(false);
  const asked = useSettled(search);
  const { data: known } = usePolled(prices.lists, REFRESH_MS);
  const { data, problem, reload } = usePolled(
    useCallback(
      () => prices.prices({ search: asked, list, planned, offset, limit: PAGE_SIZE }),
      [prices, asked, list, planned, offset],
    ),
    REFRESH_MS,
  );
  const lists = known?.lists ?? [];
  const opened = data?.products.find(({ variants }) => variants.some(({ sku }) => sku === open)) ?? null;
  return (
    <>
      <PageTitle title={t("nav.prices")}>
        <PricesTabs page="prices" />
      </PageTitle>
      <ProblemNote problem={problem} />
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <FindField
          label={t("prices.search")}
          className="w-72"
          value={search}
          onChange={(text) => {
            showAsk("prices", { search: text });
            setOffset(0);
          }}
        />
        <Select
          label={t("prices.list")}
          value={list ?? EVERY_LIST}
          choices={[
            { value: EVERY_LIST, text: t("prices.allLists") },
            ...lists.map(({ id, name }) => ({ value: id, text: name })),
          ]}
          onChange={(chosen) => {
            setList(lists.find(({ id }) => id === chosen)?.id ?? null);
            setOffset(0);
          }}
        />
        <Check
          label={t("prices.plannedOnly")}
          checked={planned}
          onChange={(only) => {
            setPlanned(only);
            setOffset(0);
          }}
        />
        <May right="prices.edit">
          <Button look="primary" className="ml-auto" onPress={() => setBulk(true)}>
            {t("prices.bulk")}
          </Button>
        </May>
      </div>
      <Panel>
        {data?.total === 0 ? (
          <Empty icon={<CircleDollarSign aria-hidden size={36} />}>{t("prices.nothing")}</Empty>
        ) : (
          <PricesTable
            products={data?.products ?? []}
            lists={list === null ? lists : lists.filter(({ id }) => id === list)}
            onOpen={setOpen}
          />
        )}
      </Panel>
      {data !== null && <Pager offset={offset} total={data.total} size={PAGE_SIZE} onMove={setOffset} />}
      {open !== null && opened !== null && (
        <PriceSheet
          product={opened}
          sku={open}
          lists={lists}
          onChanged={reload}
          onClose={() => setOpen(null)}
        />
      )}
      {isBulk && lists.length > 0 && (
        <BulkSheet lists={lists} onChanged={reload} onClose={() => setBulk(false)} />
      )}
    </>
  );
}

function PricesTable({
  products,
  lists,
  onOpen,
}: {
  readonly products: readonly PricedProductRow[];
  readonly lists: Lists;
  readonly onOpen: (sku: string) => void;
}) {
  const rows = products.flatMap((product) => product.variants.map((variant) => ({ product, variant })));
  return (
    <Table
      label={t("nav.prices")}
      columns={[
        { title: t("prices.article") },
        { title: t("prices.cost"), align: "right" },
        ...lists.map(({ name }) => ({ title: name, align: "right" }) as const),
        { title: t("prices.planned") },
      ]}
    >
      {rows.map(({ product, variant }) => (
        <Row key={variant.sku} className="hover:bg-sunken/60">
          <Cell>
            <button
              type="button"
              onClick={() => onOpen(variant.sku)}
              aria-label={t("prices.open", { sku: variant.sku })}
              className="text-left font-medium text-brand hover:underline"
            >
              {variant.label === "" ? product.title : `${product.title}, ${variant.label}`}
            </button>
            <p className="figures text-[13px] text-soft">{variant.sku}</p>
          </Cell>
          <Cell align="right" className="figures text-soft">
            {variant.cost === null ? t("common.none") : amountText(variant.cost)}
          </Cell>
          {lists.map(({ id }) => (
            <Cell key={id} align="right">
              <HeldPrice price={variant.prices.find((each) => each.list === id && each.standing === "now")} />
            </Cell>
          ))}
          <Cell>
            <PlannedPrices
              prices={variant.prices.filter(
                (each) => each.standing === "planned" && lists.some(({ id }) => id === each.list),
              )}
            />
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

function HeldPrice({ price }: { readonly price: PriceRow | undefined }) {
  if (price === undefined) return <span className="text-soft">{t("common.none")}</span>;
  return (
    <span className="figures whitespace-nowrap">
      <span className="font-medium">{amountText(price.amount)}</span>
      {price.compareAt !== null && (
        <s className="block text-[13px] text-soft">{amountText(price.compareAt)}</s>
      )}
      {price.tiers.map((tier) => (
        <span key={tier.from} className="block text-[13px] text-soft">
          {t("prices.tier", { from: tier.from, price: amountText(tier.amount) })}
        </span>
      ))}
    </span>
  );
}

function PlannedPrices({ prices }: { readonly prices: readonly PriceRow[] }) {
  const [first] = prices;
  if (first === undefined) return null;
  return (
    <span className="figures whitespace-nowrap text-sm">
      {first.validFrom?.replace("T", " ")}: {amountText(first.amount)}
      {prices.length > 1 && (
        <span className="block text-soft">{t("prices.plannedMore", { count: prices.length - 1 })}</span>
      )}
    </span>
  );
}
