import { CircleCheck, Minus, Plus, ShieldAlert } from "lucide-react";
import { useState } from "react";
import { lesserMoney, subtractMoney } from "#domain/money/arithmetic.ts";
import { type Money, money } from "#domain/money/money.ts";
import type { CountedShift } from "#protocol/till/shift.ts";
import { moneyText } from "../../app/format.ts";
import { useScans, useTyped } from "../../app/keyboard.ts";
import { ReasonChoice } from "../../app/reason-choice.tsx";
import { typeDigits, zerosKey } from "../../app/typed-digits.ts";
import { useBackspace } from "../../app/use-backspace.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { FigurePad } from "../../ui/figure-pad.tsx";
import { Say } from "../../ui/say.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { closeShift, countAgain, outcomeWords } from "./acts.ts";

const REASONS = ["shift.reason.correct", "shift.reason.forgotten", "shift.reason.unknown"] as const;

/** How the drawer came out, why, and what stays in it. */
export function OutcomeSheet({
  counted,
  usual,
  onClose,
}: {
  readonly counted: CountedShift;
  /** With how much a day usually begins. */
  readonly usual: Money | null;
  readonly onClose: () => void;
}) {
  const [reason, setReason] = useState("");
  const [kept, setKept] = useState(() =>
    usual === null ? counted.counted : lesserMoney(usual, counted.counted),
  );
  const mayClose = counted.needs === "nothing" || reason.trim() !== "";
  const isTooMuch = kept.minor > counted.counted.minor;
  return (
    <Sheet title={t("shift.outcome.title")} closeLabel={t("app.close")} onClose={onClose} width="wide">
      <form
        className="grid grid-cols-[minmax(0,1fr)_20rem] gap-6"
        onSubmit={(event) => {
          event.preventDefault();
          if (mayClose && !isTooMuch)
            void closeShift({ kept, reason: reason.trim() === "" ? null : reason.trim() });
        }}
      >
        <div className="flex flex-col gap-3">
          <Outcome counted={counted} />
          {counted.needs === "nothing" ? null : (
            <>
              <h3 className="font-bold">{t("shift.outcome.why")}</h3>
              <ReasonChoice reasons={REASONS.map((key) => t(key))} reason={reason} onReason={setReason} />
            </>
          )}
          {counted.needs === "approval" ? (
            <p className="flex items-center gap-2 font-semibold text-warn leading-snug">
              <ShieldAlert aria-hidden className="shrink-0" />
              {t("shift.outcome.needsApproval")}
            </p>
          ) : null}
        </div>
        <Kept counted={counted.counted} usual={usual} kept={kept} onKept={setKept} />
        <div className="col-span-2 grid grid-cols-[1fr_2fr] gap-3">
          <Button size="huge" className="text-lg!" onClick={countAgain}>
            {t("shift.outcome.again")}
          </Button>
          <Button type="submit" look="primary" size="huge" disabled={!mayClose || isTooMuch}>
            {t("shift.keep.confirm")}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}

/** In words and by sign, never by colour alone. */
function Outcome({ counted: { counted, expected, variance } }: { readonly counted: CountedShift }) {
  const isRight = variance.minor === 0;
  const icon = isRight ? (
    <CircleCheck aria-hidden />
  ) : variance.minor > 0 ? (
    <Plus aria-hidden />
  ) : (
    <Minus aria-hidden />
  );
  return (
    <Say icon={icon} look={isRight ? "bg-brand-soft text-ink" : "bg-warn-soft text-warn"}>
      <p role="status" data-testid="shift-outcome" className="font-bold text-xl">
        {outcomeWords(variance)}
      </p>
      <dl className="figures mt-1 grid grid-cols-[auto_auto] gap-x-6 text-base">
        <dt>{t("shift.outcome.counted")}</dt>
        <dd className="text-end">{moneyText(counted)}</dd>
        <dt>{t("shift.outcome.expected")}</dt>
        <dd className="text-end">{moneyText(expected)}</dd>
      </dl>
    </Say>
  );
}

function Kept({
  counted,
  usual,
  kept,
  onKept,
}: {
  readonly counted: Money;
  readonly usual: Money | null;
  readonly kept: Money;
  readonly onKept: (kept: Money) => void;
}) {
  const [digits, setDigits] = useState("");
  const change = (next: string): void => {
    setDigits(next);
    onKept(money(Number(next), counted.currency));
  };
  const type = (typed: string): void => change(typeDigits(digits, typed));
  const drop = (): void => change(digits.slice(0, -1));
  useTyped("over", type);
  useScans("over", type);
  useBackspace(drop);
  const choose = (amount: Money): void => {
    setDigits("");
    onKept(amount);
  };
  const choices = [
    ...(usual === null || usual.minor >= counted.minor
      ? []
      : [{ words: t("shift.keep.usual", { amount: moneyText(usual) }), amount: usual }]),
    { words: t("shift.keep.all"), amount: counted },
    { words: t("shift.keep.nothing"), amount: money(0, counted.currency) },
  ];
  const banked = subtractMoney(counted, lesserMoney(kept, counted));
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-bold text-lg">{t("shift.keep.title")}</h3>
      <div className="grid auto-cols-fr grid-flow-col gap-2 leading-tight">
        {choices.map(({ words, amount }) => (
          <Chip
            key={words}
            words={words}
            chosen={amount.minor === kept.minor}
            onChoose={() => choose(amount)}
          />
        ))}
      </div>
      <FigurePad
        label={t("shift.keep.kept")}
        shown={moneyText(kept)}
        deleteLabel={t("payment.delete")}
        extra={zerosKey(counted.currency)}
        onDigits={type}
        onDelete={drop}
      />
      <p className="flex justify-between gap-3 font-semibold">
        <span>{t("shift.keep.banked")}</span>
        <span className="figures">{moneyText(banked)}</span>
      </p>
      {kept.minor > counted.minor ? (
        <p role="alert" className="font-semibold text-danger">
          {t("refused.keptTooMuch")}
        </p>
      ) : null}
    </section>
  );
}
