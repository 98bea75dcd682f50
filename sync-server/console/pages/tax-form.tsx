import { Plus, X } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { StoreDetail } from "#protocol/hq/store-settings.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { TextField } from "../ui/text-field.tsx";
import { SaveRow, useSaving } from "./save-row.tsx";
import { type RateDraft, type TaxDraft, taxDraftOf, taxOf } from "./tax-draft.ts";

type ClassDraft = TaxDraft["classes"][number];

/** What a store taxes by. */
export function TaxForm({
  store,
  onSaved,
}: {
  readonly store: StoreDetail;
  readonly onSaved: (store: StoreDetail) => void;
}) {
  const { shops } = useApi();
  const [draft, setDraft] = useState(() => taxDraftOf(store.tax));
  const saving = useSaving();
  const change = (changes: Partial<TaxDraft>) => {
    setDraft({ ...draft, ...changes });
    saving.forget();
  };
  function submit(event: FormEvent) {
    event.preventDefault();
    const tax = taxOf(draft);
    if (!tax.ok) return saving.complain(t("stores.tax.wrong", { name: tax.reason }));
    saving.save(async () => {
      const answer = await shops.saveTax(store.code, tax.value);
      if (answer.ok) onSaved(answer.value);
      return answer;
    });
  }
  const editClass = (id: string, changes: Partial<ClassDraft>) =>
    change({ classes: draft.classes.map((each) => (each.id === id ? { ...each, ...changes } : each)) });
  return (
    <form onSubmit={submit} className="space-y-4 px-5 py-4">
      <div className="grid gap-4 sm:grid-cols-3">
        <LabelledSelect
          label={t("stores.tax.mode")}
          value={draft.mode}
          choices={[
            { value: "inclusive" as const, text: t("stores.tax.inclusive") },
            { value: "exclusive" as const, text: t("stores.tax.exclusive") },
          ]}
          onChange={(mode) => change({ mode })}
        />
        <LabelledSelect
          label={t("stores.tax.rounding")}
          value={draft.rounding}
          choices={[
            { value: "ticket" as const, text: t("stores.tax.perTicket") },
            { value: "line" as const, text: t("stores.tax.perLine") },
          ]}
          onChange={(rounding) => change({ rounding })}
        />
        <TextField
          label={t("stores.tax.cash")}
          hint={t("stores.tax.cash.hint")}
          value={draft.cashRounding}
          onChange={(cashRounding) => change({ cashRounding })}
        />
      </div>
      {draft.classes.map((taxClass) => (
        <ClassFields
          key={taxClass.id}
          taxClass={taxClass}
          onChange={(changes) => editClass(taxClass.id, changes)}
          onRemove={() => change({ classes: draft.classes.filter(({ id }) => id !== taxClass.id) })}
        />
      ))}
      <Button
        onPress={() =>
          change({
            classes: [
              ...draft.classes,
              { id: freshId("class", draft.classes), name: "", rates: [], isKnown: false },
            ],
          })
        }
      >
        <Plus aria-hidden size={17} />
        {t("stores.tax.addClass")}
      </Button>
      <SaveRow
        right="stores.edit"
        saving={saving}
        done={t("stores.saved")}
        feed={`store:${store.id}`}
        label={t("stores.tax.save")}
      />
    </form>
  );
}

function freshId(stem: string, known: readonly { readonly id: string }[]): string {
  const ids = known.map(({ id }) => id);
  let number = known.length + 1;
  while (ids.includes(`${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
}

function ClassFields({
  taxClass: { id, name, rates, isKnown },
  onChange,
  onRemove,
}: {
  readonly taxClass: ClassDraft;
  readonly onChange: (changes: Partial<ClassDraft>) => void;
  readonly onRemove: () => void;
}) {
  const edit = (rate: string, changes: Partial<RateDraft>) =>
    onChange({ rates: rates.map((each) => (each.id === rate ? { ...each, ...changes } : each)) });
  return (
    <fieldset className="space-y-3 rounded-xl border border-line p-4">
      <legend className="px-1 font-medium">{name === "" ? t("stores.tax.newClass") : name}</legend>
      <div className="flex flex-wrap items-end gap-3">
        <TextField
          label={t("stores.tax.className")}
          value={name}
          onChange={(typed) => onChange({ name: typed })}
        />
        <span className="figures pb-3 text-soft text-sm">{id}</span>
        {!isKnown && (
          <Button look="quietDanger" onPress={onRemove}>
            {t("stores.tax.removeClass")}
          </Button>
        )}
      </div>
      {rates.map((rate) => (
        <div key={rate.id} className="flex flex-wrap items-end gap-3">
          <TextField
            label={t("stores.tax.rateName")}
            value={rate.name}
            onChange={(typed) => edit(rate.id, { name: typed })}
          />
          <TextField
            label={t("stores.tax.percent")}
            value={rate.percent}
            onChange={(percent) => edit(rate.id, { percent })}
          />
          <Button
            look="quiet"
            className="px-2.5"
            aria-label={t("stores.tax.removeRate", { name: rate.name })}
            onPress={() => onChange({ rates: rates.filter((each) => each.id !== rate.id) })}
          >
            <X aria-hidden size={18} />
          </Button>
        </div>
      ))}
      <Button
        look="quiet"
        onPress={() =>
          onChange({ rates: [...rates, { id: freshId(`${id}-rate`, rates), name: "", percent: "" }] })
        }
      >
        <Plus aria-hidden size={17} />
        {t("stores.tax.addRate")}
      </Button>
    </fieldset>
  );
}
