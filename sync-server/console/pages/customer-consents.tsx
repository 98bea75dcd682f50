import { useState } from "react";
import { CONSENT_PURPOSES, type Consent, type Customer } from "#domain/customer/customer.ts";
import { lastConsents } from "#domain/customer/last-consents.ts";
import { instant } from "#domain/ids.ts";
import type { ApiProblem } from "../ask.ts";
import { dateTimeText } from "../format.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import { ProblemNote } from "./problem-note.tsx";

/** What somebody agreed to, each with where and when it was said; HQ notes that it was given or taken back. */
export function CustomerConsents({
  customer,
  onChanged,
}: {
  readonly customer: Customer;
  readonly onChanged: () => void;
}) {
  const { people } = useApi();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const last = lastConsents(customer.consents ?? []);
  const say = async (purpose: Consent["purpose"], given: boolean): Promise<void> => {
    const said: Consent = { purpose, given, source: "hq", at: instant(Date.now()) };
    const answer = await people.change(customer.id, { consents: [said] });
    setProblem(answer.ok ? null : answer.reason);
    onChanged();
  };
  return (
    <Panel title={t("customers.consents")}>
      <div className="px-5 py-2">
        <ProblemNote problem={problem} />
        {last.length === 0 && <p className="py-2 text-soft">{t("customers.noConsents")}</p>}
        <ul aria-label={t("customers.consents")} className="divide-y divide-line">
          {CONSENT_PURPOSES.map((purpose) => {
            const said = last.find((each) => each.purpose === purpose);
            const isGiven = said?.given === true;
            return (
              <li key={purpose} className="flex flex-wrap items-center gap-3 py-2">
                <div className="min-w-0 flex-1">
                  <p>{t(`customers.consent.${purpose}`)}</p>
                  {said !== undefined && (
                    <p className="text-soft text-sm">
                      {said.source} · {dateTimeText(said.at)}
                    </p>
                  )}
                </div>
                {said !== undefined && (
                  <Badge tone={isGiven ? "good" : "neutral"}>
                    {t(isGiven ? "customers.given" : "customers.withdrawn")}
                  </Badge>
                )}
                <May right="customers.edit">
                  <Button
                    look={isGiven ? "quietDanger" : "quiet"}
                    aria-label={`${t(isGiven ? "customers.withdraw" : "customers.give")}: ${t(`customers.consent.${purpose}`)}`}
                    onPress={() => say(purpose, !isGiven)}
                  >
                    {t(isGiven ? "customers.withdraw" : "customers.give")}
                  </Button>
                </May>
              </li>
            );
          })}
        </ul>
      </div>
    </Panel>
  );
}
