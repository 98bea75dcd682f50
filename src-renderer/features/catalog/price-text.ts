import type { Item, Tile } from "#protocol/till/catalog.ts";
import { moneyText } from "../../app/format.ts";
import { t } from "../../i18n/translate.ts";

type SoldBy = Item["soldBy"];

/** What an article costs, as its tile says: per piece, per kilogram, or that the price is typed. */
export function itemPriceText({ price, soldBy }: Pick<Item, "price" | "soldBy">): string {
  if (soldBy === "openPrice") return t("price.open");
  return price === null ? t("catalog.noPrice") : unitText(moneyText(price), soldBy);
}

export function tilePriceText({
  priceFrom,
  priceVaries,
  soldBy,
}: Pick<Tile, "priceFrom" | "priceVaries" | "soldBy">): string {
  if (soldBy === "openPrice" || priceFrom === null)
    return itemPriceText({ price: priceFrom, ...sold(soldBy) });
  const price = unitText(moneyText(priceFrom), soldBy);
  return priceVaries ? t("catalog.from", { price }) : price;
}

function unitText(price: string, soldBy: SoldBy): string {
  return soldBy === "weight" ? t("price.perKilo", { price }) : price;
}

function sold(soldBy: SoldBy): Pick<Item, "soldBy"> {
  return soldBy === undefined ? {} : { soldBy };
}
