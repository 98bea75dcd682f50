import {
  BadgeCheck,
  CircleCheck,
  HandCoins,
  HandHelping,
  IdCard,
  QrCode,
  ShoppingBasket,
} from "lucide-react";
import { useEffect } from "react";
import type { OrderCard } from "#protocol/till/orders.ts";
import { moneyText } from "../../app/format.ts";
import { useEnter } from "../../app/use-enter.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Segments } from "../../ui/segments.tsx";
import { CodeEntry } from "./code-entry.tsx";
import { beginHandOut, handOut, isProven, piecesNow, useHandOut } from "./hand-out.ts";
import { IdCheck } from "./id-check.tsx";
import { leftOf } from "./lanes.ts";
import { OverrideSheet } from "./override-sheet.tsx";
import { Panel } from "./panel.tsx";
import { ShelfFact } from "./shelf-fact.tsx";
import { SignSheet } from "./sign-sheet.tsx";

/** Handing out: where the parcel lies, what is to be paid, how the customer shows that it is theirs. */
export function HandOutPanel({ card, code }: { readonly card: OrderCard; readonly code: string }) {
  const entered = useHandOut();
  // biome-ignore lint/correctness/useExhaustiveDependencies: begins once with each order that is opened, and with each code scanned for it
  useEffect(() => beginHandOut(card, code), [card.id, code]);
  useEnter(() => void handOut(card));
  return (
    <>
      <Panel actions={<Actions card={card} />}>
        <div className="grid grid-cols-2 gap-2">
          <ShelfFact shelf={card.shelf} />
          <Due card={card} />
        </div>
        {card.hasCode ? (
          <Segments
            segments={[
              { value: "code", words: t("orders.out.code"), icon: <QrCode aria-hidden size={20} /> },
              { value: "idCheck", words: t("orders.out.noCode"), icon: <IdCard aria-hidden size={20} /> },
            ]}
            chosen={entered.proof}
            onChoose={(proof) => useHandOut.setState({ proof })}
          />
        ) : (
          <p className="text-ink-soft">{t("orders.out.noCodeOnOrder")}</p>
        )}
        {entered.proof === "code" ? <CodeEntry /> : <IdCheck name={card.customerName} />}
      </Panel>
      {entered.isSigning ? <SignSheet card={card} /> : null}
      {entered.lacksLease === null ? null : <OverrideSheet card={card} lacks={entered.lacksLease} />}
    </>
  );
}

function Due({ card }: { readonly card: OrderCard }) {
  if (card.due.minor === 0)
    return (
      <p className="flex min-h-16 items-center justify-center gap-2 rounded-2xl bg-brand-soft px-3 font-bold text-xl">
        <BadgeCheck aria-hidden className="shrink-0 text-good" />
        {t("orders.paid")}
      </p>
    );
  return (
    <p className="flex min-h-16 flex-col items-center justify-center rounded-2xl bg-warn-soft px-3 text-warn">
      <span data-testid="order-due" className="figures font-extrabold text-2xl leading-tight">
        {moneyText(card.due)}
      </span>
      <span className="inline-flex items-center gap-1.5 font-semibold text-sm">
        <HandCoins aria-hidden size={16} className="shrink-0" />
        {t("orders.out.due")}
      </span>
    </p>
  );
}

function Actions({ card }: { readonly card: OrderCard }) {
  const entered = useHandOut();
  const left = card.lines.reduce((sum, line) => sum + leftOf(line), 0);
  const now = card.lines.reduce((sum, line) => sum + piecesNow(line, entered.fewer), 0);
  const isDue = card.due.minor > 0;
  const words = isDue
    ? t("orders.out.pay", { amount: moneyText(card.due) })
    : now === left
      ? t("orders.out.handOut")
      : t("orders.out.handOutSome", { count: now });
  return (
    <>
      <button
        type="button"
        aria-pressed={entered.withSale}
        onClick={() => useHandOut.setState({ withSale: !entered.withSale })}
        title={t("orders.out.withSaleHint")}
        className={`press flex min-h-12 items-center justify-center gap-2 rounded-2xl border px-4 font-semibold ${entered.withSale ? "border-brand bg-brand-soft" : "border-line hover:bg-sunken"}`}
      >
        {entered.withSale ? (
          <CircleCheck aria-hidden size={20} className="shrink-0" />
        ) : (
          <ShoppingBasket aria-hidden size={20} className="shrink-0" />
        )}
        {t("orders.out.withSale")}
      </button>
      <Button
        look={isDue ? "accent" : "primary"}
        size="huge"
        className="xl:min-h-18!"
        icon={isDue ? <HandCoins aria-hidden /> : <HandHelping aria-hidden />}
        disabled={!isProven(entered) || now === 0}
        onClick={() => void handOut(card)}
      >
        {words}
      </Button>
    </>
  );
}
