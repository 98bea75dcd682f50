import { type FormEvent, useState } from "react";
import { parseAmount } from "#domain/money/parse.ts";
import { MAX_DISCOUNT_REASON_CHARS } from "#domain/ticket/basket.ts";
import type { BasketLineView } from "#protocol/till/basket.ts";
import { askApproved } from "../../app/approve.tsx";
import { moneyText } from "../../app/format.ts";
import { useTyped } from "../../app/keyboard.ts";
import { t, typedAmountText } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Field } from "../../ui/field.tsx";
import { FigurePad } from "../../ui/figure-pad.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { hasDecimals, typeDiscount } from "./discount-entry.ts";

const QUICK_REASONS = [
  "override.reason.label",
  "override.reason.matched",
  "override.reason.damaged",
] as const;

/** Another price than the list's for a line, with its reason. */
export function PriceSheet({
  line,
  onClose,
}: {
  readonly line: BasketLineView;
  readonly onClose: () => void;
}) {
  const { currency } = line.unitPrice;
  const listPrice = line.override?.listPrice ?? line.unitPrice;
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState(line.override?.reason ?? "");
  const read = parseAmount({ text: typed, currency });
  const price = read.ok && read.value.minor > 0 ? read.value : null;
  const isEnough = price !== null && reason.trim() !== "";
  const type = (keys: string): void =>
    setTyped((before) => typeDiscount({ before, keys, kind: "amount", currency }));
  useTyped("over", type);

  async function give(given: typeof price): Promise<void> {
    const what = t("approve.price", {
      name: line.name,
      price: moneyText(given ?? listPrice),
      list: moneyText(listPrice),
    });
    const asked = { line: line.id, price: given, reason: given === null ? "" : reason.trim() };
    const answer = await askApproved("overridePrice", asked, { what });
    if (answer?.ok === true) onClose();
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (isEnough) void give(price);
  }

  return (
    <Sheet
      title={t("override.title", { name: line.name })}
      closeLabel={t("app.close")}
      onClose={onClose}
      width="wide"
    >
      <form onSubmit={submit} className="grid grid-cols-[minmax(0,1fr)_18rem] gap-6">
        <div className="flex flex-col gap-4">
          <p className="figures flex items-baseline justify-between rounded-2xl bg-sunken px-4 py-3">
            <span>{t("override.list")}</span>
            <span className="font-bold text-xl">{moneyText(listPrice)}</span>
          </p>
          <Field
            label={t("override.reason")}
            value={reason}
            autoComplete="off"
            maxLength={MAX_DISCOUNT_REASON_CHARS}
            onChange={(event) => setReason(event.target.value)}
          />
          <div className="grid grid-cols-2 gap-2">
            {QUICK_REASONS.map((key) => (
              <Chip key={key} words={t(key)} chosen={reason === t(key)} onChoose={() => setReason(t(key))} />
            ))}
          </div>
          <p className={`mt-auto text-ink-soft ${isEnough ? "invisible" : ""}`}>{t("override.invalid")}</p>
        </div>
        <div className="flex flex-col gap-3">
          <FigurePad
            label={t("override.price")}
            shown={`${typed === "" ? "0" : typedAmountText(typed)} ${currency}`}
            deleteLabel={t("payment.delete")}
            extra={hasDecimals("amount", currency) ? typedAmountText(".") : null}
            onDigits={type}
            onDelete={() => setTyped((before) => before.slice(0, -1))}
          />
        </div>
        <div className={`col-span-2 grid gap-3 ${line.override === undefined ? "" : "grid-cols-[auto_1fr]"}`}>
          {line.override === undefined ? null : (
            <Button size="huge" onClick={() => void give(null)}>
              {t("override.clear")}
            </Button>
          )}
          <Button type="submit" look="primary" size="huge" disabled={!isEnough}>
            {t("override.apply")}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
