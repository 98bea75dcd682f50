import { decimalText } from "#domain/money/format.ts";
import type { Money } from "#domain/money/money.ts";
import { guarded } from "#domain/text/guarded.ts";
import type { CatalogChange } from "#protocol/hq/import.ts";
import type { Storage } from "../../storage/port.ts";
import { csvLine } from "../spreadsheet/csv-line.ts";
import type { Finding } from "./report.ts";

const PAGE = 500;
const HEADING = ["What", "Line", "Handle", "SKU", "Field", "From", "To", "Reason"];

/** Everything that an import found, a line each, in pieces. */
export async function* findingsCsv(job: string, storage: Storage): AsyncGenerator<Buffer> {
  yield Buffer.from(`\u{feff}${csvLine(HEADING)}`, "utf8");
  let after = 0;
  for (;;) {
    const from = after;
    const page = await storage.read((tx) => tx.importFindings({ job, after: from, limit: PAGE }));
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.place;
    // Only `import-jobs.ts` writes them.
    const lines = page.flatMap(({ finding }) => linesOf(finding as Finding));
    yield Buffer.from(lines.map((line) => csvLine(line.map(guarded))).join(""), "utf8");
  }
}

function linesOf(finding: Finding): readonly (readonly string[])[] {
  if (finding.kind === "change") return changeLines(finding.change);
  const { line, handle, column, value, reason, effect } = finding.problem;
  return [[`refused: ${effect}`, String(line), handle ?? "", "", column ?? "", value, "", reason]];
}

function changeLines(change: CatalogChange): readonly (readonly string[])[] {
  switch (change.kind) {
    case "new":
      return [["new", "", change.handle, "", "title", "", change.title, ""]];
    case "changed":
      return change.fields.map(({ field, sku, from, to }) => [
        "changed",
        "",
        change.handle,
        sku ?? "",
        field,
        from,
        to,
        "",
      ]);
    case "price":
      return [["changed", "", "", change.sku, "price", amountText(change.from), amountText(change.to), ""]];
    case "stock":
      return [
        ["changed", "", "", change.sku, `stock ${change.store}`, String(change.from), String(change.to), ""],
      ];
  }
}

function amountText(amount: Money | null): string {
  return amount === null ? "" : `${decimalText(amount)} ${amount.currency}`;
}
