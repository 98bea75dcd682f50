import { CircleCheckBig, ReceiptText } from "lucide-react";
import type { Money } from "#domain/money/money.ts";
import type { Receipt } from "#protocol/till/receipt.ts";
import { moneyText } from "../../app/format.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";

export interface DoneSale {
  readonly receipt: Receipt;
  readonly change: Money;
  readonly due: Money;
}

/** The sale that was just completed, with the change in figures nobody can misread; the next scan or tap takes its place. */
export function DonePanel({ sale, onShow }: { readonly sale: DoneSale; readonly onShow: () => void }) {
  return (
    <section
      aria-label={t("receipt.number", { number: sale.receipt.number })}
      className="rise flex h-full flex-col items-center justify-center gap-6 p-6 text-center"
    >
      <CircleCheckBig aria-hidden size={64} strokeWidth={1.5} className="text-good" />
      <div role="status">
        <p className="font-semibold text-ink-soft text-lg">{t("receipt.change")}</p>
        <p data-testid="done-change" className="figures font-extrabold text-6xl tracking-tight">
          {moneyText(sale.change)}
        </p>
        <p className="figures mt-2 text-ink-soft">
          {t("receipt.paid")} {moneyText(sale.due)} · {sale.receipt.number}
        </p>
      </div>
      <Button size="large" icon={<ReceiptText aria-hidden />} onClick={onShow}>
        {t("receipt.show")}
      </Button>
      <p className="text-ink-soft text-sm">{t("receipt.next")}</p>
    </section>
  );
}
