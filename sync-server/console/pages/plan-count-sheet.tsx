import { useState } from "react";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Check } from "../ui/check.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { type PlanDraft, planRequestOf, SCOPE_KINDS } from "./plan-count-draft.ts";
import { SaveRow, useSaving } from "./save-row.tsx";
import { today } from "./today.ts";

const NOTE_CHARS = 300;

/** Asks a store to count: what, until when, and whether whoever counts is told what there should be. */
export function PlanCountSheet({
  onPlanned,
  onClose,
}: {
  readonly onPlanned: () => void;
  readonly onClose: () => void;
}) {
  const { stock, stores, returns } = useApi();
  const known = useAskedOnce(stores).known?.stores ?? [];
  const categories = useAskedOnce(returns.categories).known?.categories ?? [];
  const [draft, setDraft] = useState<PlanDraft>(() => ({
    name: "",
    store: "",
    kind: "all",
    category: "",
    skus: "",
    articles: "50",
    blind: true,
    day: today(),
    note: "",
  }));
  const saving = useSaving();
  const change = (changes: Partial<PlanDraft>) => {
    setDraft({ ...draft, ...changes });
    saving.forget();
  };
  const [first] = known;
  const store = draft.store === "" ? (first?.code ?? "") : draft.store;
  const [firstCategory = ""] = categories;
  const category = draft.category === "" ? firstCategory : draft.category;

  function plan(): void {
    const request = planRequestOf({ ...draft, store, category });
    if (request === null) {
      saving.complain(t("counts.wrong"));
      return;
    }
    saving.save(async () => {
      const answer = await stock.plan(request);
      if (answer.ok) onPlanned();
      return answer;
    });
  }

  return (
    <Sheet title={t("counts.new")} closeLabel={t("common.close")} onClose={onClose}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          plan();
        }}
      >
        <TextField label={t("counts.name")} value={draft.name} onChange={(name) => change({ name })} />
        <LabelledSelect
          label={t("counts.store")}
          value={store}
          choices={known.map(({ code, name }) => ({ value: code, text: `${code} · ${name}` }))}
          onChange={(code) => change({ store: code })}
        />
        <LabelledSelect
          label={t("counts.scope")}
          value={draft.kind}
          choices={SCOPE_KINDS.map((value) => ({ value, text: t(`counts.scope.${value}`) }))}
          onChange={(kind) => change({ kind })}
        />
        {draft.kind === "category" && (
          <LabelledSelect
            label={t("stock.category")}
            value={category}
            choices={categories.map((each) => ({ value: each, text: each }))}
            onChange={(each) => change({ category: each })}
          />
        )}
        {draft.kind === "skus" && (
          <TextArea
            label={t("counts.skus")}
            hint={t("counts.skus.hint")}
            value={draft.skus}
            onChange={(skus) => change({ skus })}
          />
        )}
        {draft.kind === "longest" && (
          <TextField
            label={t("counts.articles")}
            value={draft.articles}
            onChange={(articles) => change({ articles })}
          />
        )}
        <TextField
          label={t("counts.day")}
          type="date"
          value={draft.day}
          onChange={(day) => change({ day })}
        />
        <Check label={t("counts.blind")} checked={draft.blind} onChange={(blind) => change({ blind })} />
        <TextArea
          label={t("counts.note")}
          value={draft.note}
          maxLength={NOTE_CHARS}
          onChange={(note) => change({ note })}
        />
        <SaveRow saving={saving} done={t("counts.planned")} label={t("counts.plan")} />
      </form>
    </Sheet>
  );
}
