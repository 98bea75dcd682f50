import { useState } from "react";
import { type OrderPolicy, SIGNATURE_RULES } from "#domain/orders/policy.ts";
import type { StorePolicy } from "#protocol/hq/rules.ts";
import type { Answer } from "../ask.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Check } from "../ui/check.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { TextField } from "../ui/text-field.tsx";
import { PerStoreRules } from "./per-store-rules.tsx";
import { draftOf, type PolicyDraft, policyOf } from "./policy-form.ts";
import { SaveRow, useSaving } from "./save-row.tsx";

const NUMBERS = [
  "safetyStock",
  "ordersPerDay",
  "pickupsPerHour",
  "promiseHours",
  "acceptHours",
  "keepDays",
  "remindDays",
  "silentHours",
  "collectDesk",
  "shippingCost",
] as const satisfies readonly (keyof PolicyDraft)[];

/** How each store takes part in orders, one store at a time. */
export function PolicyPanel() {
  const api = useApi();
  return (
    <PerStoreRules
      title={t("policy.title")}
      load={api.policies}
      save={(code, policy: OrderPolicy) => api.savePolicy(code, policy)}
    >
      {(store, onSave) => <PolicyForm key={store.code} store={store} onSave={onSave} />}
    </PerStoreRules>
  );
}

function PolicyForm({
  store,
  onSave,
}: {
  readonly store: StorePolicy;
  readonly onSave: (policy: OrderPolicy) => Promise<Answer<unknown>>;
}) {
  const [draft, setDraft] = useState(() => draftOf(store.policy));
  const saving = useSaving();
  const change = (changes: Partial<PolicyDraft>): void => {
    setDraft({ ...draft, ...changes });
    saving.forget();
  };

  function save(): void {
    const typed = policyOf(draft, store);
    if (typed.ok) saving.save(() => onSave(typed.value));
    else saving.complain(t("policy.wrong", { field: t(`policy.${typed.reason}`) }));
  }

  return (
    <form
      className="grid gap-4 px-5 py-4 sm:grid-cols-2 lg:grid-cols-3"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <fieldset className="col-span-full flex flex-wrap gap-x-8 gap-y-3">
        <legend className="sr-only">{t("policy.takesPart")}</legend>
        <Check label={t("policy.pickup")} checked={draft.pickup} onChange={(pickup) => change({ pickup })} />
        <Check
          label={t("policy.shipFromStore")}
          checked={draft.shipFromStore}
          onChange={(shipFromStore) => change({ shipFromStore })}
        />
      </fieldset>
      <div className="col-span-full">
        <LabelledSelect
          label={t("policy.signature")}
          value={draft.signature}
          choices={SIGNATURE_RULES.map((value) => ({ value, text: t(`policy.signature.${value}`) }))}
          onChange={(signature) => change({ signature })}
        />
      </div>
      {NUMBERS.map((field) => (
        <TextField
          key={field}
          label={
            field === "shippingCost"
              ? t("policy.shippingCostIn", { currency: store.currency })
              : t(`policy.${field}`)
          }
          hint={t(`policy.${field}.hint`)}
          value={draft[field]}
          onChange={(text) => change({ [field]: text })}
        />
      ))}
      <SaveRow right="rules.edit" saving={saving} done={t("policy.saved", { store: store.name })} />
    </form>
  );
}
