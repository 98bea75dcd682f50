import { RefreshCw } from "lucide-react";
import { useState } from "react";
import type { AuditSeverity } from "#domain/data-audit/checks.ts";
import type { AuditOwnerRow } from "#protocol/hq/data-audit.ts";
import type { ApiProblem } from "../ask.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { dateOf } from "./data-audit-words.ts";
import { ProblemNote } from "./problem-note.tsx";

/** The button that has everything counted, and what came of it. */
export function CountAgain({ onCounted }: { readonly onCounted: () => void }) {
  const { dataAudit } = useApi();
  const [state, setState] = useState<"idle" | "busy" | "done">("idle");
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  async function count(): Promise<void> {
    setState("busy");
    const answer = await dataAudit.countAgain();
    setProblem(answer.ok ? null : answer.reason);
    setState(answer.ok ? "done" : "idle");
    if (answer.ok) onCounted();
  }
  return (
    <>
      <span role="status" className="text-soft">
        {state === "busy" ? t("dataAudit.counting") : state === "done" ? t("dataAudit.counted") : ""}
      </span>
      <Button isDisabled={state === "busy"} onPress={() => void count()}>
        <RefreshCw aria-hidden size={18} />
        {t("dataAudit.countAgain")}
      </Button>
      <ProblemNote problem={problem} />
    </>
  );
}

const TONES: Readonly<Record<AuditSeverity, Tone>> = { high: "bad", medium: "warn", low: "neutral" };

export function SeverityBadge({ severity }: { readonly severity: AuditSeverity }) {
  return <Badge tone={TONES[severity]}>{t(`dataAudit.severity.${severity}`)}</Badge>;
}

/** Who has it and until when, as the button that changes it. */
export function OwnerCell({
  owner,
  name,
  onGive,
}: {
  readonly owner: AuditOwnerRow | null;
  readonly name: string;
  readonly onGive: () => void;
}) {
  return (
    <Button
      look="quiet"
      aria-label={`${t("dataAudit.giveNamed", { check: name })}: ${owner?.name ?? t("dataAudit.noOwner")}`}
      onPress={onGive}
      className="-ml-4 flex-col items-start gap-0 py-1 text-left"
    >
      <span className={owner === null ? "font-normal text-soft" : "font-medium"}>
        {owner?.name ?? t("dataAudit.noOwner")}
      </span>
      {owner !== null && (
        <span
          className={`whitespace-nowrap font-normal text-sm ${owner.isOverdue ? "text-danger" : "text-soft"}`}
        >
          {t(owner.isOverdue ? "dataAudit.overdue" : "dataAudit.due", { day: dateOf(owner.due) })}
        </span>
      )}
    </Button>
  );
}
