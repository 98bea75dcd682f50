import type { LineId } from "../ids.ts";
import type { BasketLine } from "./basket.ts";

type Rung = Omit<BasketLine, "quantity" | "discount">;

/** The lines that are charged with a line: its deposit, levy or bag. */
export function linkedTo<Line extends Pick<BasketLine, "linked">>(
  lines: readonly Line[],
  line: LineId,
): readonly Line[] {
  return lines.filter(({ linked }) => linked?.to === line);
}

/** Whether a change of a line changes this one: it is the line, or charged with it. */
export function goesWith({ id, linked }: Pick<BasketLine, "id" | "linked">, line: LineId): boolean {
  return id === line || linked?.to === line;
}

/** Whether the same is charged with two pieces, at the same prices. */
export function isChargedAlike(some: readonly Rung[], others: readonly Rung[]): boolean {
  return (
    some.length === others.length &&
    some.every((each, index) => {
      const other = others[index];
      return (
        other !== undefined &&
        each.variant === other.variant &&
        each.linked?.kind === other.linked?.kind &&
        each.taxClass === other.taxClass &&
        each.unitPrice.minor === other.unitPrice.minor &&
        each.unitPrice.currency === other.unitPrice.currency
      );
    })
  );
}
