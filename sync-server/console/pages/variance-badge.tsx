import type { Money } from "#domain/money/money.ts";
import { amountText } from "../format.ts";
import { t } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";

/** How a drawer came out, in words. */
export function varianceWords(variance: Money): string {
  if (variance.minor === 0) return t("shifts.right");
  const amount = amountText({ ...variance, minor: Math.abs(variance.minor) });
  return t(variance.minor < 0 ? "shifts.short" : "shifts.over", { amount });
}

/** The same as a mark. */
export function VarianceBadge({ variance }: { readonly variance: Money }) {
  return <Badge tone={variance.minor === 0 ? "good" : "warn"}>{varianceWords(variance)}</Badge>;
}
