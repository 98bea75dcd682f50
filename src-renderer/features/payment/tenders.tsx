import { Banknote, CreditCard, Gift, Globe, type LucideIcon, Star, TicketCheck, Undo2 } from "lucide-react";
import type { TerminalSlip } from "#domain/payments/terminal-slip.ts";
import { valueKindOf } from "#domain/value/credit-code.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import { useTerminalWaiting } from "../../app/card.ts";
import { moneyText } from "../../app/format.ts";
import { inTurn } from "../../app/in-turn.ts";
import { isGivingBack } from "../../app/register.ts";
import { ask } from "../../app/till.ts";
import { t, tCount } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { useLastInView } from "../../ui/use-last-in-view.ts";

type TenderView = BasketView["tenders"][number];

/** What was taken or given back already; each can be undone. It scrolls where it has no room. */
export function Tenders({ basket }: { readonly basket: BasketView }) {
  const isAtTerminal = useTerminalWaiting()?.basket === basket.id;
  const count = basket.tenders.length;
  const list = useLastInView(count);
  if (count === 0) return null;
  const giving = isGivingBack(basket);
  return (
    <ul
      ref={list}
      aria-label={t(giving ? "payment.giveBack.given" : "payment.taken")}
      className={`thin-scroll grid min-h-14 low:min-h-12 shrink content-start gap-2 overflow-y-auto ${count > 1 ? "grid-cols-2" : ""}`}
    >
      {basket.tenders.map((tender) => {
        const amount = tender.kind === "cash" ? tender.tendered : tender.amount;
        const { Icon, words, code } = factsOf(tender);
        return (
          <li
            key={tender.id}
            className="rise flex min-h-14 low:min-h-12 items-center gap-3 rounded-2xl border border-line bg-surface py-0.5 low:py-0 pe-1 ps-4"
          >
            <Icon aria-hidden />
            <span className="min-w-0 flex-1 font-semibold leading-tight">
              {words}
              {code === null ? null : <span className="font-normal text-ink-soft"> · {code}</span>}
            </span>
            <span className="figures font-bold text-lg">{moneyText(amount)}</span>
            {isGivenBackByTerminal(tender) ? null : (
              <Button
                look="quiet"
                aria-label={t("payment.removeTender", { amount: moneyText(amount) })}
                icon={<Undo2 aria-hidden className="rtl:-scale-x-100" />}
                disabled={isAtTerminal}
                onClick={() => void inTurn(() => ask("removeTender", { tender: tender.id }))}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

const SHOWN_OF_CODE = 4;

interface TenderFacts {
  readonly Icon: LucideIcon;
  readonly words: string;
  readonly code: string | null;
}

function factsOf(tender: TenderView): TenderFacts {
  switch (tender.kind) {
    case "cash":
      return { Icon: Banknote, words: t("payment.cash"), code: null };
    case "card":
      return {
        Icon: CreditCard,
        words: t("payment.card"),
        code: cardText(tender.terminal) ?? tender.approvalCode,
      };
    case "credit":
      return {
        Icon: isGiftCard(tender.code) ? Gift : TicketCheck,
        words: valueWords(tender.code),
        code: `…${tender.code.slice(-SHOWN_OF_CODE)}`,
      };
    case "points":
      return {
        Icon: Star,
        words: t("payment.points"),
        code: tCount("loyalty.points", tender.points),
      };
    case "refund":
      return refundFacts(tender.to);
  }
}

/** Brand and last four digits of a card that the terminal had in it. */
function cardText(slip: TerminalSlip | undefined): string | null {
  if (slip === undefined || (slip.brand === "" && slip.lastFour === null)) return null;
  return `${slip.brand} ${slip.lastFour === null ? "" : `…${slip.lastFour}`}`.trim();
}

/** What is on its card already is not taken back here. */
function isGivenBackByTerminal(tender: TenderView): boolean {
  return tender.kind === "refund" && tender.to.kind === "card" && tender.to.terminal !== undefined;
}

function isGiftCard(code: string): boolean {
  return valueKindOf(code) === "giftCard";
}

function valueWords(code: string): string {
  return t(isGiftCard(code) ? "payment.giftCard" : "payment.credit");
}

function refundFacts(to: Extract<TenderView, { readonly kind: "refund" }>["to"]): TenderFacts {
  const words = t(`payment.giveBack.${to.kind}`);
  switch (to.kind) {
    case "cash":
      return { Icon: Banknote, words, code: null };
    case "card":
      return { Icon: CreditCard, words, code: cardText(to.terminal) ?? to.approvalCode };
    case "credit":
      return isGiftCard(to.code)
        ? { Icon: Gift, words: t("payment.giftCard"), code: `…${to.code.slice(-SHOWN_OF_CODE)}` }
        : { Icon: TicketCheck, words, code: null };
    case "points":
      return { Icon: Star, words, code: tCount("loyalty.points", to.points) };
    case "online":
      return { Icon: Globe, words, code: null };
  }
}
