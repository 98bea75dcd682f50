import { Boxes, PackageOpen } from "lucide-react";
import { useId } from "react";
import { variantLabel } from "#domain/product/variant-label.ts";
import { pictureAddress } from "../../app/format.ts";
import { numberText, t } from "../../i18n/translate.ts";
import { itemPriceText, tilePriceText } from "./price-text.ts";
import type { Shown } from "./tiles.ts";

/** One article: picture, name, price and stock, and how many of it are in the basket; pressing it rings it up. */
export function TileButton({
  shown,
  inBasket,
  onPress,
}: {
  readonly shown: Shown;
  readonly inBasket: number;
  readonly onPress: () => void;
}) {
  const factsId = useId();
  const { name, image, onHand, soldBy } = shown.kind === "tile" ? shown.tile : shown.item;
  const kinds = shown.kind === "tile" ? shown.tile.variants : 1;
  const detail = shown.kind === "item" ? variantLabel(shown.item.options) : "";
  return (
    <button
      type="button"
      onClick={onPress}
      data-testid={shown.kind === "item" || shown.tile.item !== null ? "tile-single" : "tile-many"}
      aria-label={detail === "" ? name : `${name}, ${detail}`}
      aria-describedby={factsId}
      className={`press @container flex h-full min-w-0 flex-col overflow-hidden rounded-tile border bg-surface text-start shadow-tile hover:border-brand ${inBasket > 0 ? "border-brand" : "border-line"}`}
    >
      <span className="relative grid aspect-[5/4] w-full shrink-0 place-items-center overflow-hidden bg-sunken">
        {image === null ? (
          <PackageOpen aria-hidden size={32} strokeWidth={1.5} className="text-ink-soft" />
        ) : (
          <img
            src={pictureAddress(image)}
            alt=""
            loading="lazy"
            decoding="async"
            className="size-full object-cover"
          />
        )}
        {inBasket > 0 ? (
          <span
            key={inBasket}
            aria-hidden
            className="rise figures absolute top-1.5 start-1.5 grid h-8 min-w-8 place-items-center rounded-full bg-brand px-2 font-bold text-base text-on-brand shadow-tile"
          >
            {inBasket}
          </span>
        ) : null}
        {kinds > 1 ? (
          <span className="absolute end-1.5 bottom-1.5 rounded-full bg-surface px-2 py-0.5 font-semibold text-ink text-xs shadow-tile">
            {t("catalog.variants", { count: kinds })}
          </span>
        ) : null}
      </span>
      <span className="flex min-h-0 w-full flex-1 flex-col justify-between gap-0.5 px-2.5 pt-2 pb-2">
        <span className="font-semibold text-[0.9375rem] leading-tight">
          <bdi className="line-clamp-2">{name}</bdi>
          {detail === "" ? null : (
            <bdi className="mt-0.5 block truncate font-normal text-ink-soft text-sm">{detail}</bdi>
          )}
        </span>
        <span id={factsId} className="flex flex-wrap items-baseline justify-between gap-x-1 leading-tight">
          <span className="figures whitespace-nowrap font-bold text-base leading-tight">
            {shown.kind === "item" ? itemPriceText(shown.item) : tilePriceText(shown.tile)}
          </span>
          {soldBy === "openPrice" ? null : <Stock onHand={onHand} />}
        </span>
      </span>
    </button>
  );
}

/** On a narrow tile only the sign and the figure are seen. */
function Stock({ onHand }: { readonly onHand: number | null }) {
  if (onHand === null) return null;
  const out = onHand <= 0;
  const words = out ? t("catalog.soldOut") : t("catalog.stock", { count: onHand });
  return (
    <span
      className={`figures inline-flex min-w-0 items-center gap-1 self-center text-xs ${out ? "font-semibold text-danger" : "text-ink-soft"}`}
    >
      <Boxes aria-hidden size={14} className="shrink-0 @min-[10.5rem]:hidden" />
      <span aria-hidden className="@min-[10.5rem]:hidden">
        {out ? 0 : numberText(onHand)}
      </span>
      <span className="sr-only @min-[10.5rem]:not-sr-only @min-[10.5rem]:truncate">{words}</span>
    </span>
  );
}
