import { formatMoney } from "../money/format.ts";
import type { Money } from "../money/money.ts";
import { unitPriceOf } from "../pricing/unit-price.ts";
import type { Content } from "../product/product.ts";
import type { ReceiptRow } from "./row.ts";

/** An article as its label on the shelf tells of it. */
export interface LabelledArticle {
  readonly name: string;
  readonly sku: string;
  readonly gtin: string | null;
  readonly price: Money;
  /** What is in a piece, where that is known. */
  readonly content: Content | null;
  readonly byWeight: boolean;
}

/** The label of an article for the shelf: name, price, what a kilogram or litre comes to, and its code. */
export function productLabelRows(article: LabelledArticle, locale: string): readonly ReceiptRow[] {
  const { name, sku, gtin, price, content, byWeight } = article;
  const shown = (amount: Money): string => formatMoney({ amount, locale });
  // What is weighed is priced by the kilogram anyway, and pieces of a pack say nothing without a word for them.
  const unit = byWeight || content === null || content.unit === "piece" ? null : unitPriceOf(price, content);
  return [
    { kind: "text", text: name, align: "left", strong: true },
    { kind: "big", left: "", right: byWeight ? `${shown(price)} / kg` : shown(price) },
    ...(unit === null ? [] : [line(`1 ${unit.per} = ${shown(unit.amount)}`)]),
    line(sku),
    { kind: "barcode", text: gtin ?? sku },
  ];
}

function line(left: string): ReceiptRow {
  return { kind: "pair", left, right: "", strong: false };
}
