import type { PriceListId, Sku, TaxClassId } from "#domain/ids.ts";
import { decimalText } from "#domain/money/format.ts";
import type { Currency, Money } from "#domain/money/money.ts";
import { parseAmount } from "#domain/money/parse.ts";
import { type CatalogueRow, type CatalogueVariant, PRODUCT_STATUSES } from "#protocol/hq/catalogue.ts";
import { amountText, dateTimeText, numberText } from "../format.ts";
import { t } from "../translate.ts";
import type { CellEdit, GridColumn } from "../ui/data-grid-parts.ts";
import { addressOf } from "../use-route.ts";
import type { GridProduct } from "./catalogue-windows.ts";
import { GridPicture } from "./grid-picture.tsx";
import { pointed } from "./typed.ts";

export type EditableField = "title" | "brand" | "category" | "taxClass" | "status";

/** How the page saves what was written in a cell: answers words where it was refused. */
export interface CatalogueSaves {
  readonly field: (product: CatalogueRow, field: EditableField, value: string) => Promise<string | null>;
  readonly price: (at: GridProduct, sku: Sku, amount: Money) => Promise<string | null>;
}

export interface ColumnsAsk {
  readonly list: PriceListId | null;
  /** Of the list. */
  readonly currency: Currency | null;
  readonly taxClasses: readonly { readonly id: TaxClassId; readonly name: string }[];
  readonly saves: CatalogueSaves;
  /** What whoever looks may write where it stands. */
  readonly may: { readonly fields: boolean; readonly prices: boolean };
}

type Column = GridColumn<GridProduct>;

/** What a merchandiser asks of products; a person shows, hides and moves them. */
export function catalogueColumns(ask: ColumnsAsk): readonly Column[] {
  const { fields, prices } = ask.may;
  return everyColumn(ask).map(({ edit, ...read }) =>
    edit !== undefined && (read.id === "price" ? prices : fields) ? { ...read, edit } : read,
  );
}

function everyColumn(ask: ColumnsAsk): readonly Column[] {
  const { taxClasses, saves } = ask;
  const taxName = (id: string) => taxClasses.find((each) => each.id === id)?.name ?? id;
  return [
    {
      ...column("image", 72, () => ""),
      render: ({ product, ...at }) => (
        <GridPicture hash={at.kind === "variant" ? (at.variant.image ?? product.image) : product.image} />
      ),
    },
    {
      ...column("title", 320, titleOf),
      render: (at) =>
        at.kind === "variant" ? (
          titleOf(at)
        ) : (
          <a
            href={addressOfProduct(at)}
            // The grid has the focus; Ctrl+Enter opens the row in front.
            tabIndex={-1}
            className="font-medium text-brand hover:underline"
          >
            {titleOf(at)}
          </a>
        ),
      isSortable: true,
      isName: true,
      edit: fieldEdit("title", saves),
    },
    { ...column("sku", 150, skuOf), isSortable: true },
    column("gtin", 150, (at) => (at.kind === "variant" ? at.variant.gtin : at.product.gtin) ?? ""),
    { ...productColumn("brand", 150), edit: fieldEdit("brand", saves) },
    { ...productColumn("category", 150), edit: fieldEdit("category", saves) },
    {
      ...column("taxClass", 130, (at) => (at.kind === "product" ? taxName(at.product.taxClass) : "")),
      edit: {
        ...fieldEdit("taxClass", saves),
        choices: () => taxClasses.map(({ id, name }) => ({ value: id, text: name })),
      },
    },
    {
      ...column("status", 120, (at) => (at.kind === "product" ? statusText(at.product.status) : "")),
      edit: {
        ...fieldEdit("status", saves),
        choices: () => PRODUCT_STATUSES.map((value) => ({ value, text: statusText(value) })),
      },
    },
    {
      ...column("tags", 180, (at) => (at.kind === "product" ? at.product.tags.join(", ") : "")),
      isHidden: true,
    },
    { ...moneyColumn("price", priceText), isSortable: true, edit: priceEdit(ask) },
    {
      ...moneyColumn("compareAt", (at) => textOf(variantOf(at)?.compareAt)),
      render: (at) => <s className="text-soft">{textOf(variantOf(at)?.compareAt)}</s>,
    },
    { ...moneyColumn("cost", (at) => textOf(variantOf(at)?.cost)), isHidden: true },
    { ...moneyColumn("margin", (at) => marginText(variantOf(at)?.marginPpm)), isHidden: true },
    {
      ...moneyColumn("stock", (at) => numberText(onHandOf(at))),
      isSortable: true,
      render: (at) => {
        const pieces = onHandOf(at);
        const look = pieces < 0 ? "font-semibold text-danger" : pieces === 0 ? "text-soft" : "";
        return <span className={look}>{numberText(pieces)}</span>;
      },
    },
    {
      ...column("changed", 150, ({ kind, product }) =>
        kind === "variant" || product.changedAt === null ? "" : dateTimeText(product.changedAt),
      ),
      isSortable: true,
    },
  ];
}

type ColumnName =
  | EditableField
  | "image"
  | "sku"
  | "gtin"
  | "tags"
  | "price"
  | "compareAt"
  | "cost"
  | "margin"
  | "stock"
  | "changed";

function column(id: ColumnName, width: number, text: (at: GridProduct) => string): Column {
  return { id, width, title: t(`catalogue.column.${id}`), text, render: text };
}

function productColumn(id: "brand" | "category", width: number): Column {
  return column(id, width, (at) => (at.kind === "product" ? at.product[id] : ""));
}

function moneyColumn(id: ColumnName, text: (at: GridProduct) => string): Column {
  return { ...column(id, 110, text), align: "right" };
}

function fieldEdit(field: EditableField, saves: CatalogueSaves): CellEdit<GridProduct> {
  return {
    value: (at) => (at.kind === "product" ? at.product[field] : null),
    save: ({ product }, value) => saves.field(product, field, value),
  };
}

/** Of a product of several variants each has its own, beneath it. */
function priceEdit({ list, currency, saves }: ColumnsAsk): CellEdit<GridProduct> {
  return {
    isNumber: true,
    value: (at) => {
      const variant = variantOf(at);
      if (variant === null || list === null || currency === null) return null;
      return variant.price === null ? "" : decimalText(variant.price);
    },
    save: async (at, text) => {
      const variant = variantOf(at);
      if (variant === null || currency === null) return null;
      const amount = parseAmount({ text: pointed(text), currency });
      if (!amount.ok || amount.value.minor < 0) return t("catalogue.badPrice");
      return saves.price(at, variant.sku, amount.value);
    },
  };
}

function variantOf(at: GridProduct): CatalogueVariant | null {
  return at.kind === "variant" ? at.variant : at.product.only;
}

/** Where a product is looked at and changed as a whole; of a form of it, the product that it is of. */
export function addressOfProduct({ product }: GridProduct): string {
  return addressOf("product", { id: product.product });
}

function titleOf(at: GridProduct): string {
  return at.kind === "variant" ? at.variant.label || at.variant.sku : at.product.title;
}

function skuOf(at: GridProduct): string {
  if (at.kind === "variant") return at.variant.sku;
  const { variants, sku } = at.product;
  return variants > 1 ? t("catalogue.variants", { count: numberText(variants) }) : sku;
}

function onHandOf(at: GridProduct): number {
  return at.kind === "variant" ? at.variant.onHand : at.product.onHand;
}

export function statusText(status: CatalogueRow["status"]): string {
  return t(`catalogue.status.${status}`);
}

function priceText(at: GridProduct): string {
  if (at.kind === "variant") return textOf(at.variant.price);
  const { lowest, highest } = at.product;
  if (lowest === null) return t("common.none");
  return lowest.minor === highest?.minor
    ? amountText(lowest)
    : t("catalogue.from", { price: amountText(lowest) });
}

function textOf(amount: Money | null | undefined): string {
  return amount == null ? "" : amountText(amount);
}

const percent = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });

function marginText(ppm: number | null | undefined): string {
  return ppm == null ? "" : percent.format(ppm / 1_000_000);
}
