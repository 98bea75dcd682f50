import { type Currency, money } from "#domain/money/money.ts";
import type { BulkEditRequest } from "#protocol/hq/catalogue.ts";
import { amountText, percentText } from "../format.ts";
import { isKey, t } from "../translate.ts";

type Change = BulkEditRequest["change"];
type PriceChange = Extract<Change, { readonly kind: "price" }>;

/** What lists and tax classes are called, by their ids. */
export interface NamesOfChanges {
  readonly lists: ReadonlyMap<string, { readonly name: string; readonly currency: Currency }>;
  readonly taxClasses: ReadonlyMap<string, string>;
}

const PPM = 1_000_000;
const PERCENT_DECIMALS = 4;

/** What a change of many products was, one line for each thing that it changed. */
export function bulkEditLines(change: Change, names: NamesOfChanges): readonly string[] {
  if (change.kind === "price") return [priceLine(change, names)];
  const { title, brand, category, taxClass, status, addTags, removeTags } = change.fields;
  const to = (field: string, value: string) =>
    t("bulkEdits.to", { field, value: value === "" ? t("bulkEdits.empty") : value });
  return [
    ...(status === undefined ? [] : [to(t("catalogue.column.status"), t(`catalogue.status.${status}`))]),
    ...(title === undefined ? [] : [to(t("catalogue.column.title"), title)]),
    ...(category === undefined ? [] : [to(t("catalogue.column.category"), category)]),
    ...(brand === undefined ? [] : [to(t("catalogue.column.brand"), brand)]),
    ...(taxClass === undefined
      ? []
      : [to(t("catalogue.column.taxClass"), names.taxClasses.get(taxClass) ?? taxClass)]),
    ...(addTags === undefined ? [] : [to(t("catalogue.bulk.addTags"), addTags.join(", "))]),
    ...(removeTags === undefined ? [] : [to(t("catalogue.bulk.removeTags"), removeTags.join(", "))]),
  ];
}

function priceLine({ list, change, rounding, asReduction }: PriceChange, { lists }: NamesOfChanges): string {
  const known = lists.get(list);
  const size =
    change.kind === "percent"
      ? percentText(Math.abs(change.ppm) / PPM, PERCENT_DECIMALS)
      : known === undefined
        ? String(Math.abs(change.minor))
        : amountText(money(Math.abs(change.minor), known.currency));
  const isLess = (change.kind === "percent" ? change.ppm : change.minor) < 0;
  return [
    t(isLess ? "bulkEdits.less" : "bulkEdits.more", { list: known?.name ?? list, size }),
    ...roundingWords(rounding),
    ...(asReduction ? [t("bulkEdits.asReduction")] : []),
  ].join(" · ");
}

/** In the words in which it was chosen; a program may have rounded as the console does not. */
function roundingWords(rounding: PriceChange["rounding"]): readonly string[] {
  if (rounding.kind === "none") return [];
  const key = `bulk.rounding.${rounding.minor}`;
  return [isKey(key) ? t(key) : t("bulkEdits.rounded")];
}
