import { useEffect, useState } from "react";
import type { RetailerRules } from "#domain/orders/retailer-rules.ts";
import type { CaseStorePolicy } from "#protocol/hq/cases.ts";
import type { StorePolicy } from "#protocol/hq/rules.ts";
import type { ApiProblem } from "../ask.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { PageTitle } from "../ui/panel.tsx";
import { CasePolicyPanel } from "./case-policy-panel.tsx";
import { GiftCardRules } from "./gift-card-rules.tsx";
import { OfflineLimitsRules } from "./offline-limits-rules.tsx";
import { PolicyPanel } from "./policy-panel.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { RoutingForm } from "./routing-form.tsx";
import { RulesTabs } from "./rules-tabs.tsx";
import { ScaleCodeRules } from "./scale-code-rules.tsx";

/** How orders are routed, credited and done, and how soon customers hear of their cases. Asked once: what is being typed is never overtaken by an answer. */
export function RulesPage() {
  const api = useApi();
  const [rules, setRules] = useState<RetailerRules | null>(null);
  const [stores, setStores] = useState<readonly StorePolicy[] | null>(null);
  const [cases, setCases] = useState<readonly CaseStorePolicy[] | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  useEffect(() => {
    void Promise.all([api.rules(), api.policies(), api.casePolicies()]).then(([known, policies, days]) => {
      if (known.ok) setRules(known.value);
      else setProblem(known.reason);
      if (policies.ok) setStores(policies.value.stores);
      else setProblem(policies.reason);
      if (days.ok) setCases(days.value.stores);
      else setProblem(days.reason);
    });
  }, [api]);
  return (
    <>
      <PageTitle title={t("nav.rules")}>
        <RulesTabs page="rules" />
      </PageTitle>
      <ProblemNote problem={problem} />
      {rules !== null && <RoutingForm rules={rules} onSave={api.saveRules} />}
      {stores !== null && (
        <PolicyPanel
          stores={stores}
          onSave={async (code, policy) => {
            const answer = await api.savePolicy(code, policy);
            if (answer.ok)
              setStores(stores.map((each) => (each.code === answer.value.code ? answer.value : each)));
            return answer;
          }}
        />
      )}
      {cases !== null && (
        <CasePolicyPanel
          stores={cases}
          onSave={async (code, policy) => {
            const answer = await api.saveCasePolicy(code, policy);
            if (answer.ok)
              setCases(cases.map((each) => (each.code === answer.value.code ? answer.value : each)));
            return answer;
          }}
        />
      )}
      <GiftCardRules />
      <OfflineLimitsRules />
      <ScaleCodeRules />
    </>
  );
}
