import { useState } from "react";
import { idOf } from "#domain/ids.ts";
import { decimalText } from "#domain/money/format.ts";
import type { Currency } from "#domain/money/money.ts";
import type { ReturnPolicy } from "#domain/returns/policy.ts";
import type { ReturnsPolicyAnswer, StoreReturns } from "#protocol/hq/returns-policy.ts";
import type { Answer } from "../ask.ts";
import { ReadOnlyUnless } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Check } from "../ui/check.tsx";
import { PageTitle, Panel } from "../ui/panel.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { PerStorePanel } from "./per-store-panel.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { draftOf, policyOf, type ReturnsDraft } from "./returns-policy-draft.ts";
import { ReturnsPolicyFields } from "./returns-policy-fields.tsx";
import { RulesTabs } from "./rules-tabs.tsx";
import { SaveRow, useSaving } from "./save-row.tsx";
import { amountOrNone } from "./typed.ts";
import { useSwitch } from "./use-switch.ts";

const NO_CURRENCY = idOf<"Currency">("EUR");

/** How stores take goods back. */
export function ReturnsPolicyPage() {
  const { returns } = useApi();
  const { known, setKnown, problem } = useAskedOnce(returns.policy);
  const named = useAskedOnce(returns.categories);
  const categories = named.known?.categories ?? [];
  return (
    <>
      <PageTitle title={t("nav.returnsPolicy")}>
        <RulesTabs page="returnsPolicy" />
      </PageTitle>
      <ProblemNote problem={problem ?? named.problem} />
      {known !== null && (
        <>
          <Panel title={t("returnsPolicy.everyStore")} className="mb-5">
            <ReadOnlyUnless right="rules.edit">
              <PolicyForm
                policy={known.policy}
                currency={known.stores[0]?.currency ?? NO_CURRENCY}
                categories={categories}
                done={t("returnsPolicy.saved")}
                onSave={async (policy) => {
                  const answer = await returns.savePolicy(policy);
                  if (answer.ok) setKnown(answer.value);
                  return answer;
                }}
              />
            </ReadOnlyUnless>
          </Panel>
          <StorePanel
            known={known}
            categories={categories}
            onChanged={(store) =>
              setKnown((now) => ({
                ...now,
                stores: now.stores.map((each) => (each.code === store.code ? store : each)),
              }))
            }
          />
        </>
      )}
    </>
  );
}

function PolicyForm({
  policy,
  currency,
  categories,
  done,
  onSave,
}: {
  readonly policy: ReturnPolicy;
  readonly currency: Currency;
  readonly categories: readonly string[];
  readonly done: string;
  readonly onSave: (policy: ReturnPolicy) => Promise<Answer<unknown>>;
}) {
  const [draft, setDraft] = useState<ReturnsDraft>(() => draftOf(policy));
  const saving = useSaving();

  function save(): void {
    const typed = policyOf(draft, currency);
    if (typed.ok) saving.save(() => onSave(typed.value));
    else saving.complain(t("policy.wrong", { field: t(`returnsPolicy.${typed.reason}`) }));
  }

  return (
    <form
      className="grid gap-x-8 gap-y-6 px-5 py-4 lg:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <ReturnsPolicyFields
        draft={draft}
        currency={currency}
        categories={categories}
        onChange={(changes) => {
          setDraft({ ...draft, ...changes });
          saving.forget();
        }}
      />
      <SaveRow right="rules.edit" saving={saving} done={done} />
    </form>
  );
}

/** One store at a time: whether it has a policy of its own, and what its tills may give back alone. */
function StorePanel({
  known,
  categories,
  onChanged,
}: {
  readonly known: ReturnsPolicyAnswer;
  readonly categories: readonly string[];
  readonly onChanged: (store: StoreReturns) => void;
}) {
  return (
    <PerStorePanel title={t("returnsPolicy.oneStore")} stores={known.stores}>
      {(store) => (
        <>
          <OfflineLimit key={`limit ${store.code}`} store={store} onChanged={onChanged} />
          <OwnPolicy
            key={store.code}
            store={store}
            retailers={known.policy}
            categories={categories}
            onChanged={onChanged}
          />
        </>
      )}
    </PerStorePanel>
  );
}

function OfflineLimit({
  store,
  onChanged,
}: {
  readonly store: StoreReturns;
  readonly onChanged: (store: StoreReturns) => void;
}) {
  const { returns } = useApi();
  const { code, name, currency, maxRefundOffline } = store;
  const [typed, setTyped] = useState(() => decimalText(maxRefundOffline));
  const saving = useSaving();

  function save(): void {
    const limit = amountOrNone(typed, currency);
    if (limit === null || limit === "wrong")
      saving.complain(t("policy.wrong", { field: t("returnsPolicy.offlineLimit") }));
    else
      saving.save(async () => {
        const answer = await returns.saveOfflineLimit(code, limit);
        if (answer.ok) onChanged(answer.value);
        return answer;
      });
  }

  return (
    <form
      className="grid gap-4 border-line border-b px-5 py-4 sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextField
        label={t("returnsPolicy.offlineLimitIn", { currency })}
        hint={t("returnsPolicy.offlineLimit.hint")}
        value={typed}
        onChange={(text) => {
          setTyped(text);
          saving.forget();
        }}
      />
      <SaveRow right="rules.edit" saving={saving} done={t("policy.saved", { store: name })} />
    </form>
  );
}

function OwnPolicy({
  store,
  retailers,
  categories,
  onChanged,
}: {
  readonly store: StoreReturns;
  readonly retailers: ReturnPolicy;
  readonly categories: readonly string[];
  readonly onChanged: (store: StoreReturns) => void;
}) {
  const { returns } = useApi();
  const { isOn, problem, switchTo } = useSwitch(store.own !== null, () => save(null));

  async function save(policy: ReturnPolicy | null): Promise<Answer<StoreReturns>> {
    const answer = await returns.saveOwnPolicy(store.code, policy);
    if (answer.ok) onChanged(answer.value);
    return answer;
  }

  return (
    <>
      <div className="px-5 pt-4">
        <ProblemNote problem={problem} />
        <Check label={t("returnsPolicy.own")} checked={isOn} onChange={switchTo} />
        {!isOn && <p className="pb-4 text-soft">{t("returnsPolicy.follows", { store: store.name })}</p>}
      </div>
      {isOn && (
        <PolicyForm
          policy={store.own ?? retailers}
          currency={store.currency}
          categories={categories}
          done={t("policy.saved", { store: store.name })}
          onSave={save}
        />
      )}
    </>
  );
}
