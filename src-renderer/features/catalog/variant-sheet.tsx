import type { Item } from "#protocol/till/catalog.ts";
import { moneyText } from "../../app/format.ts";
import { t } from "../../i18n/translate.ts";
import { Sheet } from "../../ui/sheet.tsx";
import { closeChoice } from "./catalog-store.ts";

/** Asks which form of a product is meant; one press rings it up. */
export function VariantSheet({
  name,
  items,
  onRing,
}: {
  readonly name: string;
  readonly items: readonly Item[];
  readonly onRing: (item: Item) => void;
}) {
  return (
    <Sheet title={name} closeLabel={t("app.close")} onClose={closeChoice} wide>
      <p className="mb-4 text-ink-soft">{t("catalog.choose")}</p>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-3">
        {items.map((item) => (
          <li key={item.variant}>
            <button
              type="button"
              onClick={() => {
                closeChoice();
                onRing(item);
              }}
              className="press flex min-h-20 w-full flex-col justify-between gap-1 rounded-xl border border-line bg-paper p-3 text-left hover:border-brand"
            >
              <span className="font-semibold text-lg leading-tight">{item.options.join(" / ")}</span>
              <span className="flex items-baseline justify-between">
                <span className="figures font-bold">
                  {item.price === null ? t("catalog.noPrice") : moneyText(item.price)}
                </span>
                {item.onHand === null ? null : (
                  <span
                    className={`text-sm ${item.onHand <= 0 ? "font-semibold text-danger" : "text-ink-soft"}`}
                  >
                    {item.onHand <= 0 ? t("catalog.soldOut") : t("catalog.stock", { count: item.onHand })}
                  </span>
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
