import { grantedBy, type OpenLine } from "./granted.ts";
import type { Promotion } from "./promotion.ts";

/** How often a line may still be looked at while the best way is sought: bounded by count and not by time, so that the same basket costs the same everywhere. */
export interface Effort {
  left: number;
}

/** What asking a promotion costs besides the lines that it looks at. */
const PER_QUESTION = 8;
/** It looks at its lines for each of its parts. */
const TIMES_LOOKED_AT = { bundle: 4, gift: 4 } as const;

export function looked(effort: Effort, lines: number): void {
  effort.left -= lines;
}

/** What a promotion takes off lines in minor units. */
export function minorOf(promotion: Promotion, lines: readonly OpenLine[], effort: Effort): number {
  if (lines.length === 0) return 0;
  const { kind } = promotion.rule;
  const times = kind === "bundle" || kind === "gift" ? TIMES_LOOKED_AT[kind] : 1;
  looked(effort, PER_QUESTION + times * lines.length);
  return grantedBy(promotion, lines)?.minor ?? 0;
}
