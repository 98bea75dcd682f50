import type { CountState } from "#domain/stock/count-plan.ts";
import type { CountRow } from "#protocol/hq/counts.ts";
import { numberText } from "../format.ts";
import { t } from "../translate.ts";
import { Badge, type Tone } from "../ui/badge.tsx";

const TONES: Readonly<Record<CountState, Tone>> = {
  open: "neutral",
  counted: "warn",
  closed: "good",
  cancelled: "neutral",
};

export function CountStateBadge({ state }: { readonly state: CountState }) {
  return <Badge tone={TONES[state]}>{t(`counts.state.${state}`)}</Badge>;
}

/** Which articles are counted, in words. */
export function scopeText({ scope }: Pick<CountRow, "scope">): string {
  switch (scope.kind) {
    case "all":
      return t("counts.scope.all");
    case "category":
      return t("counts.scope.categoryOf", { category: scope.category });
    case "list":
      return t("counts.scope.list", { count: numberText(scope.variants.length) });
  }
}
