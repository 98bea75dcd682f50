import { fiscalReceiptCode } from "../fiscal/receipt-code.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Language } from "./language.ts";
import { momentFormat } from "./moment-format.ts";
import type { ReceiptRow } from "./row.ts";
import { centered, pair, RULE } from "./row-kinds.ts";

/** What a fiscal device said of the sale, and the code to check it by; that it failed, where it did: the law wants both on the receipt. */
export function fiscalRows({ fiscal, device }: Ticket, language: Language): readonly ReceiptRow[] {
  if (fiscal === undefined) return [];
  const { words, locale, timeZone } = language;
  if (fiscal.kind === "failed") return [RULE, centered(words.fiscal.failed, true)];
  const when = momentFormat(locale, timeZone);
  return [
    RULE,
    pair(words.fiscal.transaction, String(fiscal.transaction)),
    pair(words.fiscal.counter, String(fiscal.counter)),
    pair(words.fiscal.begun, when.format(fiscal.startedAt)),
    pair(words.fiscal.finished, when.format(fiscal.finishedAt)),
    { kind: "qr", text: fiscalReceiptCode(fiscal, device), label: words.fiscal.check },
  ];
}
