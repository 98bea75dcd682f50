import { LayoutGrid } from "lucide-react";
import { useEffect, useRef } from "react";
import { openOverlay } from "../../app/overlay.ts";
import { useTill } from "../../app/till.ts";
import { t, tCount } from "../../i18n/translate.ts";
import { Sheet } from "../../ui/sheet.tsx";
import { showCategory, useCatalog } from "./catalog-store.ts";

/** The shelves by name; all of them at once are a press away. */
export function Categories() {
  const categories = useTill((till) => till.catalog?.categories) ?? [];
  const chosen = useCatalog((state) => state.category);
  const strip = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice is what moves the strip
  useEffect(() => {
    strip.current
      ?.querySelector('[aria-pressed="true"]')
      ?.scrollIntoView({ inline: "nearest", block: "nearest" });
  }, [chosen]);
  const names = [null, ...categories.map((category) => category.name)];
  return (
    <nav aria-label={t("catalog.categories")} className="flex shrink-0 gap-2">
      <div
        ref={strip}
        className="flex min-w-0 flex-1 gap-1.5 overflow-x-auto [mask-image:linear-gradient(to_right,#000_calc(100%-2.5rem),#0000)] rtl:[mask-image:linear-gradient(to_left,#000_calc(100%-2.5rem),#0000)] [scrollbar-width:none]"
      >
        {names.map((name) => (
          <button
            key={name ?? ""}
            type="button"
            aria-pressed={name === chosen}
            onClick={() => showCategory(name)}
            className={`press min-h-12 shrink-0 scroll-mr-12 rounded-2xl border px-4 font-semibold ${name === chosen ? "border-brand bg-brand text-on-brand" : "border-transparent text-ink-soft hover:bg-sunken hover:text-ink"}`}
          >
            {name ?? t("catalog.all")}
          </button>
        ))}
        <span className="w-8 shrink-0" />
      </div>
      <button
        type="button"
        aria-label={t("catalog.allCategories")}
        onClick={() => openOverlay({ kind: "categories" })}
        className="press grid size-12 shrink-0 place-items-center rounded-2xl border border-line bg-surface hover:bg-sunken"
      >
        <LayoutGrid aria-hidden size={22} />
      </button>
    </nav>
  );
}

/** All shelves at once, with how much is on them. */
export function CategoriesSheet({ onClose }: { readonly onClose: () => void }) {
  const catalog = useTill((till) => till.catalog);
  const chosen = useCatalog((state) => state.category);
  const all = { name: null, products: catalog?.products ?? 0 };
  return (
    <Sheet title={t("catalog.categories")} closeLabel={t("app.close")} onClose={onClose} width="wide">
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-3">
        {[all, ...(catalog?.categories ?? [])].map(({ name, products }) => (
          <li key={name ?? ""}>
            <button
              type="button"
              aria-pressed={name === chosen}
              onClick={() => {
                onClose();
                showCategory(name);
              }}
              className={`press flex min-h-20 w-full flex-col justify-between gap-1 rounded-2xl border p-4 text-start ${name === chosen ? "border-brand bg-brand-soft" : "border-line bg-paper hover:border-brand"}`}
            >
              <span className="font-semibold text-lg leading-tight">{name ?? t("catalog.all")}</span>
              <span className="figures text-ink-soft text-sm">{tCount("catalog.count", products)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
