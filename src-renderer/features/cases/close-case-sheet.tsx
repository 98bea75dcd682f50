import { type FormEvent, useState } from "react";
import { CASE_OUTCOMES, type CaseOutcome } from "#domain/cases/status.ts";
import type { CaseCard } from "#protocol/till/cases.ts";
import type { VerbArgs } from "#protocol/till/contract.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { noteCase } from "./cases-store.ts";

/** How a case ended: it is closed with that, and with what was noted. */
export function CloseCaseSheet({
  card,
  written,
  onDone,
  onClose,
}: {
  readonly card: CaseCard;
  readonly written: VerbArgs<"noteCase">;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const [outcome, setOutcome] = useState<CaseOutcome | null>(null);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (outcome === null) return;
    const words = ({ number }: CaseCard) =>
      t("cases.moved", { number, status: t(`cases.outcome.${outcome}`) });
    if (!(await noteCase({ ...written, to: "closed", outcome }, words))) return;
    onDone();
    onClose();
  }
  return (
    <Sheet
      title={t("cases.closeTitle", { number: card.number })}
      closeLabel={t("app.close")}
      onClose={onClose}
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <p className="text-lg">{t("cases.closeWhy")}</p>
        <div className="grid grid-cols-2 gap-2">
          {CASE_OUTCOMES.map((each) => (
            <Chip
              key={each}
              words={t(`cases.outcome.${each}`)}
              chosen={outcome === each}
              onChoose={() => setOutcome(each)}
            />
          ))}
        </div>
        <Button type="submit" look="primary" size="huge" disabled={outcome === null}>
          {t("cases.closeConfirm")}
        </Button>
      </form>
    </Sheet>
  );
}
