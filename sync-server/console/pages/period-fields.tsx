import type { ReactNode } from "react";
import type { Period } from "../staff-api.ts";
import { t } from "../translate.ts";
import { StoreSelect } from "./store-select.tsx";

const LOOK = "min-h-10 rounded-xl border border-line bg-surface px-3";

/** Chooses the days and the store that a page looks at, with what belongs beside it. */
export function PeriodFields({
  period,
  isWrong,
  onChange,
  children,
}: {
  readonly period: Period;
  readonly isWrong: boolean;
  readonly onChange: (changes: Partial<Period>) => void;
  readonly children?: ReactNode;
}) {
  return (
    <div className="mb-4 flex flex-wrap items-center gap-3">
      <label className="flex items-center gap-2">
        <span className="text-soft">{t("period.from")}</span>
        <input
          type="date"
          value={period.from}
          onChange={(event) => onChange({ from: event.target.value })}
          className={LOOK}
        />
      </label>
      <label className="flex items-center gap-2">
        <span className="text-soft">{t("period.until")}</span>
        <input
          type="date"
          value={period.until}
          onChange={(event) => onChange({ until: event.target.value })}
          className={LOOK}
        />
      </label>
      <StoreSelect
        value={period.store}
        none={t("common.allStores")}
        onChange={(store) => onChange({ store })}
      />
      {isWrong && (
        <p role="alert" className="text-danger">
          {t("period.wrong")}
        </p>
      )}
      {children}
    </div>
  );
}
