import { MEASURES, type Sums } from "#domain/reports/sums.ts";
import type { Row } from "./database.ts";

const COLUMN_OF: Readonly<Record<keyof Sums, string>> = {
  parts: "parts",
  soldPieces: "sold_pieces",
  returnedPieces: "returned_pieces",
  sold: "sold",
  returned: "returned",
  net: "net",
  tax: "tax",
  discount: "discount",
  cost: "cost",
  costedNet: "costed_net",
};
const COLUMNS = MEASURES.map((measure) => COLUMN_OF[measure]);

/** The columns of what is added up, in every table of reports, in one order. */
export const SUM_COLUMNS = COLUMNS.join(", ");
/** As many places for them in a statement. */
export const SUM_PLACES = COLUMNS.map(() => "?").join(", ");
/** Each of them over the rows of a question, zero over none. */
export const SUMMED = COLUMNS.map((column) => `coalesce(sum(${column}), 0) AS ${column}`).join(", ");
/** Each of them raised by a row that is there already. */
export const RAISED = COLUMNS.map((column) => `${column} = report_sums.${column} + excluded.${column}`).join(
  ", ",
);

export function sumValues(sums: Sums): readonly number[] {
  return MEASURES.map((measure) => sums[measure]);
}

export function toSums(row: Row): Sums {
  const of = (measure: keyof Sums) => Number(row[COLUMN_OF[measure]]);
  return {
    parts: of("parts"),
    soldPieces: of("soldPieces"),
    returnedPieces: of("returnedPieces"),
    sold: of("sold"),
    returned: of("returned"),
    net: of("net"),
    tax: of("tax"),
    discount: of("discount"),
    cost: of("cost"),
    costedNet: of("costedNet"),
  };
}
