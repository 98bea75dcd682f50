import { useState } from "react";
import { type Currency, money } from "#domain/money/money.ts";
import type { CashMovementKind } from "#domain/shift/facts.ts";
import { moneyText } from "../../app/format.ts";
import { useScans, useTyped } from "../../app/keyboard.ts";
import { ReasonChoice } from "../../app/reason-choice.tsx";
import { typeDigits, zerosKey } from "../../app/typed-digits.ts";
import { useBackspace } from "../../app/use-backspace.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { FigurePad } from "../../ui/figure-pad.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { moveCash } from "./acts.ts";

const REASONS = {
  in: ["shift.reason.change", "shift.reason.returned", "shift.reason.found"],
  out: ["shift.reason.supplies", "shift.reason.postage", "shift.reason.cleaning", "shift.reason.advance"],
  pickup: ["shift.reason.safe", "shift.reason.bank", "shift.reason.courier"],
} as const;
const TITLES = { in: "shift.move.in", out: "shift.move.out", pickup: "shift.move.pickup" } as const;
const CONFIRMS = {
  in: "shift.move.confirm.in",
  out: "shift.move.confirm.out",
  pickup: "shift.move.confirm.pickup",
} as const;

/** Money into the drawer or out of it without a sale: how much, and what for. */
export function MoveSheet({
  kind,
  currency,
  onClose,
}: {
  readonly kind: CashMovementKind;
  readonly currency: Currency;
  readonly onClose: () => void;
}) {
  const [digits, setDigits] = useState("");
  const [reason, setReason] = useState("");
  const type = (typed: string): void => setDigits((before) => typeDigits(before, typed));
  const drop = (): void => setDigits((before) => before.slice(0, -1));
  useTyped("over", type);
  useScans("over", type);
  useBackspace(drop);
  const amount = money(Number(digits), currency);
  const isEnough = amount.minor > 0 && reason.trim() !== "";
  return (
    <Sheet title={t(TITLES[kind])} closeLabel={t("app.close")} onClose={onClose} width="wide">
      <form
        className="grid grid-cols-[minmax(0,1fr)_20rem] gap-6"
        onSubmit={(event) => {
          event.preventDefault();
          if (isEnough) void moveCash(kind, { amount, reason: reason.trim() });
        }}
      >
        <div className="flex flex-col gap-3">
          <h3 className="font-bold text-lg">{t("shift.move.why")}</h3>
          <ReasonChoice reasons={REASONS[kind].map((key) => t(key))} reason={reason} onReason={setReason} />
        </div>
        <div className="flex flex-col gap-3">
          <FigurePad
            label={t("shift.move.amount")}
            shown={moneyText(amount)}
            deleteLabel={t("payment.delete")}
            extra={zerosKey(currency)}
            onDigits={type}
            onDelete={drop}
          />
        </div>
        <Button type="submit" look="primary" size="huge" className="col-span-2" disabled={!isEnough}>
          {isEnough ? t(CONFIRMS[kind], { amount: moneyText(amount) }) : t("shift.move.enter")}
        </Button>
      </form>
    </Sheet>
  );
}
