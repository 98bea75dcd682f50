import type { Money } from "#domain/money/money.ts";
import { percentText } from "../format.ts";
import { t } from "../translate.ts";

/** How much more or less was sold than a week ago, in words; both amounts are of one currency. */
export function changeText({ today, lastWeek }: { readonly today: Money; readonly lastWeek: Money }): string {
  if (today.minor === lastWeek.minor) return t("overview.change.same");
  if (lastWeek.minor <= 0) return t("overview.change.new");
  const share = (today.minor - lastWeek.minor) / lastWeek.minor;
  return share > 0
    ? t("overview.change.up", { percent: percentText(share) })
    : t("overview.change.down", { percent: percentText(-share) });
}
