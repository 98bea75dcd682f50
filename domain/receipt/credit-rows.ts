import type { Ticket } from "../ticket/ticket.ts";
import { amountText, type Language } from "./language.ts";
import type { ReceiptRow } from "./row.ts";
import { centered, RULE } from "./row-kinds.ts";

/** A slip for each store credit that a ticket gave out: its amount, and its code to be typed and to be scanned. Whoever has it can pay with it. */
export function creditSlipRows({ tenders }: Ticket, language: Language): readonly ReceiptRow[] {
  const { words } = language;
  return tenders.flatMap((tender): ReceiptRow[] => {
    if (tender.kind !== "refund" || tender.to.kind !== "credit") return [];
    const { code } = tender.to;
    return [
      { kind: "big", left: words.credit, right: amountText(tender.amount, language) },
      { kind: "qr", text: code, label: words.toSpendCredit },
      centered(code, true),
      RULE,
    ];
  });
}
