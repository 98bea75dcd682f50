import { CircleDot, TriangleAlert } from "lucide-react";
import type { CaseCard } from "#protocol/till/cases.ts";
import { dayText, timeText } from "../../app/format.ts";
import { apart, t } from "../../i18n/translate.ts";
import { CasePhotos } from "./case-photos.tsx";

type CaseStep = CaseCard["steps"][number];

/** Everything that happened to the case, the latest first; what contradicted what it met is marked. */
export function CaseHistory({ card }: { readonly card: CaseCard }) {
  return (
    <section aria-label={t("cases.history")}>
      <h3 className="mb-2 font-bold text-lg">{t("cases.history")}</h3>
      {card.steps.length === 0 ? <p className="text-ink-soft">{t("cases.history.none")}</p> : null}
      <ol className="flex flex-col gap-3 border-line border-s-2 ps-4 empty:hidden">
        {card.steps.toReversed().map((step) => (
          <Step key={step.id} step={step} />
        ))}
      </ol>
    </section>
  );
}

function Step({ step }: { readonly step: CaseStep }) {
  const words = stepWords(step);
  return (
    <li className="figures flex flex-col gap-1.5">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="min-w-12 shrink-0 text-ink-soft text-sm">{timeText(step.at)}</span>
        <span className={`inline-flex items-center gap-1.5 font-semibold ${step.fits ? "" : "text-danger"}`}>
          {step.fits ? (
            <CircleDot aria-hidden size={14} className="shrink-0 text-ink-soft" />
          ) : (
            <TriangleAlert aria-hidden size={16} className="shrink-0" />
          )}
          {words}
          {step.fits ? "" : ` (${t("cases.history.unfit")})`}
        </span>
        <span className="text-ink-soft">{step.who}</span>
      </p>
      {step.note === "" ? null : <p className="select-text whitespace-pre-wrap break-words">{step.note}</p>}
      <CasePhotos photos={step.photos} />
    </li>
  );
}

function stepWords({ to, outcome, deadline, takenOver, photos }: CaseStep): string {
  const parts = [
    to === null ? "" : t(`cases.status.${to}`),
    outcome === null ? "" : t(`cases.outcome.${outcome}`),
    takenOver ? t("cases.history.takenOver") : "",
    deadline === null ? "" : t("cases.history.deadline", { day: dayText(deadline) }),
  ].filter((part) => part !== "");
  if (parts.length > 0) return parts.map(apart).join(" · ");
  return t(photos.length > 0 ? "cases.photos" : "cases.history.note");
}
