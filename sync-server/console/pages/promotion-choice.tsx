import { useState } from "react";
import { PROMOTION_CHOICES, type PromotionChoice } from "#domain/promotions/promotion.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { useNewest } from "../use-newest.ts";
import { problemText } from "./problem-note.tsx";

/** Which of several promotions that fit are granted: chosen once for the whole retailer, and saved at once. */
export function PromotionChoiceSelect({
  choice,
  onSaved,
}: {
  readonly choice: PromotionChoice;
  readonly onSaved: () => void;
}) {
  const { returns } = useApi();
  /** Chosen, and not answered yet. */
  const [wanted, setWanted] = useState<PromotionChoice | null>(null);
  const newest = useNewest();
  const [told, setTold] = useState<{ readonly words: string; readonly isWrong: boolean } | null>(null);

  async function save(chosen: PromotionChoice): Promise<void> {
    setWanted(chosen);
    const isLast = newest.ask();
    const answer = await returns.savePromotionChoice(chosen);
    if (answer.ok) onSaved();
    // Another one was chosen since.
    if (!isLast()) return;
    setWanted(null);
    setTold(
      answer.ok
        ? { words: t("promotions.choice.saved"), isWrong: false }
        : { words: problemText(answer.reason), isWrong: true },
    );
  }

  return (
    <div className="mb-5 flex flex-wrap items-center gap-x-5 gap-y-2">
      <LabelledSelect
        label={t("promotions.choice")}
        hint={t("promotions.choice.hint")}
        value={wanted ?? choice}
        choices={PROMOTION_CHOICES.map((value) => ({ value, text: t(`promotions.choice.${value}`) }))}
        onChange={(chosen) => void save(chosen)}
      />
      <p role="status" className={told?.isWrong === true ? "text-danger" : "text-soft"}>
        {told?.words ?? ""}
      </p>
    </div>
  );
}
