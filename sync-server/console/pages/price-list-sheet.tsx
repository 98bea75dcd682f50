import { useState } from "react";
import type { Answer } from "../ask.ts";
import { t } from "../translate.ts";
import { Sheet } from "../ui/sheet.tsx";
import { TextField } from "../ui/text-field.tsx";
import { SaveRow, useSaving } from "./save-row.tsx";

/** A price list as it is being typed. */
export interface ListDraft {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly isNew: boolean;
}

/** Makes a price list, or gives it another name. */
export function PriceListSheet({
  first,
  onSave,
  onClose,
}: {
  readonly first: ListDraft;
  readonly onSave: (draft: ListDraft) => Promise<Answer<unknown>>;
  readonly onClose: () => void;
}) {
  const [draft, setDraft] = useState(first);
  const saving = useSaving();
  const change = (changes: Partial<ListDraft>): void => {
    setDraft({ ...draft, ...changes });
    saving.forget();
  };
  return (
    <Sheet
      title={first.isNew ? t("lists.new") : t("lists.rename", { name: first.name })}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <form
        className="grid gap-4 sm:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault();
          saving.save(() => onSave(draft));
        }}
      >
        <TextField label={t("lists.name")} value={draft.name} onChange={(name) => change({ name })} />
        {first.isNew && (
          <TextField
            label={t("lists.id")}
            hint={t("lists.id.hint")}
            value={draft.id}
            onChange={(id) => change({ id })}
          />
        )}
        <TextField
          label={t("lists.currency")}
          value={draft.currency}
          onChange={(currency) => change({ currency: currency.toUpperCase() })}
        />
        <SaveRow right="prices.edit" saving={saving} done={t("lists.saved")} />
      </form>
    </Sheet>
  );
}
