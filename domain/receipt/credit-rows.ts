import type { Money } from "../money/money.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { valueKindOf } from "../value/credit-code.ts";
import { type GiftCardPolicy, giftCardValidUntil } from "../value/gift-card.ts";
import { dayText } from "./day-text.ts";
import { amountText, type Language } from "./language.ts";
import type { ReceiptRow } from "./row.ts";
import { centered, RULE } from "./row-kinds.ts";

/** A slip for each store credit that a ticket gave out: its amount, and its code to be typed and to be scanned. Whoever has it can pay with it. */
export function creditSlipRows({ tenders }: Ticket, language: Language): readonly ReceiptRow[] {
  const { words } = language;
  return tenders.flatMap((tender): ReceiptRow[] => {
    if (tender.kind !== "refund" || tender.to.kind !== "credit") return [];
    const { code } = tender.to;
    // Whoever has a card has its code already.
    if (valueKindOf(code) === "giftCard") return [];
    return [
      { kind: "big", left: words.credit, right: amountText(tender.amount, language) },
      ...codeRows(code, language),
      RULE,
    ];
  });
}

/** A slip for each gift card that a ticket sold, to be given away: amount, code, and until when it is good. */
export function giftCardSlipRows(
  { lines, businessDay }: Ticket,
  { policy, language }: { readonly policy: GiftCardPolicy | null; readonly language: Language },
): readonly ReceiptRow[] {
  const { words, locale } = language;
  const until = policy === null ? null : giftCardValidUntil(businessDay, policy);
  return soldCards(lines).flatMap(({ code, amount }): ReceiptRow[] => [
    { kind: "big", left: words.giftCard, right: amountText(amount, language) },
    ...codeRows(code, language),
    ...(until === null ? [] : [centered(`${words.validUntil} ${dayText(until, locale)}`)]),
    RULE,
  ]);
}

/** Whether a ticket sold gift cards, whose slips are for whoever gets them. */
export function sellsGiftCards({ lines }: Pick<Ticket, "lines">): boolean {
  return soldCards(lines).length > 0;
}

function soldCards(lines: Ticket["lines"]): readonly { readonly code: string; readonly amount: Money }[] {
  return lines.flatMap((line) =>
    line.kind === "sale" && line.giftCard?.act === "sold"
      ? [{ code: line.giftCard.code, amount: line.total }]
      : [],
  );
}

function codeRows(code: string, { words }: Language): readonly ReceiptRow[] {
  return [{ kind: "qr", text: code, label: words.toSpendCredit }, centered(code, true)];
}
