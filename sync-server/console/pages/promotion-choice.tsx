import { useState } from "react";
import { PROMOTION_CHOICES } from "#domain/promotions/promotion.ts";
import type { PromotionsAnswer } from "#protocol/hq/promotions.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { useWished } from "../use-wished.ts";
import { problemText } from "./problem-note.tsx";

/** Which of several promotions that fit are granted: chosen once for the whole retailer, and saved at once. */
export function PromotionChoiceSelect({
  saved,
  onSaved,
}: {
  readonly saved: Pick<PromotionsAnswer, "choice">;
  readonly onSaved: () => void;
}) {
  const { returns } = useApi();
  const [told, setTold] = useState<{ readonly words: string; readonly isWrong: boolean } | null>(null);
  const { shown, wish } = useWished(saved, async ({ choice }) => {
    const answer = await returns.savePromotionChoice(choice);
    setTold(
      answer.ok
        ? { words: t("promotions.choice.saved"), isWrong: false }
        : { words: problemText(answer.reason), isWrong: true },
    );
    if (answer.ok) onSaved();
    return answer.ok;
  });

  return (
    <div className="mb-5 flex flex-wrap items-center gap-x-5 gap-y-2">
      <LabelledSelect
        label={t("promotions.choice")}
        hint={t("promotions.choice.hint")}
        value={shown.choice}
        choices={PROMOTION_CHOICES.map((value) => ({ value, text: t(`promotions.choice.${value}`) }))}
        onChange={(choice) => void wish({ choice })}
      />
      <p role="status" className={told?.isWrong === true ? "text-danger" : "text-soft"}>
        {told?.words ?? ""}
      </p>
    </div>
  );
}
