import { PackageOpen } from "lucide-react";
import { moneyText, pictureAddress } from "../../app/format.ts";
import { t } from "../../i18n/translate.ts";
import type { Shown } from "./tiles.ts";

/** One article: picture, name, price and stock; pressing it rings it up. */
export function TileButton({ shown, onPress }: { readonly shown: Shown; readonly onPress: () => void }) {
  const { name, image, onHand } = shown.kind === "tile" ? shown.tile : shown.item;
  const detail =
    shown.kind === "item"
      ? shown.item.options.filter((option) => option !== "Default Title").join(" / ")
      : "";
  const soldOut = onHand !== null && onHand <= 0;
  return (
    <button
      type="button"
      onClick={onPress}
      data-testid={shown.kind === "item" || shown.tile.item !== null ? "tile-single" : "tile-many"}
      aria-label={detail === "" ? name : `${name}, ${detail}`}
      className="press flex h-full min-w-0 flex-col overflow-hidden rounded-tile border border-line bg-surface text-left shadow-tile hover:border-brand"
    >
      <span className="relative grid aspect-[20/17] w-full shrink-0 place-items-center overflow-hidden bg-sunken">
        {image === null ? (
          <PackageOpen aria-hidden className="text-ink-soft" />
        ) : (
          <img
            src={pictureAddress(image)}
            alt=""
            loading="lazy"
            decoding="async"
            className="size-full object-cover"
          />
        )}
        {shown.kind === "tile" && shown.tile.variants > 1 ? (
          <span className="absolute top-2 right-2 rounded-full bg-surface/90 px-2 py-0.5 font-semibold text-ink text-xs">
            {t("catalog.variants", { count: shown.tile.variants })}
          </span>
        ) : null}
      </span>
      <span className="flex min-h-0 flex-1 flex-col justify-between gap-1 p-2.5">
        <span className="line-clamp-2 font-semibold text-[0.9375rem] leading-tight">
          {name}
          {detail === "" ? null : <span className="block font-normal text-ink-soft text-sm">{detail}</span>}
        </span>
        <span className="flex flex-col">
          <span className="figures font-bold text-base">{priceText(shown)}</span>
          {onHand === null ? null : (
            <span className={`text-xs ${soldOut ? "font-semibold text-danger" : "text-ink-soft"}`}>
              {soldOut ? t("catalog.soldOut") : t("catalog.stock", { count: onHand })}
            </span>
          )}
        </span>
      </span>
    </button>
  );
}

function priceText(shown: Shown): string {
  if (shown.kind === "item")
    return shown.item.price === null ? t("catalog.noPrice") : moneyText(shown.item.price);
  const { priceFrom, priceVaries } = shown.tile;
  if (priceFrom === null) return t("catalog.noPrice");
  return priceVaries ? t("catalog.from", { price: moneyText(priceFrom) }) : moneyText(priceFrom);
}
