import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { StoreDetail } from "#protocol/hq/store-settings.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { TextField } from "../ui/text-field.tsx";
import { SaveRow, useSaving } from "./save-row.tsx";
import { ClassFields, freshId } from "./tax-class-fields.tsx";
import { type TaxDraft, taxDraftOf, taxOf } from "./tax-draft.ts";
import { TaxModeSelect } from "./tax-mode-select.tsx";

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
        <TaxModeSelect value={draft.mode} onChange={(mode) => change({ mode })} />
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
              { id: freshId("class", draft.classes), name: "", rates: [], planned: [], isKnown: false },
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
