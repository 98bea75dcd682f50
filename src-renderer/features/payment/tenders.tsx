import { Banknote, CreditCard, Undo2 } from "lucide-react";
import type { BasketView } from "#protocol/till/basket.ts";
import { moneyText } from "../../app/format.ts";
import { inTurn } from "../../app/in-turn.ts";
import { ask } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";

/** What was taken already; each can be taken back. */
export function Tenders({ basket }: { readonly basket: BasketView }) {
  if (basket.tenders.length === 0) return null;
  return (
    <ul aria-label={t("payment.taken")} className="flex flex-col gap-2">
      {basket.tenders.map((tender) => {
        const amount = tender.kind === "cash" ? tender.tendered : tender.amount;
        return (
          <li
            key={tender.id}
            className="rise flex min-h-14 items-center gap-3 rounded-2xl border border-line bg-surface py-0.5 pr-1 pl-4"
          >
            {tender.kind === "cash" ? <Banknote aria-hidden /> : <CreditCard aria-hidden />}
            <span className="flex-1 font-semibold">
              {t(tender.kind === "cash" ? "payment.cash" : "payment.card")}
              {tender.kind === "card" ? (
                <span className="font-normal text-ink-soft"> · {tender.approvalCode}</span>
              ) : null}
            </span>
            <span className="figures font-bold text-lg">{moneyText(amount)}</span>
            <Button
              look="quiet"
              aria-label={t("payment.removeTender", { amount: moneyText(amount) })}
              icon={<Undo2 aria-hidden />}
              onClick={() => void inTurn(() => ask("removeTender", { tender: tender.id }))}
            />
          </li>
        );
      })}
    </ul>
  );
}
