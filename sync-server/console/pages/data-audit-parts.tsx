import { ArrowRight, RefreshCw } from "lucide-react";
import { useState } from "react";
import type { AuditCheckName, AuditSeverity } from "#domain/data-audit/checks.ts";
import type { AuditOwnerRow, AuditRow } from "#protocol/hq/data-audit.ts";
import type { ApiProblem } from "../ask.ts";
import { useApi, useMay, useSignedIn } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { addressOfFix, dateOf } from "./data-audit-words.ts";
import { ProblemNote } from "./problem-note.tsx";

/** The button that has everything counted, and what came of it. */
export function CountAgain({ onCounted }: { readonly onCounted: () => void }) {
  const { dataAudit } = useApi();
  const [state, setState] = useState<"idle" | "busy" | "done">("idle");
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const mayAct = useMay("dataAudit.act");
  async function count(): Promise<void> {
    setState("busy");
    const answer = await dataAudit.countAgain();
    setProblem(answer.ok ? null : answer.reason);
    setState(answer.ok ? "done" : "idle");
    if (answer.ok) onCounted();
  }
  if (!mayAct) return null;
  return (
    <>
      <span role="status" className={state === "idle" ? "sr-only" : "text-soft"}>
        {state === "busy" ? t("dataAudit.counting") : state === "done" ? t("dataAudit.counted") : ""}
      </span>
      <Button isDisabled={state === "busy"} onPress={() => count()}>
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

/** Who has it and until when; for whoever may change that, as the button that does. */
export function OwnerCell({
  owner,
  name,
  onGive,
}: {
  readonly owner: AuditOwnerRow | null;
  readonly name: string;
  readonly onGive: () => void;
}) {
  const words = (
    <>
      <span className={owner === null ? "font-normal text-soft" : "font-medium"}>
        {owner?.name ?? t("dataAudit.noOwner")}
      </span>
      {owner !== null && (
        <span
          className={`block whitespace-nowrap font-normal text-sm ${owner.isOverdue ? "text-danger" : "text-soft"}`}
        >
          {t(owner.isOverdue ? "dataAudit.overdue" : "dataAudit.due", { day: dateOf(owner.due) })}
        </span>
      )}
    </>
  );
  if (!useMay("dataAudit.act")) return words;
  return (
    <Button
      look="quiet"
      aria-label={`${t("dataAudit.giveNamed", { check: name })}: ${owner?.name ?? t("dataAudit.noOwner")}`}
      onPress={onGive}
      className="-ml-4 flex-col items-start gap-0 py-1 text-left"
    >
      {words}
    </Button>
  );
}

/** The link to where something is set right; nothing where this console has no such page, or not for whoever looks. */
export function FixLink({
  check,
  fix,
  words,
  label,
}: {
  readonly check: AuditCheckName;
  readonly fix: AuditRow["fix"];
  readonly words: string;
  /** Where the words alone do not say what. */
  readonly label?: string;
}) {
  const { rights } = useSignedIn().session;
  const address = addressOfFix(check, fix, rights);
  if (address === null) return null;
  return (
    <a
      href={address}
      aria-label={label}
      className="inline-flex min-h-10 items-center gap-2 font-semibold text-brand-strong hover:underline"
    >
      {words}
      <ArrowRight aria-hidden size={16} />
    </a>
  );
}
