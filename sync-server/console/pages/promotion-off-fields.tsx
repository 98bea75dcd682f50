import type { Currency } from "#domain/money/money.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { TextField } from "../ui/text-field.tsx";
import type { PromotionFieldsProps } from "./promotion-fields.ts";
import type { OffDraft } from "./promotion-rule-draft.ts";

const OFFS = ["percent", "amount"] as const;
const PIECE_OFFS = [...OFFS, "fixedPrice"] as const;
const STEPS_BY = ["pieces", "value"] as const;

/** How much is off: a share, an amount, or for pieces a fixed price each. */
export function OffFields({
  draft,
  currency,
  isForPieces = false,
  wrongAt,
  onChange,
}: {
  readonly draft: OffDraft;
  readonly currency: Currency;
  readonly isForPieces?: boolean;
  readonly wrongAt: (field: "percent" | "amount") => string | null;
  readonly onChange: (off: OffDraft) => void;
}) {
  const { percent, amount } = draft;
  // A kind that knows no fixed price takes what was typed as the amount.
  const off = draft.off === "fixedPrice" && !isForPieces ? "amount" : draft.off;
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <LabelledSelect
        label={t("promotions.off")}
        value={off}
        choices={(isForPieces ? PIECE_OFFS : OFFS).map((value) => ({
          value,
          text: t(`promotions.off.${value}`),
        }))}
        onChange={(chosen) => onChange({ percent, amount, off: chosen })}
      />
      {off === "percent" ? (
        <TextField
          label={t("promotions.percent")}
          wrong={wrongAt("percent")}
          value={percent}
          onChange={(typed) => onChange({ off, amount, percent: typed })}
        />
      ) : (
        <TextField
          label={t(off === "amount" ? "promotions.amountIn" : "promotions.fixedPriceIn", { currency })}
          wrong={wrongAt("amount")}
          value={amount}
          onChange={(typed) => onChange({ off, percent, amount: typed })}
        />
      )}
    </div>
  );
}

/** Steps by pieces or by value, from the lowest on. */
export function StepFields({ draft, currency, wrongAt, onChange }: PromotionFieldsProps) {
  const { steps, stepsBy } = draft;
  const wrong = wrongAt("steps");
  return (
    <>
      <LabelledSelect
        label={t("promotions.stepsBy")}
        value={stepsBy}
        choices={STEPS_BY.map((value) => ({ value, text: t(`promotions.stepsBy.${value}`) }))}
        onChange={(chosen) => onChange({ stepsBy: chosen })}
      />
      {steps.map((step, place) => (
        <fieldset
          // Steps have no names of their own: their place is what tells them apart.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={place}
          className="space-y-3 rounded-xl border border-line px-4 pt-2 pb-4"
        >
          <legend className="px-1 font-medium text-sm">{t("promotions.step", { place: place + 1 })}</legend>
          <TextField
            label={
              stepsBy === "pieces" ? t("promotions.step.pieces") : t("promotions.step.valueIn", { currency })
            }
            value={step.from}
            onChange={(from) => onChange({ steps: steps.with(place, { ...step, from }) })}
          />
          <OffFields
            draft={step}
            currency={currency}
            isForPieces
            wrongAt={() => null}
            onChange={(off) => onChange({ steps: steps.with(place, { ...step, ...off }) })}
          />
          {steps.length > 1 && (
            <Button look="quietDanger" onPress={() => onChange({ steps: steps.toSpliced(place, 1) })}>
              {t("promotions.removeStep", { place: place + 1 })}
            </Button>
          )}
        </fieldset>
      ))}
      {wrong !== null && <p className="text-danger text-sm">{wrong}</p>}
      <Button
        onPress={() => onChange({ steps: [...steps, { off: "percent", percent: "", amount: "", from: "" }] })}
      >
        {t("promotions.addStep")}
      </Button>
    </>
  );
}
