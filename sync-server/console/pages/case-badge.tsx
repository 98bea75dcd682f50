import type { HqCaseRow } from "#protocol/hq/cases.ts";
import { t, tNamed } from "../translate.ts";
import { Badge, type Tone } from "../ui/badge.tsx";

const TONES: Readonly<Record<HqCaseRow["status"], Tone>> = {
  open: "warn",
  inProgress: "neutral",
  waitingForCustomer: "warn",
  waitingForSupplier: "warn",
  readyForPickup: "good",
  closed: "neutral",
};

/** Where a case stands, and how it ended. */
export function CaseBadge({ status, outcome }: Pick<HqCaseRow, "status" | "outcome">) {
  const words = outcome === null ? tNamed("caseStatus", status) : tNamed("caseOutcome", outcome);
  return <Badge tone={TONES[status]}>{words}</Badge>;
}

/** By when the customer was promised to hear. */
export function DeadlineText({ deadline, isOverdue }: Pick<HqCaseRow, "deadline" | "isOverdue">) {
  const day = new Intl.DateTimeFormat("en", { dateStyle: "medium" }).format(deadline);
  return isOverdue ? (
    <Badge tone="bad">
      {t("cases.overdue")} · {day}
    </Badge>
  ) : (
    <span className="figures whitespace-nowrap">{day}</span>
  );
}
