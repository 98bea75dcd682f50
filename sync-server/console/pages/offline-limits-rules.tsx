import { useState } from "react";
import { decimalText } from "#domain/money/format.ts";
import type { OfflineLimits, StoreOfflineLimits } from "#protocol/hq/offline-limits.ts";
import type { Answer } from "../ask.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Check } from "../ui/check.tsx";
import { TextField } from "../ui/text-field.tsx";
import { PerStoreRules } from "./per-store-rules.tsx";
import { SaveRow, useSaving } from "./save-row.tsx";
import { amountOrNone } from "./typed.ts";

/** What tills do on their own word, one store at a time. */
export function OfflineLimitsRules() {
  const api = useApi();
  return (
    <PerStoreRules
      title={t("offlineLimits.title")}
      load={api.offlineLimits}
      save={(code, limits: OfflineLimits) => api.saveOfflineLimits(code, limits)}
    >
      {(store, onSave) => <LimitsForm key={store.code} store={store} onSave={onSave} />}
    </PerStoreRules>
  );
}

function LimitsForm({
  store: { name, currency, limits },
  onSave,
}: {
  readonly store: StoreOfflineLimits;
  readonly onSave: (limits: OfflineLimits) => Promise<Answer<unknown>>;
}) {
  const [refund, setRefund] = useState(decimalText(limits.maxRefund));
  const [credit, setCredit] = useState(decimalText(limits.maxCredit));
  const [points, setPoints] = useState(limits.maxPoints === null ? "" : decimalText(limits.maxPoints));
  const [couponCodes, setCouponCodes] = useState(limits.couponCodes);
  const saving = useSaving();
  const typed = (set: (text: string) => void) => (text: string) => {
    set(text);
    saving.forget();
  };

  function save(): void {
    const [maxRefund, maxCredit, maxPoints] = [refund, credit, points].map((text) =>
      amountOrNone(text, currency),
    );
    const isWrong = maxRefund === "wrong" || maxCredit === "wrong" || maxPoints === "wrong";
    if (isWrong || maxRefund == null || maxCredit == null || maxPoints === undefined)
      saving.complain(t("offlineLimits.wrong"));
    else saving.save(() => onSave({ maxRefund, maxCredit, maxPoints, couponCodes }));
  }

  return (
    <form
      className="grid gap-4 px-5 py-4 sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextField
        label={t("offlineLimits.maxRefund", { currency })}
        hint={t("offlineLimits.maxRefundHint")}
        value={refund}
        onChange={typed(setRefund)}
      />
      <TextField
        label={t("offlineLimits.maxCredit", { currency })}
        hint={t("offlineLimits.maxCreditHint")}
        value={credit}
        onChange={typed(setCredit)}
      />
      <TextField
        label={t("offlineLimits.maxPoints", { currency })}
        hint={t("offlineLimits.maxPointsHint")}
        value={points}
        onChange={typed(setPoints)}
      />
      <Check
        label={t("offlineLimits.couponCodes")}
        checked={couponCodes}
        onChange={(checked) => {
          setCouponCodes(checked);
          saving.forget();
        }}
      />
      <SaveRow right="rules.edit" saving={saving} done={t("offlineLimits.saved", { store: name })} />
    </form>
  );
}
