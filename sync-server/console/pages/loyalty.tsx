import { useEffect, useState } from "react";
import type { LoyaltyProgramme } from "#domain/loyalty/programme.ts";
import type { LoyaltyAnswer } from "#protocol/hq/loyalty.ts";
import type { Answer, ApiProblem } from "../ask.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Check } from "../ui/check.tsx";
import { PageTitle, Panel } from "../ui/panel.tsx";
import { draftOf, newProgramme, programmeOf } from "./loyalty-draft.ts";
import { LoyaltyFields } from "./loyalty-fields.tsx";
import { LoyaltySample } from "./loyalty-sample.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { RulesTabs } from "./rules-tabs.tsx";
import { SaveRow, useSaving } from "./save-row.tsx";

/** The loyalty programme. Asked once: what is being typed is never overtaken by an answer. */
export function LoyaltyPage() {
  const { loyalty, returns } = useApi();
  const [known, setKnown] = useState<LoyaltyAnswer | null>(null);
  const [categories, setCategories] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [isOn, setOn] = useState(false);
  useEffect(() => {
    void Promise.all([loyalty.read(), returns.categories()]).then(([found, named]) => {
      if (found.ok) {
        setKnown(found.value);
        setOn(found.value.programme !== null);
      } else setProblem(found.reason);
      if (named.ok) setCategories(named.value.categories);
      else setProblem(named.reason);
    });
  }, [loyalty, returns]);

  async function save(programme: LoyaltyProgramme | null): Promise<Answer<LoyaltyAnswer>> {
    const answer = await loyalty.save(programme);
    if (answer.ok) setKnown(answer.value);
    return answer;
  }

  async function switchTo(wanted: boolean): Promise<void> {
    setOn(wanted);
    setProblem(null);
    if (wanted || known?.programme == null) return;
    const answer = await save(null);
    if (answer.ok) return;
    setOn(true);
    setProblem(answer.reason);
  }

  return (
    <>
      <PageTitle title={t("nav.loyalty")}>
        <RulesTabs page="loyalty" />
      </PageTitle>
      <ProblemNote problem={problem} />
      {known !== null && (
        <Panel title={t("loyalty.programme")}>
          <div className="px-5 pt-3">
            <Check label={t("loyalty.isOn")} checked={isOn} onChange={(wanted) => void switchTo(wanted)} />
            {!isOn && <p className="pb-4 text-soft">{t("loyalty.off")}</p>}
          </div>
          {isOn && <ProgrammeForm known={known} categories={categories} onSave={save} />}
        </Panel>
      )}
    </>
  );
}

function ProgrammeForm({
  known: { programme, currency, groups },
  categories,
  onSave,
}: {
  readonly known: LoyaltyAnswer;
  readonly categories: readonly string[];
  readonly onSave: (programme: LoyaltyProgramme) => Promise<Answer<unknown>>;
}) {
  const [draft, setDraft] = useState(() => draftOf(programme ?? newProgramme(currency)));
  const saving = useSaving();
  const inCurrency = programme?.earn.per.currency ?? currency;
  const typed = programmeOf(draft, inCurrency);

  function save(): void {
    if (typed.ok) saving.save(() => onSave(typed.value));
    else saving.complain(t("policy.wrong", { field: t(`loyalty.field.${typed.reason}`) }));
  }

  return (
    <form
      className="grid gap-x-8 gap-y-6 px-5 py-4 lg:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <LoyaltyFields
        draft={draft}
        currency={inCurrency}
        categories={categories}
        groups={groups}
        onChange={(changes) => {
          setDraft({ ...draft, ...changes });
          saving.forget();
        }}
      />
      <LoyaltySample programme={typed.ok ? typed.value : null} currency={inCurrency} />
      <SaveRow saving={saving} done={t("loyalty.saved")} />
    </form>
  );
}
