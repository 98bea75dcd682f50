import { useState } from "react";
import type { LoyaltyProgramme } from "#domain/loyalty/programme.ts";
import type { LoyaltyAnswer } from "#protocol/hq/loyalty.ts";
import type { Answer } from "../ask.ts";
import { ReadOnlyUnless } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Check } from "../ui/check.tsx";
import { PageTitle, Panel } from "../ui/panel.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { draftOf, newProgramme, programmeOf } from "./loyalty-draft.ts";
import { LoyaltyFields } from "./loyalty-fields.tsx";
import { LoyaltySample } from "./loyalty-sample.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { RulesTabs } from "./rules-tabs.tsx";
import { SaveRow, useSaving } from "./save-row.tsx";
import { useSwitch } from "./use-switch.ts";

/** The loyalty programme. */
export function LoyaltyPage() {
  const { loyalty, returns } = useApi();
  const { known, setKnown, problem } = useAskedOnce(loyalty.read);
  const named = useAskedOnce(returns.categories);
  return (
    <>
      <PageTitle title={t("nav.loyalty")}>
        <RulesTabs page="loyalty" />
      </PageTitle>
      <ProblemNote problem={problem ?? named.problem} />
      {known !== null && (
        <Programme known={known} categories={named.known?.categories ?? []} onChanged={setKnown} />
      )}
    </>
  );
}

function Programme({
  known,
  categories,
  onChanged,
}: {
  readonly known: LoyaltyAnswer;
  readonly categories: readonly string[];
  readonly onChanged: (known: LoyaltyAnswer) => void;
}) {
  const { loyalty } = useApi();
  const { isOn, problem, switchTo } = useSwitch(known.programme !== null, () => save(null));

  async function save(programme: LoyaltyProgramme | null): Promise<Answer<LoyaltyAnswer>> {
    const answer = await loyalty.save(programme);
    if (answer.ok) onChanged(answer.value);
    return answer;
  }

  return (
    <>
      <ProblemNote problem={problem} />
      <Panel title={t("loyalty.programme")}>
        <ReadOnlyUnless right="rules.edit">
          <div className="px-5 pt-3">
            <Check label={t("loyalty.isOn")} checked={isOn} onChange={switchTo} />
            {!isOn && <p className="pb-4 text-soft">{t("loyalty.off")}</p>}
          </div>
          {isOn && <ProgrammeForm known={known} categories={categories} onSave={save} />}
        </ReadOnlyUnless>
      </Panel>
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
      <SaveRow right="rules.edit" saving={saving} done={t("loyalty.saved")} />
    </form>
  );
}
