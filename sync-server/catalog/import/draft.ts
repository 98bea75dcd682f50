import { type Gtin, idOf, type Sku, type TaxClassId } from "#domain/ids.ts";
import type { Currency, Money } from "#domain/money/money.ts";
import { contentIn, MEASURES, PIECES } from "#domain/product/content.ts";
import { parseGtin } from "#domain/product/gtin.ts";
import type { Content, ProductStatus } from "#domain/product/product.ts";
import type { TaxClass } from "#domain/tax/tax.ts";
import { MAX_VARIANTS_PER_PRODUCT } from "#protocol/documents/product.ts";
import type { RowProblem } from "#protocol/hq/import.ts";
import { priceInFile } from "./amounts.ts";
import type { Column } from "./columns.ts";
import { MAX_SKU_CHARS } from "./derived-sku.ts";
import type { ReadFile } from "./read-file.ts";
import type { Findings } from "./report.ts";
import type { StagedProduct, StagedRow } from "./staging.ts";

const MAX_TEXT_CHARS = 500;
const MAX_TAGS = 250;
const MAX_GTINS = 20;
const MAX_PIECES = 1_000_000_000;
/** Enough to notice one variant too many. */
export const MAX_ROWS_OF_PRODUCT = MAX_VARIANTS_PER_PRODUCT + 1;

/** What a file says about a variant; null means that it says nothing, so what is known stays. */
export interface VariantDraft {
  readonly line: number;
  readonly sku: Sku | null;
  readonly options: readonly string[] | null;
  readonly gtins: readonly Gtin[] | null;
  readonly amount: Money | null;
  readonly compareAt: { readonly amount: Money | null } | null;
  readonly pieces: number | null;
  readonly content: Content | null;
  /** What it costs the retailer, without tax. */
  readonly cost: Money | null;
}

/** What a file says about a product; null means that it says nothing, so what is known stays. */
export interface ProductDraft {
  readonly handle: string;
  readonly line: number;
  readonly title: string | null;
  readonly brand: string | null;
  readonly category: string | null;
  readonly tags: readonly string[] | null;
  readonly status: ProductStatus | null;
  readonly taxClass: TaxClassId | null;
  readonly optionNames: readonly string[] | null;
  readonly variants: readonly VariantDraft[];
}

export interface DraftContext {
  readonly file: ReadFile;
  readonly currency: Currency;
  readonly taxClasses: readonly TaxClass[];
  readonly findings: Findings;
}

const OPTION_COLUMNS = [
  ["option1Name", "option1Value"],
  ["option2Name", "option2Value"],
  ["option3Name", "option3Value"],
] as const satisfies readonly (readonly [Column, Column])[];

const DEFAULT_TITLE = "Default Title";

const STATUSES: Readonly<Record<string, ProductStatus>> = {
  active: "active",
  draft: "draft",
  archived: "archived",
  // Sold as usual, only not listed in the web shop.
  unlisted: "active",
};

/** Reads the rows of one product, reporting what cannot be used. Null when nothing of it can. */
export function draftProduct({ handle, rows }: StagedProduct, context: DraftContext): ProductDraft | null {
  const reader = new RowReader(handle, context);
  const first = rows[0];
  if (first === undefined) return null;
  if (rows.length > MAX_VARIANTS_PER_PRODUCT) {
    const last = rows.at(-1) ?? first;
    reader.report(last, { column: null, reason: "tooManyVariants", value: handle, effect: "product" });
    return null;
  }
  const head = rows.find((row) => row.fields.title !== undefined) ?? first;
  const title = head.fields.title ?? null;
  if (title !== null && title.length > MAX_TEXT_CHARS) {
    reader.report(head, { column: "title", reason: "tooLong", value: title, effect: "product" });
    return null;
  }
  const optionNames = reader.optionNames(rows, head);
  return {
    handle,
    line: first.line,
    title,
    brand: reader.text(head, "vendor"),
    category: reader.category(head),
    tags: reader.tags(head),
    status: reader.status(head),
    taxClass: reader.taxClass(head),
    optionNames,
    variants: rows
      .map((row) => reader.variant(row, optionNames))
      .filter((variant): variant is VariantDraft => variant !== null),
  };
}

const FILE_MEASURES = new Map([...MEASURES, ["item", PIECES]]);

function contentOf(size: string, unit: string): Content | null {
  const measure = FILE_MEASURES.get(unit.trim().toLowerCase());
  return measure === undefined ? null : contentIn(measure, size);
}

/** Reads single fields of one product's rows. */
class RowReader {
  readonly #handle: string;
  readonly #context: DraftContext;

  constructor(handle: string, context: DraftContext) {
    this.#handle = handle;
    this.#context = context;
  }

  report(
    row: StagedRow,
    problem: Omit<RowProblem, "line" | "handle" | "column"> & { readonly column: Column | null },
  ): null {
    const column = problem.column === null ? null : (this.#names.get(problem.column) ?? problem.column);
    this.#context.findings.problem({ ...problem, line: row.line, handle: this.#handle, column });
    return null;
  }

  /** The text of a column: empty where the file says so, null where it has no such column or the text is too long. */
  text(row: StagedRow, column: Column): string | null {
    if (!this.#has(column)) return null;
    const value = row.fields[column] ?? "";
    if (value.length <= MAX_TEXT_CHARS) return value;
    return this.report(row, { column, reason: "tooLong", value, effect: "field" });
  }

  category(row: StagedRow): string | null {
    const type = this.text(row, "type");
    if (type !== null && type !== "") return type;
    const taxonomy = this.text(row, "category");
    return taxonomy?.split(">").at(-1)?.trim() ?? type;
  }

  tags(row: StagedRow): readonly string[] | null {
    if (!this.#has("tags")) return null;
    const tags = (row.fields.tags ?? "").split(",").map((tag) => tag.trim());
    const unique = [...new Set(tags.filter((tag) => tag !== ""))];
    if (unique.length <= MAX_TAGS && unique.every((tag) => tag.length <= MAX_TEXT_CHARS)) return unique;
    return this.report(row, {
      column: "tags",
      reason: "tooLong",
      value: row.fields.tags ?? "",
      effect: "field",
    });
  }

  status(row: StagedRow): ProductStatus | null {
    const value = row.fields.status;
    if (value === undefined) return null;
    const status = STATUSES[value.toLowerCase()];
    return status ?? this.report(row, { column: "status", reason: "unknownStatus", value, effect: "field" });
  }

  /** A tax code names one of the stores' tax classes; "not taxable" asks for one that takes nothing. */
  taxClass(row: StagedRow): TaxClassId | null {
    const { taxClasses } = this.#context;
    const code = row.fields.taxCode;
    if (code !== undefined) {
      const wanted = code.toLowerCase();
      const found = taxClasses.find(
        ({ id, name }) => id.toLowerCase() === wanted || name.toLowerCase() === wanted,
      );
      return (
        found?.id ??
        this.report(row, { column: "taxCode", reason: "unknownTaxClass", value: code, effect: "field" })
      );
    }
    const taxable = row.fields.taxable;
    if (taxable?.toLowerCase() !== "false") return null;
    const free = taxClasses.find(({ rates }) => rates.every(({ ppm }) => ppm === 0));
    return (
      free?.id ??
      this.report(row, { column: "taxable", reason: "unknownTaxClass", value: taxable, effect: "field" })
    );
  }

  /** Null when the file has no option columns. Shopify calls the options of a product of one form Title / Default Title. */
  optionNames(rows: readonly StagedRow[], head: StagedRow): readonly string[] | null {
    if (!this.#has("option1Value")) return null;
    const lastUsed = OPTION_COLUMNS.findLastIndex(([name, value]) =>
      rows.some((row) => row.fields[name] !== undefined || row.fields[value] !== undefined),
    );
    const names = OPTION_COLUMNS.slice(0, lastUsed + 1).map(
      ([name]) => head.fields[name] ?? rows.find((row) => row.fields[name] !== undefined)?.fields[name] ?? "",
    );
    const isPlain =
      names.length === 1 &&
      (names[0] === "Title" || names[0] === "") &&
      rows.every(({ fields }) => (fields.option1Value ?? DEFAULT_TITLE) === DEFAULT_TITLE);
    return isPlain ? [] : names.map((name) => name.slice(0, MAX_TEXT_CHARS));
  }

  /** Null when the row cannot be used; it has been reported then. */
  variant(row: StagedRow, optionNames: readonly string[] | null): VariantDraft | null {
    const { fields, line } = row;
    const sku = fields.sku?.replace(/^'/, "") ?? "";
    if (sku.length > MAX_SKU_CHARS)
      return this.report(row, { column: "sku", reason: "tooLong", value: sku, effect: "row" });
    const options = this.#options(row, optionNames);
    if (options === "tooLong") return null;
    const amount = this.#has("price") ? this.#price(row) : null;
    if (amount === "unusable") return null;
    return {
      line,
      sku: sku === "" ? null : idOf<"Sku">(sku),
      options,
      gtins: this.#gtins(row),
      amount,
      compareAt: this.#compareAt(row),
      pieces: this.#pieces(row),
      content: this.#content(row),
      cost: this.#cost(row),
    };
  }

  #options(row: StagedRow, optionNames: readonly string[] | null): readonly string[] | null | "tooLong" {
    if (optionNames === null) return null;
    const options = OPTION_COLUMNS.slice(0, optionNames.length).map(([, value]) => row.fields[value] ?? "");
    const long = options.findIndex((option) => option.length > MAX_TEXT_CHARS);
    if (long === -1) return options;
    const column = OPTION_COLUMNS[long]?.[1] ?? null;
    this.report(row, { column, reason: "tooLong", value: options[long] ?? "", effect: "row" });
    return "tooLong";
  }

  /** Nothing where the price is left empty: what is known keeps its price, and what is new is refused without one. */
  #price(row: StagedRow): Money | null | "unusable" {
    const text = row.fields.price;
    if (text === undefined) return null;
    const read = this.#amount(text);
    if (read.ok) return read.value;
    this.report(row, { column: "price", reason: "badPrice", value: text, effect: "row" });
    return "unusable";
  }

  #compareAt(row: StagedRow): VariantDraft["compareAt"] {
    if (!this.#has("compareAt")) return null;
    const text = row.fields.compareAt;
    if (text === undefined) return { amount: null };
    const read = this.#amount(text);
    if (read.ok) return { amount: read.value };
    return this.report(row, { column: "compareAt", reason: "badPrice", value: text, effect: "field" });
  }

  #cost(row: StagedRow): Money | null {
    const text = row.fields.cost;
    if (text === undefined) return null;
    const read = this.#amount(text);
    return read.ok
      ? read.value
      : this.report(row, { column: "cost", reason: "badPrice", value: text, effect: "field" });
  }

  /** "0.75" and "l": 750 ml. Only what is whole in the smaller unit can be said. */
  #content(row: StagedRow): Content | null {
    const { contentSize: size, contentUnit: unit } = row.fields;
    if (size === undefined) return null;
    const content = contentOf(size, unit ?? "");
    return (
      content ??
      this.report(row, {
        column: "contentSize",
        reason: "badQuantity",
        value: `${size} ${unit ?? ""}`.trim(),
        effect: "field",
      })
    );
  }

  #amount(text: string) {
    const { currency, file } = this.#context;
    return priceInFile({ text, currency, delimiter: file.delimiter });
  }

  #gtins(row: StagedRow): readonly Gtin[] | null {
    if (!this.#has("barcode")) return null;
    const written = (row.fields.barcode ?? "").replace(/^'/, "");
    const gtins: Gtin[] = [];
    for (const text of written.split(/[,;|]/).slice(0, MAX_GTINS)) {
      if (text.trim() === "") continue;
      const read = parseGtin(text);
      if (!read.ok)
        return this.report(row, { column: "barcode", reason: "badGtin", value: text, effect: "field" });
      gtins.push(read.value);
    }
    return gtins;
  }

  #pieces(row: StagedRow): number | null {
    const text = row.fields.quantity;
    if (text === undefined) return null;
    const pieces = Number(text);
    if (/^-?\d+$/.test(text) && Math.abs(pieces) <= MAX_PIECES) return pieces;
    return this.report(row, { column: "quantity", reason: "badQuantity", value: text, effect: "field" });
  }

  #has(column: Column): boolean {
    return this.#context.file.heading.positions.has(column);
  }

  get #names(): ReadonlyMap<Column, string> {
    return this.#context.file.heading.names;
  }
}
