import { useState } from "react";
import { type CashPolicy, DRAWER_KINDS } from "#domain/shift/cash.ts";
import type { StoreCash } from "#protocol/hq/shifts.ts";
import type { Answer } from "../ask.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Check } from "../ui/check.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { TextField } from "../ui/text-field.tsx";
import { type CashDraft, cashOfDraft, draftOfCash } from "./cash-draft.ts";
import { PerStoreRules } from "./per-store-rules.tsx";
import { SaveRow, useSaving } from "./save-row.tsx";

/** How stores handle their cash, one store at a time. */
export function CashRules() {
  const { shifts } = useApi();
  return (
    <PerStoreRules
      title={t("cash.title")}
      load={shifts.cashPolicies}
      save={(code, policy: CashPolicy) => shifts.saveCash(code, policy)}
    >
      {(store, onSave) => <CashForm key={store.code} store={store} onSave={onSave} />}
    </PerStoreRules>
  );
}

function CashForm({
  store: { name, currency, policy },
  onSave,
}: {
  readonly store: StoreCash;
  readonly onSave: (policy: CashPolicy) => Promise<Answer<unknown>>;
}) {
  const [draft, setDraft] = useState<CashDraft>(() => draftOfCash(policy));
  const saving = useSaving();
  const change = (changed: Partial<CashDraft>): void => {
    setDraft((before) => ({ ...before, ...changed }));
    saving.forget();
  };
  function save(): void {
    const typed = cashOfDraft(draft, currency);
    if (typed === null) saving.complain(t("cash.wrong"));
    else saving.save(() => onSave(typed));
  }
  return (
    <form
      className="grid gap-4 px-5 py-4 sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <LabelledSelect
        label={t("cash.drawer")}
        value={draft.drawer}
        choices={DRAWER_KINDS.map((kind) => ({ value: kind, text: t(`cash.drawer.${kind}`) }))}
        onChange={(drawer) => change({ drawer })}
      />
      <TextField
        label={t("cash.variance", { currency })}
        hint={t("cash.varianceHint")}
        value={draft.variance}
        onChange={(variance) => change({ variance })}
      />
      <Check
        label={t("cash.requireShift")}
        checked={draft.requireShift}
        onChange={(requireShift) => change({ requireShift })}
      />
      <Check
        label={t("cash.blindCount")}
        checked={draft.blindCount}
        onChange={(blindCount) => change({ blindCount })}
      />
      <TextField
        label={t("cash.float", { currency })}
        hint={t("cash.floatHint")}
        value={draft.float}
        onChange={(float) => change({ float })}
      />
      <TextField
        label={t("cash.pickupAbove", { currency })}
        hint={t("cash.pickupAboveHint")}
        value={draft.pickupAbove}
        onChange={(pickupAbove) => change({ pickupAbove })}
      />
      <TextField
        label={t("cash.lockAfter")}
        hint={t("cash.lockAfterHint")}
        value={draft.lockAfter}
        onChange={(lockAfter) => change({ lockAfter })}
      />
      <SaveRow right="rules.edit" saving={saving} done={t("cash.saved", { store: name })} />
    </form>
  );
}
