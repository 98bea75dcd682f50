import { PackageSearch } from "lucide-react";
import { useCallback, useState } from "react";
import type { PriceListId } from "#domain/ids.ts";
import type { ProductRow } from "#protocol/hq/console.ts";
import { useApi } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { FindField } from "../ui/find-field.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { usePolled } from "../use-polled.ts";
import { useSettled } from "../use-settled.ts";
import { CatalogueTable } from "./catalogue-table.tsx";
import { CatalogueTabs } from "./catalogue-tabs.tsx";
import { Pager } from "./pager.tsx";
import { ProblemNote } from "./problem-note.tsx";

const REFRESH_MS = 5_000;
const PAGE_SIZE = 25;

export function CataloguePage() {
  const api = useApi();
  const [search, setSearch] = useState("");
  const [offset, setOffset] = useState(0);
  const [saved, setSaved] = useState<string | null>(null);
  const asked = useSettled(search);
  const { data, problem, reload } = usePolled(
    useCallback(() => api.products({ search: asked, offset, limit: PAGE_SIZE }), [api, asked, offset]),
    REFRESH_MS,
  );

  return (
    <>
      <PageTitle title={t("nav.catalogue")}>
        <CatalogueTabs page="catalogue" />
        <span className="figures text-soft">{data !== null && tCount("catalogue.total", data.total)}</span>
        <FindField
          label={t("catalogue.search")}
          className="w-96 max-w-full"
          value={search}
          onChange={(text) => {
            setSearch(text);
            setOffset(0);
          }}
        />
      </PageTitle>
      <ProblemNote problem={problem} />
      <p
        aria-live="polite"
        className={saved === null ? "sr-only" : "mb-4 rounded-xl bg-brand-soft px-4 py-3 text-brand-strong"}
      >
        {saved}
      </p>
      <Panel>
        {data?.total === 0 ? (
          <Empty icon={<PackageSearch aria-hidden size={36} />}>
            {asked.trim() === "" ? t("catalogue.empty") : t("catalogue.nothing", { text: asked.trim() })}
          </Empty>
        ) : (
          <CatalogueTable
            products={data?.products ?? []}
            lists={listsOf(data?.products ?? [])}
            stores={storesOf(data?.products ?? [])}
            onSaved={(words) => {
              setSaved(words);
              reload();
            }}
          />
        )}
      </Panel>
      {data !== null && <Pager offset={offset} total={data.total} size={PAGE_SIZE} onMove={setOffset} />}
    </>
  );
}

function listsOf(products: readonly ProductRow[]): readonly PriceListId[] {
  const all = products.flatMap(({ variants }) => variants.flatMap(({ prices }) => prices));
  const uses = new Map<PriceListId, number>();
  for (const { list } of all) uses.set(list, (uses.get(list) ?? 0) + 1);
  return [...uses].toSorted(([, one], [, other]) => other - one).map(([list]) => list);
}

function storesOf(products: readonly ProductRow[]): readonly string[] {
  return products[0]?.variants[0]?.stock.map(({ store }) => store) ?? [];
}
