/** What an import understands of a product export; every other column is left alone. */
export type Column =
  | "handle"
  | "title"
  | "vendor"
  | "type"
  | "category"
  | "tags"
  | "status"
  | "sku"
  | "price"
  | "compareAt"
  | "barcode"
  | "cost"
  | "contentSize"
  | "contentUnit"
  | "quantity"
  | "taxable"
  | "taxCode"
  | "option1Name"
  | "option1Value"
  | "option2Name"
  | "option2Value"
  | "option3Name"
  | "option3Value"
  | "image"
  | "variantImage"
  | "guarded";

/**
 * The headings of both generations of Shopify's product export, folded to lower case
 * (https://help.shopify.com/en/manual/products/import-export/using-csv; the older headings are those of its sample files until 2024).
 */
const HEADINGS: { readonly [C in Column]: readonly string[] } = {
  handle: ["handle", "url handle"],
  title: ["title"],
  vendor: ["vendor"],
  type: ["type", "custom product type"],
  category: ["product category", "standard product type", "standardized product type"],
  tags: ["tags"],
  status: ["status"],
  sku: ["variant sku", "sku"],
  price: ["variant price", "price"],
  compareAt: ["variant compare at price", "compare-at price"],
  cost: ["cost per item", "variant cost"],
  contentSize: ["unit price total measure"],
  contentUnit: ["unit price total measure unit"],
  barcode: ["variant barcode", "barcode", "barcodes"],
  quantity: ["variant inventory qty", "inventory quantity"],
  taxable: ["variant taxable", "charge tax"],
  taxCode: ["variant tax code", "tax code"],
  option1Name: ["option1 name"],
  option1Value: ["option1 value"],
  option2Name: ["option2 name"],
  option2Value: ["option2 value"],
  option3Name: ["option3 name"],
  option3Value: ["option3 value"],
  image: ["image src", "product image url"],
  variantImage: ["variant image", "variant image url"],
  // Ours: what would be a formula has an apostrophe before it.
  guarded: ["onetill export"],
};

const COLUMN_BY_HEADING: ReadonlyMap<string, Column> = new Map(
  (Object.keys(HEADINGS) as Column[]).flatMap((column) =>
    HEADINGS[column].map((heading): [string, Column] => [heading, column]),
  ),
);

const REQUIRED: readonly { readonly column: Column; readonly heading: string }[] = [
  { column: "handle", heading: "Handle (or URL handle)" },
  { column: "title", heading: "Title" },
];

/** Where each understood column stands in a row, and how many columns a row has. */
export interface Heading {
  readonly positions: ReadonlyMap<Column, number>;
  /** The heading as the file spells it, for reports. */
  readonly names: ReadonlyMap<Column, string>;
  readonly width: number;
}

/** Which column a heading is meant to be, by the heading in small letters; null: none. */
export type ColumnMap = ReadonlyMap<string, Column | null>;

export function readHeading(fields: readonly string[], meant: ColumnMap = new Map()): Heading {
  const positions = new Map<Column, number>();
  const names = new Map<Column, string>();
  fields.forEach((field, index) => {
    const heading = field.trim().toLowerCase();
    const column = meant.has(heading) ? meant.get(heading) : COLUMN_BY_HEADING.get(heading);
    if (column == null || positions.has(column)) return;
    positions.set(column, index);
    names.set(column, field.trim());
  });
  return { positions, names, width: fields.length };
}

/** The headings without which a file is no product export, as people know them. */
export function missingHeadings(heading: Heading): readonly string[] {
  return REQUIRED.filter(({ column }) => !heading.positions.has(column)).map(({ heading: name }) => name);
}
