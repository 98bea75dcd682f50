import { useState } from "react";
import { MAX_CASE_TEXT_CHARS } from "#domain/cases/case.ts";
import { CASE_OUTCOMES, CASE_STATUSES, CASE_TRANSITIONS } from "#domain/cases/status.ts";
import { instant } from "#domain/ids.ts";
import type { HqCase } from "#protocol/hq/cases.ts";
import type { ApiProblem } from "../ask.ts";
import type { PhotoFile } from "../photo-file.ts";
import { useApi, useOwnName } from "../signed-in.ts";
import { t, tNamed } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Select } from "../ui/select.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { PhotoPicker } from "./photo-picker.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { StoreSelect } from "./store-select.tsx";

const STAY = "";
const NO_OUTCOME = "";

/** What HQ does about a case: where it goes, who gets it, a note, photos, by when the customer hears; together they are one act. */
export function CaseActForm({ detail, onDone }: { readonly detail: HqCase; readonly onDone: () => void }) {
  const api = useApi();
  const { id, status } = detail.case;
  const [wanted, setTo] = useState(STAY);
  const [outcome, setOutcome] = useState(NO_OUTCOME);
  const [note, setNote] = useState("");
  const by = useOwnName();
  const [day, setDay] = useState("");
  const [store, setStore] = useState<string | null>(null);
  const [photos, setPhotos] = useState<readonly PhotoFile[]>([]);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  // The store may have moved it on while this was being written.
  const to = CASE_TRANSITIONS[status].find((each) => each === wanted) ?? STAY;
  const isSomething = to !== STAY || note.trim() !== "" || day !== "" || store !== null || photos.length > 0;
  const isReady = isSomething && (to !== "closed" || outcome !== NO_OUTCOME);
  const save = async (): Promise<void> => {
    const end = day === "" ? Number.NaN : new Date(`${day}T23:59:00`).getTime();
    const answer = await api.actOnCase(id, {
      to: CASE_STATUSES.find((each) => each === to) ?? null,
      outcome: CASE_OUTCOMES.find((each) => each === outcome) ?? null,
      note: note.trim(),
      deadline: Number.isNaN(end) ? null : instant(end),
      store,
      photos: [...photos],
      by,
    });
    setProblem(answer.ok ? null : answer.reason);
    if (!answer.ok) return;
    // What was written meanwhile is for the next act.
    setTo((now) => (now === wanted ? STAY : now));
    setOutcome((now) => (now === outcome ? NO_OUTCOME : now));
    setNote((now) => (now === note ? "" : now));
    setDay((now) => (now === day ? "" : now));
    setStore((now) => (now === store ? null : now));
    setPhotos((now) => now.filter((photo) => !photos.includes(photo)));
    onDone();
  };
  return (
    <section aria-label={t("cases.act")} className="mt-5 space-y-4 rounded-2xl bg-sunken p-4">
      <ProblemNote problem={problem} />
      <div className="flex flex-wrap gap-3">
        <Select
          label={t("cases.moveTo")}
          value={to}
          choices={[
            { value: STAY, text: t("cases.stay") },
            ...CASE_TRANSITIONS[status].map((each) => ({ value: each, text: tNamed("caseStatus", each) })),
          ]}
          onChange={setTo}
        />
        {to === "closed" && <OutcomeChoice outcome={outcome} onOutcome={setOutcome} />}
        <StoreSelect
          value={store}
          none={t("cases.sameStore")}
          label={t("cases.giveTo")}
          onChange={setStore}
        />
      </div>
      <TextArea label={t("cases.note")} value={note} maxLength={MAX_CASE_TEXT_CHARS} onChange={setNote} />
      <DayField label={t("cases.day")} value={day} onChange={setDay} />
      <div className="flex items-center justify-between gap-3">
        <PhotoPicker photos={photos} onPhotos={setPhotos} />
        <Button look="primary" isDisabled={!isReady} onPress={() => save()}>
          {t("cases.doAct")}
        </Button>
      </div>
    </section>
  );
}

function OutcomeChoice({
  outcome,
  onOutcome,
}: {
  readonly outcome: string;
  readonly onOutcome: (outcome: string) => void;
}) {
  return (
    <Select
      label={t("cases.outcome")}
      value={outcome}
      choices={[
        { value: NO_OUTCOME, text: t("cases.chooseOutcome") },
        ...CASE_OUTCOMES.map((each) => ({ value: each, text: tNamed("caseOutcome", each) })),
      ]}
      onChange={onOutcome}
    />
  );
}

function DayField({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <label className="block font-medium text-sm">
      <span className="mb-1 block">{label}</span>
      <input
        type="date"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="min-h-11 w-full rounded-xl border border-line bg-surface px-3.5 font-normal text-base"
      />
    </label>
  );
}
