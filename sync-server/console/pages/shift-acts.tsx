import { subtractMoney } from "#domain/money/arithmetic.ts";
import type { DrawerActRow } from "#protocol/hq/shifts.ts";
import { amountText, dateTimeText } from "../format.ts";
import { t } from "../translate.ts";
import { varianceWords } from "./variance-badge.tsx";

/** What was done with a drawer, in words. */
export function actWords(act: DrawerActRow): string {
  switch (act.kind) {
    case "in":
    case "out":
    case "pickup":
      return t(`shifts.act.${act.kind}`, { amount: amountText(act.amount), reason: act.reason });
    case "opened":
      return t("shifts.act.opened", { reason: act.reason });
    case "counted":
      return t("shifts.act.counted", {
        counted: amountText(act.counted),
        outcome: varianceWords(subtractMoney(act.counted, act.expected)),
      });
  }
}

/** All that was done with a drawer, in order, with who did it and who allowed it. */
export function ShiftActs({ acts }: { readonly acts: readonly DrawerActRow[] }) {
  if (acts.length === 0) return null;
  return (
    <ol aria-label={t("shifts.acts")} className="mt-3 space-y-1 text-sm">
      {acts.map((act, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: acts are only ever added at the end
        <li key={place} className="flex flex-wrap gap-x-2">
          <span className="figures text-soft">{dateTimeText(act.at)}</span>
          <span>{actWords(act)}</span>
          <span className="text-soft">
            {act.by === "" ? "" : t("shifts.by", { who: act.by })}
            {act.approvedBy === null ? "" : `, ${t("shifts.approved", { who: act.approvedBy })}`}
          </span>
        </li>
      ))}
    </ol>
  );
}
