import { t } from "../translate.ts";
import { TextField } from "../ui/text-field.tsx";
import type { FirstStoreDraft } from "./first-store-draft.ts";
import { TaxModeSelect } from "./tax-mode-select.tsx";

/** What only the first store of all is asked, since there is none that it could be like. */
export function FirstStoreFields({
  draft,
  onChange,
}: {
  readonly draft: FirstStoreDraft;
  readonly onChange: (changes: Partial<FirstStoreDraft>) => void;
}) {
  return (
    <>
      <TextField
        label={t("stores.first.retailer")}
        hint={t("stores.first.retailer.hint")}
        value={draft.retailer}
        onChange={(retailer) => onChange({ retailer })}
      />
      <TaxModeSelect value={draft.mode} onChange={(mode) => onChange({ mode })} />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={t("stores.first.rate")}
          hint={t("stores.first.rate.hint")}
          value={draft.rate}
          onChange={(rate) => onChange({ rate })}
        />
        <TextField
          label={t("stores.tax.percent")}
          value={draft.percent}
          onChange={(percent) => onChange({ percent })}
        />
      </div>
    </>
  );
}
