import { useState } from "react";
import { type CasePolicy, MAX_DEADLINE_DAYS } from "#domain/cases/deadline.ts";
import { CASE_KINDS, type CaseKind } from "#domain/cases/status.ts";
import type { CaseStorePolicy } from "#protocol/hq/cases.ts";
import type { Answer } from "../ask.ts";
import { useApi } from "../signed-in.ts";
import { t, tNamed } from "../translate.ts";
import { TextField } from "../ui/text-field.tsx";
import { PerStoreRules } from "./per-store-rules.tsx";
import { SaveRow, useSaving } from "./save-row.tsx";

type Days = Readonly<Record<CaseKind, string>>;

/** How soon customers hear of their cases, one store at a time. */
export function CasePolicyPanel() {
  const api = useApi();
  return (
    <PerStoreRules
      title={t("casePolicy.title")}
      load={api.casePolicies}
      save={(code, policy: CasePolicy) => api.saveCasePolicy(code, policy)}
    >
      {(store, onSave) => <DaysForm key={store.code} store={store} onSave={onSave} />}
    </PerStoreRules>
  );
}

function DaysForm({
  store,
  onSave,
}: {
  readonly store: CaseStorePolicy;
  readonly onSave: (policy: CasePolicy) => Promise<Answer<unknown>>;
}) {
  const { complaint, warranty, repair } = store.policy.deadlineDays;
  const [days, setDays] = useState<Days>({
    complaint: String(complaint),
    warranty: String(warranty),
    repair: String(repair),
  });
  const saving = useSaving();
  function save(): void {
    const typed = {
      complaint: Number(days.complaint),
      warranty: Number(days.warranty),
      repair: Number(days.repair),
    };
    const isRight = Object.values(typed).every(
      (each) => Number.isInteger(each) && each >= 1 && each <= MAX_DEADLINE_DAYS,
    );
    if (isRight) saving.save(() => onSave({ deadlineDays: typed }));
    else saving.complain(t("casePolicy.wrong", { max: MAX_DEADLINE_DAYS }));
  }
  return (
    <form
      className="grid gap-4 px-5 py-4 sm:grid-cols-3"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {CASE_KINDS.map((kind) => (
        <TextField
          key={kind}
          label={tNamed("caseKind", kind)}
          hint={t("casePolicy.hint")}
          value={days[kind]}
          onChange={(text) => {
            setDays({ ...days, [kind]: text });
            saving.forget();
          }}
        />
      ))}
      <SaveRow right="rules.edit" saving={saving} done={t("casePolicy.saved", { store: store.name })} />
    </form>
  );
}
