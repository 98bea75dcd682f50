import { useState } from "react";
import { decimalText } from "#domain/money/format.ts";
import type { GiftCardPolicy } from "#domain/value/gift-card.ts";
import type { StoreGiftCards } from "#protocol/hq/credits.ts";
import type { Answer } from "../ask.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { TextField } from "../ui/text-field.tsx";
import { PerStoreRules } from "./per-store-rules.tsx";
import { SaveRow, useSaving } from "./save-row.tsx";
import { amountOrNone, wholeNumber } from "./typed.ts";

/** How much may lie on a gift card and how long it is good, one store at a time. */
export function GiftCardRules() {
  const api = useApi();
  return (
    <PerStoreRules
      title={t("giftCardRules.title")}
      load={api.giftCardPolicies}
      save={(code, policy: GiftCardPolicy) => api.saveGiftCardPolicy(code, policy)}
    >
      {(store, onSave) => <RulesForm key={store.code} store={store} onSave={onSave} />}
    </PerStoreRules>
  );
}

function RulesForm({
  store,
  onSave,
}: {
  readonly store: StoreGiftCards;
  readonly onSave: (policy: GiftCardPolicy) => Promise<Answer<unknown>>;
}) {
  const { most: before, validYears } = store.policy;
  const [most, setMost] = useState(decimalText(before));
  const [years, setYears] = useState(validYears === null ? "" : String(validYears));
  const saving = useSaving();

  function save(): void {
    const amount = amountOrNone(most, store.currency);
    const good = years.trim() === "" ? null : (wholeNumber(years) ?? 0);
    if (amount === null || amount === "wrong" || amount.minor === 0)
      saving.complain(t("giftCardRules.wrongMost"));
    else if (good === 0) saving.complain(t("giftCardRules.wrongYears"));
    else saving.save(() => onSave({ most: amount, validYears: good }));
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
        label={t("giftCardRules.most", { currency: store.currency })}
        hint={t("giftCardRules.mostHint")}
        value={most}
        onChange={(text) => {
          setMost(text);
          saving.forget();
        }}
      />
      <TextField
        label={t("giftCardRules.years")}
        hint={t("giftCardRules.yearsHint")}
        value={years}
        onChange={(text) => {
          setYears(text);
          saving.forget();
        }}
      />
      <SaveRow right="rules.edit" saving={saving} done={t("giftCardRules.saved", { store: store.name })} />
    </form>
  );
}
