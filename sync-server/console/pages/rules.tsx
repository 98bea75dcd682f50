import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { PageTitle } from "../ui/panel.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { CasePolicyPanel } from "./case-policy-panel.tsx";
import { CashRules } from "./cash-rules.tsx";
import { GiftCardRules } from "./gift-card-rules.tsx";
import { OfflineLimitsRules } from "./offline-limits-rules.tsx";
import { PolicyPanel } from "./policy-panel.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { RoutingForm } from "./routing-form.tsx";
import { RulesTabs } from "./rules-tabs.tsx";
import { ScaleCodeRules } from "./scale-code-rules.tsx";

/** How orders are routed, credited and done, how soon customers hear of their cases, and what drawers, gift cards, offline tills and scales are held to. */
export function RulesPage() {
  const api = useApi();
  const { known, problem } = useAskedOnce(api.rules);
  return (
    <>
      <PageTitle title={t("nav.rules")}>
        <RulesTabs page="rules" />
      </PageTitle>
      <ProblemNote problem={problem} />
      {known !== null && <RoutingForm rules={known} onSave={api.saveRules} />}
      <PolicyPanel />
      <CasePolicyPanel />
      <CashRules />
      <GiftCardRules />
      <OfflineLimitsRules />
      <ScaleCodeRules />
    </>
  );
}
