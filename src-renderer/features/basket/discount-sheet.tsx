import { type FormEvent, useState } from "react";
import type { Currency } from "#domain/money/money.ts";
import { type Discount, MAX_DISCOUNT_REASON_CHARS } from "#domain/ticket/basket.ts";
import type { BasketLineView } from "#protocol/till/basket.ts";
import { askApproved } from "../../app/approve.tsx";
import { moneyText, percentText } from "../../app/format.ts";
import { useTyped } from "../../app/keyboard.ts";
import { t, typedAmountText, typedNumberText } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Field } from "../../ui/field.tsx";
import { FigurePad } from "../../ui/figure-pad.tsx";
import { Segments } from "../../ui/segments.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { hasDecimals, readDiscount, typeDiscount, writeDiscount } from "./discount-entry.ts";

const QUICK_REASONS = [
  "discount.reason.damaged",
  "discount.reason.goodwill",
  "discount.reason.staff",
  "discount.reason.price",
] as const;
const QUICK_PERCENTS = ["5", "10", "15", "20", "30", "50"] as const;

/** A discount with its reason, on one line or (`line` null) on the whole basket. */
export function DiscountSheet({
  line,
  current,
  currency,
  onClose,
}: {
  readonly line: BasketLineView | null;
  readonly current: Discount | null;
  readonly currency: Currency;
  readonly onClose: () => void;
}) {
  const [kind, setKind] = useState<Discount["kind"]>(current?.kind ?? "percent");
  const [typed, setTyped] = useState(writeDiscount(current));
  const [reason, setReason] = useState(current?.reason ?? "");
  const discount = readDiscount({ kind, typed, reason, currency });
  const typedText = kind === "percent" ? typedNumberText : typedAmountText;
  const type = (keys: string): void => setTyped((before) => typeDiscount({ before, keys, kind, currency }));
  useTyped("over", type);

  async function give(given: Discount | null): Promise<void> {
    const size =
      given === null ? "" : given.kind === "percent" ? percentText(given.ppm) : moneyText(given.amount);
    const answer =
      line === null
        ? await askApproved(
            "discountBasket",
            { discount: given },
            { what: t("approve.discountBasket", { size }) },
          )
        : await askApproved(
            "discountLine",
            { line: line.id, discount: given },
            { what: t("approve.discount", { size, name: line.name }) },
          );
    if (answer?.ok === true) onClose();
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (discount !== null) void give(discount);
  }

  return (
    <Sheet
      title={line === null ? t("discount.titleBasket") : t("discount.title", { name: line.name })}
      closeLabel={t("app.close")}
      onClose={onClose}
      width="wide"
    >
      <form onSubmit={submit} className="grid grid-cols-[minmax(0,1fr)_18rem] gap-6">
        <div className="flex flex-col gap-4">
          <Segments
            segments={[
              { value: "percent", words: t("discount.percent") },
              { value: "amount", words: t("discount.amount", { currency }) },
            ]}
            chosen={kind}
            onChoose={(chosen) => {
              setKind(chosen);
              setTyped("");
            }}
          />
          <div className="grid grid-cols-6 gap-2" hidden={kind === "amount"}>
            {QUICK_PERCENTS.map((percent) => (
              <Chip
                key={percent}
                words={`${percent} %`}
                chosen={typed === percent}
                onChoose={() => setTyped(percent)}
              />
            ))}
          </div>
          <Field
            label={t("discount.reason")}
            value={reason}
            autoComplete="off"
            maxLength={MAX_DISCOUNT_REASON_CHARS}
            onChange={(event) => setReason(event.target.value)}
            placeholder={t("discount.reasonPlaceholder")}
          />
          <div className="grid grid-cols-2 gap-2">
            {QUICK_REASONS.map((key) => (
              <Chip key={key} words={t(key)} chosen={reason === t(key)} onChoose={() => setReason(t(key))} />
            ))}
          </div>
          <p className={`mt-auto text-ink-soft ${discount === null ? "" : "invisible"}`}>
            {t("discount.invalid")}
          </p>
        </div>
        <div className="flex flex-col gap-3">
          <FigurePad
            label={t("discount.value")}
            shown={`${typed === "" ? "0" : typedText(typed)} ${kind === "percent" ? "%" : currency}`}
            deleteLabel={t("payment.delete")}
            extra={hasDecimals(kind, currency) ? typedText(".") : null}
            onDigits={type}
            onDelete={() => setTyped((before) => before.slice(0, -1))}
          />
        </div>
        <div className={`col-span-2 grid gap-3 ${current === null ? "" : "grid-cols-[auto_1fr]"}`}>
          {current === null ? null : (
            <Button size="huge" onClick={() => void give(null)}>
              {t("discount.clear")}
            </Button>
          )}
          <Button type="submit" look="primary" size="huge" disabled={discount === null}>
            {t("discount.apply")}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
