import { Store } from "lucide-react";
import { variantLabel } from "#domain/product/variant-label.ts";
import type { Item } from "#protocol/till/catalog.ts";
import { moneyText, pictureAddress } from "../../app/format.ts";
import { openOverlay } from "../../app/overlay.ts";
import { apart, t } from "../../i18n/translate.ts";
import { Reduction } from "../../ui/reduction.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { itemPriceText } from "./price-text.ts";

/** Asks which form of a product is meant; one press rings it up. */
export function VariantSheet({
  name,
  items,
  onRing,
  onClose,
}: {
  readonly name: string;
  readonly items: readonly Item[];
  readonly onRing: (item: Item) => void;
  readonly onClose: () => void;
}) {
  return (
    <Sheet title={name} closeLabel={t("app.close")} onClose={onClose} width="wide">
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] gap-3">
        {items.map((item) => (
          <li key={item.variant} className="relative">
            <button
              type="button"
              onClick={() => {
                onClose();
                onRing(item);
              }}
              className="press flex min-h-22 w-full items-center gap-3 rounded-2xl border border-line bg-paper py-2.5 pe-15 ps-2.5 text-start hover:border-brand"
            >
              {item.image === null ? null : (
                <img
                  src={pictureAddress(item.image)}
                  alt=""
                  className="size-16 shrink-0 rounded-xl bg-sunken object-cover"
                />
              )}
              <span className="flex min-w-0 flex-col">
                <span className="font-semibold text-lg leading-tight">
                  {variantLabel(item.options) || item.name}
                </span>
                <span className="figures font-bold">{itemPriceText(item)}</span>
                {item.compareAt === null || item.lowest30 === undefined ? null : (
                  <Reduction
                    before={t("price.before", { price: moneyText(item.compareAt) })}
                    lowest={t("price.lowest30", { price: moneyText(item.lowest30) })}
                  />
                )}
                {item.onHand === null ? null : (
                  <span
                    className={`figures text-sm ${item.onHand <= 0 ? "font-semibold text-danger" : "text-ink-soft"}`}
                  >
                    {item.onHand <= 0 ? t("catalog.soldOut") : t("catalog.stock", { count: item.onHand })}
                  </span>
                )}
              </span>
            </button>
            <button
              type="button"
              aria-label={t("elsewhere.buttonFor", { name: variantLabel(item.options) || item.name })}
              title={t("elsewhere.button")}
              onClick={() =>
                openOverlay({ kind: "elsewhere", variant: item.variant, name: elsewhereName(item) })
              }
              className="press absolute top-1/2 end-1.5 grid size-12 -translate-y-1/2 place-items-center rounded-xl text-ink-soft hover:bg-sunken hover:text-ink"
            >
              <Store aria-hidden size={22} />
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

function elsewhereName({ name, options }: Item): string {
  return [name, variantLabel(options)]
    .filter((part) => part !== "")
    .map(apart)
    .join(" · ");
}
