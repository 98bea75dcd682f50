import { SearchX } from "lucide-react";
import { useEffect } from "react";
import type { Item } from "#protocol/till/catalog.ts";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { MAX_FOUND, refreshCatalog, useCatalog } from "./catalog-store.ts";
import { Categories } from "./categories.tsx";
import { Grid } from "./grid.tsx";

/** Everything that can be rung up: the shelves, or what the search found. */
export function CatalogPanel({ onRing }: { readonly onRing: (item: Item) => void }) {
  const revision = useTill((till) => till.catalog?.revision);
  const { found, total, text } = useCatalog();
  useEffect(() => {
    if (revision !== undefined) void refreshCatalog();
  }, [revision]);
  return (
    <section
      aria-label={t("catalog.products")}
      className="tight:h-[max(70vh,22rem)] flex min-h-0 min-w-0 flex-col gap-3 pt-3 ps-3 xl:pt-4 xl:ps-4"
    >
      <div className="pe-3 xl:pe-4">{found === null ? <Categories /> : <Found count={found.length} />}</div>
      {found !== null && found.length === 0 ? <Nothing text={text} /> : null}
      {found === null && total === 0 ? (
        <p className="p-10 text-center text-ink-soft text-lg">{t("catalog.empty")}</p>
      ) : null}
      <Grid onRing={onRing} />
    </section>
  );
}

function Found({ count }: { readonly count: number }) {
  return (
    <p role="status" className="figures flex min-h-12 items-center px-1 font-semibold text-ink-soft">
      {t(count < MAX_FOUND ? "catalog.found" : "catalog.foundFirst", { count })}
    </p>
  );
}

function Nothing({ text }: { readonly text: string }) {
  return (
    <div className="flex flex-col items-center gap-2 p-10 text-center">
      <SearchX aria-hidden size={48} strokeWidth={1.5} className="text-ink-soft" />
      <p className="font-semibold text-xl">{t("catalog.nothing", { text })}</p>
      <p className="text-ink-soft">{t("catalog.nothingHint")}</p>
    </div>
  );
}
