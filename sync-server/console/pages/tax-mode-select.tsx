import type { TaxMode } from "#domain/tax/tax.ts";
import { t } from "../translate.ts";
import { LabelledSelect } from "../ui/labelled-select.tsx";

/** Whether prices contain the tax. */
export function TaxModeSelect({
  value,
  onChange,
}: {
  readonly value: TaxMode;
  readonly onChange: (mode: TaxMode) => void;
}) {
  return (
    <LabelledSelect
      label={t("stores.tax.mode")}
      value={value}
      choices={[
        { value: "inclusive" as const, text: t("stores.tax.inclusive") },
        { value: "exclusive" as const, text: t("stores.tax.exclusive") },
      ]}
      onChange={onChange}
    />
  );
}
