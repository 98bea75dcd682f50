import { type Currency, type Money, money } from "#domain/money/money.ts";
import { MAX_GRAMS, weighedPrice } from "#domain/pricing/weighed-price.ts";
import type { Item } from "#protocol/till/catalog.ts";
import { moneyText } from "../../app/format.ts";
import type { Stated } from "../../app/register.ts";
import { scaleText, useScale } from "../../app/scale.ts";
import { typeDigits, typeNumber, zerosKey } from "../../app/typed-digits.ts";
import { apart, numberText, t } from "../../i18n/translate.ts";
import { FigureSheet } from "./figure-sheet.tsx";
import { itemPriceText } from "./price-text.ts";

interface SheetProps {
  readonly item: Item;
  /** Answers whether it was rung up. */
  readonly onRing: (item: Item, stated: Stated) => Promise<boolean>;
  readonly onClose: () => void;
}

/** How much of something that is sold by weight: grams, with what they cost. */
export function WeighSheet({ item, onRing, onClose }: SheetProps) {
  const reading = useScale();
  const offered = reading.state === "stable" ? String(reading.grams) : null;
  const priceFor = (digits: string): Money | null =>
    item.price === null || digits === ""
      ? null
      : weighedPrice({ perKilo: item.price, grams: Number(digits) });
  return (
    <FigureSheet
      title={[item.name, itemPriceText(item)].map(apart).join(" · ")}
      label={t("price.weigh")}
      hint={offered === null ? scaleText(reading) : t("scale.fromScale")}
      offered={offered}
      extra="00"
      type={(before, typed) => typeNumber(before, typed, MAX_GRAMS)}
      shown={(digits) => t("price.grams", { grams: digits === "" ? "0" : numberText(Number(digits)) })}
      action={(digits) => actionFor(priceFor(digits))}
      onRing={(digits) => onRing(item, { grams: Number(digits) })}
      onClose={onClose}
    />
  );
}

/** What something costs whose price the colleague types. */
export function OpenPriceSheet({
  item,
  currency,
  onRing,
  onClose,
}: SheetProps & { readonly currency: Currency }) {
  const priceOf = (digits: string): Money => money(Number(digits), currency);
  return (
    <FigureSheet
      title={item.name}
      label={t("price.type")}
      hint={t("price.typeHint")}
      extra={zerosKey(currency)}
      type={typeDigits}
      shown={(digits) => moneyText(priceOf(digits))}
      action={(digits) => actionFor(digits === "" ? null : priceOf(digits))}
      onRing={(digits) => onRing(item, { price: priceOf(digits) })}
      onClose={onClose}
    />
  );
}

function actionFor(price: Money | null): string {
  return price === null ? t("price.ring") : t("price.ringFor", { price: moneyText(price) });
}
