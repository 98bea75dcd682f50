import { formatMoney } from "#domain/money/format.ts";
import type { CatalogChange, ImportReport, RowProblem } from "#protocol/hq/import.ts";

const MAX_SHOWN = 40;
const LOCALE = "en";

const REASONS: Readonly<Record<RowProblem["reason"], string>> = {
  missingHandle: "the handle is missing",
  missingTitle: "a new product needs a title",
  missingSku: "the SKU is missing",
  duplicateSku: "another variant has this SKU",
  emptyPrice: "the price is missing",
  badPrice: "this is no price",
  badQuantity: "this is no number of pieces",
  badGtin: "this is no GTIN: its check digit or length is wrong",
  duplicateGtin: "another variant has this GTIN",
  duplicateOptions: "the product has another variant with the same options",
  unknownTaxClass: "no store has this tax class",
  unknownStatus: "a status is active, draft or archived",
  tooManyVariants: "the product has too many variants",
  tooLong: "this is too long",
  wrongColumnCount: "the row does not have as many columns as the heading",
  brokenQuoting: "the quotes do not pair up",
};

const EFFECTS: Readonly<Record<RowProblem["effect"], string>> = {
  row: "row left out",
  product: "product left out",
  field: "field left out",
};

/** What became of an import, in words for a terminal. */
export function importText(report: ImportReport): string {
  if (!report.ok)
    return [report.message, ...problemLines(report.problems, report.problems.length)].join("\n");
  const { created, changed, unchanged } = report.products;
  const summary = [
    `${report.dryRun ? "Dry run, nothing was changed. The import would bring" : "Imported"} ${count(report.rows, "row")}:`,
    `  ${count(created, "new product")}, ${changed} changed, ${unchanged} as they were`,
    `  ${count(report.variants, "variant")}, ${count(report.prices, "price")} set`,
  ];
  if (report.derivedSkus > 0)
    summary.push(
      `  ${count(report.derivedSkus, "variant")} had no SKU and got one made of handle and options`,
    );
  return [
    ...summary,
    ...(report.dryRun ? changeLines(report.changes, report.changeCount) : []),
    ...problemLines(report.problems, report.problemCount),
  ].join("\n");
}

function changeLines(changes: readonly CatalogChange[], total: number): readonly string[] {
  if (total === 0) return [];
  return ["", "What would change:", ...changes.slice(0, MAX_SHOWN).flatMap(changeText), ...more(total)];
}

function changeText(change: CatalogChange): readonly string[] {
  switch (change.kind) {
    case "new":
      return [`  + ${change.title} (${change.handle}), ${count(change.variants, "variant")}`];
    case "changed":
      return [
        `  ~ ${change.title} (${change.handle})`,
        ...change.fields.map(
          ({ field, sku, from, to }) =>
            `      ${field}${sku === null ? "" : ` of ${sku}`}: ${from || "(none)"} → ${to || "(none)"}`,
        ),
      ];
    case "price": {
      const from = change.from === null ? "(none)" : formatMoney({ amount: change.from, locale: LOCALE });
      return [`  = ${change.sku}: ${from} → ${formatMoney({ amount: change.to, locale: LOCALE })}`];
    }
    case "stock":
      return [`  # ${change.sku} in ${change.store}: ${change.from} → ${change.to} pieces`];
  }
}

function problemLines(problems: readonly RowProblem[], total: number): readonly string[] {
  if (total === 0) return [];
  return [
    "",
    `${count(total, "problem")}:`,
    ...problems.slice(0, MAX_SHOWN).map(problemText),
    ...more(total),
  ];
}

function problemText({ line, column, reason, value, effect }: RowProblem): string {
  const where = column === null ? "" : `, ${column}`;
  const what = value === "" ? "" : ` (${printable(value)})`;
  return `  line ${line}${where}: ${REASONS[reason]}${what} – ${EFFECTS[effect]}`;
}

/** A file may hold anything; a terminal obeys control characters. */
function printable(value: string): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function more(total: number): readonly string[] {
  return total > MAX_SHOWN ? [`  … and ${total - MAX_SHOWN} more (--json lists up to a thousand)`] : [];
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}
