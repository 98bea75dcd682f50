import { type FormEvent, useState } from "react";
import { decimalText } from "#domain/money/format.ts";
import type { Currency } from "#domain/money/money.ts";
import { type Discount, MAX_DISCOUNT_REASON_CHARS } from "#domain/ticket/basket.ts";
import type { BasketLineView } from "#protocol/till/basket.ts";
import { ask } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Segments } from "../../ui/segments.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { readDiscount, writeDiscount } from "./discount-entry.ts";

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
  const [typed, setTyped] = useState(
    writeDiscount(current, current?.kind === "amount" ? decimalText(current.amount) : ""),
  );
  const [reason, setReason] = useState(current?.reason ?? "");
  const [problem, setProblem] = useState<string | null>(null);

  async function give(discount: Discount | null): Promise<void> {
    const answer =
      line === null
        ? await ask("discountBasket", { discount })
        : await ask("discountLine", { line: line.id, discount });
    if (answer?.ok === true) onClose();
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    const discount = readDiscount({ kind, typed, reason, currency });
    if (discount === null) setProblem(t("discount.invalid"));
    else void give(discount);
  }

  return (
    <Sheet
      title={line === null ? t("discount.titleBasket") : t("discount.title", { name: line.name })}
      closeLabel={t("app.close")}
      onClose={onClose}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
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
        <Field
          label={t("discount.value")}
          inputMode="decimal"
          autoFocus
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          placeholder={kind === "percent" ? "10" : "5.00"}
        />
        {kind === "percent" ? (
          <div className="grid grid-cols-6 gap-2">
            {QUICK_PERCENTS.map((percent) => (
              <Chip
                key={percent}
                words={`${percent} %`}
                chosen={typed === percent}
                onChoose={() => setTyped(percent)}
              />
            ))}
          </div>
        ) : null}
        <Field
          label={t("discount.reason")}
          value={reason}
          autoComplete="off"
          maxLength={MAX_DISCOUNT_REASON_CHARS}
          onChange={(event) => setReason(event.target.value)}
          placeholder={t("discount.reasonPlaceholder")}
        />
        <div className="grid grid-cols-4 gap-2">
          {QUICK_REASONS.map((key) => (
            <Chip key={key} words={t(key)} chosen={reason === t(key)} onChoose={() => setReason(t(key))} />
          ))}
        </div>
        <p role="alert" className="font-semibold text-danger empty:hidden">
          {problem}
        </p>
        <div className={current === null ? "grid" : "grid grid-cols-[auto_1fr] gap-2"}>
          {current === null ? null : (
            <Button size="huge" onClick={() => void give(null)}>
              {t("discount.clear")}
            </Button>
          )}
          <Button type="submit" look="primary" size="huge">
            {t("discount.apply")}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}

function Chip({
  words,
  chosen,
  onChoose,
}: {
  readonly words: string;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onChoose}
      className={`press figures min-h-12 rounded-xl border px-1 font-semibold text-[0.9375rem] ${chosen ? "border-brand bg-brand-soft" : "border-line bg-surface hover:bg-sunken"}`}
    >
      {words}
    </button>
  );
}
