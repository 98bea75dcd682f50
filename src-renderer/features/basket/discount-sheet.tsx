import { type FormEvent, useState } from "react";
import type { Currency } from "#domain/money/money.ts";
import { parseAmount } from "#domain/money/parse.ts";
import { type Discount, MAX_DISCOUNT_REASON_CHARS } from "#domain/ticket/basket.ts";
import type { BasketLineView } from "#protocol/till/basket.ts";
import { ask } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { useBasketSheets } from "./basket-sheets.ts";

const QUICK_REASONS = [
  "discount.reason.damaged",
  "discount.reason.goodwill",
  "discount.reason.staff",
] as const;
const PPM_PER_PERCENT = 10_000;
const MAX_PERCENT = 100;

/** Reads what was typed; null when it is no discount. A comma counts as the decimal sign. */
export function readDiscount({
  kind,
  typed,
  reason,
  currency,
}: {
  readonly kind: "percent" | "amount";
  readonly typed: string;
  readonly reason: string;
  readonly currency: Currency;
}): Discount | null {
  const text = typed.trim().replace(",", ".");
  if (reason.trim() === "") return null;
  if (kind === "amount") {
    const amount = parseAmount({ text, currency });
    return amount.ok && amount.value.minor > 0 ? { kind, amount: amount.value, reason: reason.trim() } : null;
  }
  if (!/^\d{1,3}(\.\d{1,4})?$/.test(text)) return null;
  const ppm = Math.round(Number(text) * PPM_PER_PERCENT);
  return ppm > 0 && ppm <= MAX_PERCENT * PPM_PER_PERCENT ? { kind, ppm, reason: reason.trim() } : null;
}

/** A discount with its reason, on one line or (`line` null) on the whole basket. */
export function DiscountSheet({
  line,
  current,
  currency,
}: {
  readonly line: BasketLineView | null;
  readonly current: Discount | null;
  readonly currency: Currency;
}) {
  const close = useBasketSheets((sheets) => sheets.close);
  const [kind, setKind] = useState<"percent" | "amount">(current?.kind ?? "percent");
  const [typed, setTyped] = useState(
    current?.kind === "percent" ? String(current.ppm / PPM_PER_PERCENT) : "",
  );
  const [reason, setReason] = useState(current?.reason ?? "");
  const [problem, setProblem] = useState<string | null>(null);

  async function give(discount: Discount | null): Promise<void> {
    const answer =
      line === null
        ? await ask("discountBasket", { discount })
        : await ask("discountLine", { line: line.id, discount });
    if (answer?.ok === true) close();
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
      onClose={close}
    >
      <form onSubmit={submit} className="flex flex-col gap-5">
        <div className="grid grid-cols-2 gap-2 rounded-2xl bg-sunken p-1.5">
          {(["percent", "amount"] as const).map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={kind === each}
              onClick={() => setKind(each)}
              className={`min-h-12 rounded-xl font-semibold ${kind === each ? "bg-surface shadow-tile" : "text-ink-soft"}`}
            >
              {t(each === "percent" ? "discount.percent" : "discount.amount")}
            </button>
          ))}
        </div>
        <Field
          label={t("discount.value")}
          inputMode="decimal"
          autoFocus
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          placeholder={kind === "percent" ? "10" : "5.00"}
        />
        <Field
          label={t("discount.reason")}
          value={reason}
          maxLength={MAX_DISCOUNT_REASON_CHARS}
          onChange={(event) => setReason(event.target.value)}
          placeholder={t("discount.reasonPlaceholder")}
        />
        <div className="flex flex-wrap gap-2">
          {QUICK_REASONS.map((key) => (
            <Button key={key} onClick={() => setReason(t(key))}>
              {t(key)}
            </Button>
          ))}
        </div>
        <p role="alert" className="font-semibold text-danger empty:hidden">
          {problem}
        </p>
        <Button type="submit" look="primary" size="huge">
          {t("discount.apply")}
        </Button>
        {current === null ? null : (
          <Button look="quiet" onClick={() => void give(null)}>
            {t("discount.clear")}
          </Button>
        )}
      </form>
    </Sheet>
  );
}
