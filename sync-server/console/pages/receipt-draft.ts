import type { Instant } from "#domain/ids.ts";
import { zeroMoney } from "#domain/money/arithmetic.ts";
import type { ReceiptDesign, ReceiptTexts } from "#domain/receipt/design.ts";
import { RECEIPT_LANGUAGES, type ReceiptLanguage, receiptLanguageOf } from "#domain/receipt/language.ts";
import { receiptRows } from "#domain/receipt/receipt-rows.ts";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import type { StoreReceipt } from "#protocol/hq/receipt-design.ts";
import { sampleTicket } from "./sample-ticket.ts";

export const TEXT_PARTS = ["header", "legal", "footer"] as const;

/** What receipts say in one language, as it stands in the fields: one line of paper a line. */
export type TextsDraft = Readonly<Record<(typeof TEXT_PARTS)[number], string>>;

/** A receipt's design while it is being typed. */
export interface ReceiptDraft {
  readonly logo: string | null;
  readonly languages: readonly ReceiptLanguage[];
  readonly texts: Readonly<Partial<Record<ReceiptLanguage, TextsDraft>>>;
}

/** The language that a store's own words are in. */
export function ownLanguage({ locale }: Pick<StoreReceipt, "locale">): ReceiptLanguage {
  return receiptLanguageOf(locale) ?? "en";
}

/** Without a design yet, what stands on the store's receipts is where one begins. */
export function draftOf(store: StoreReceipt): ReceiptDraft {
  const { design, withoutDesign } = store;
  if (design === null)
    return {
      logo: null,
      languages: [...RECEIPT_LANGUAGES],
      texts: { [ownLanguage(store)]: textsDraft({ ...withoutDesign, legal: [] }) },
    };
  const texts: Partial<Record<ReceiptLanguage, TextsDraft>> = {};
  for (const language of RECEIPT_LANGUAGES) {
    const known = design.texts[language];
    if (known !== undefined) texts[language] = textsDraft(known);
  }
  return { logo: design.logo, languages: design.languages, texts };
}

/** The design as typed. A language in which nothing is said is none. */
export function designOf({ logo, languages, texts }: ReceiptDraft): ReceiptDesign {
  const said: Partial<Record<ReceiptLanguage, ReceiptTexts>> = {};
  for (const language of RECEIPT_LANGUAGES) {
    const draft = texts[language];
    const lines = draft === undefined ? null : textsOf(draft);
    if (lines !== null && TEXT_PARTS.some((part) => lines[part].length > 0)) said[language] = lines;
  }
  return { logo, languages, texts: said };
}

function textsDraft({ header, legal, footer }: ReceiptTexts): TextsDraft {
  return { header: header.join("\n"), legal: legal.join("\n"), footer: footer.join("\n") };
}

function textsOf({ header, legal, footer }: TextsDraft): ReceiptTexts {
  return { header: linesOf(header), legal: linesOf(legal), footer: linesOf(footer) };
}

/** Blank lines between others are meant; those at the ends are slips. */
function linesOf(text: string): readonly string[] {
  const trimmed = text.replace(/^\s*\n/, "").trimEnd();
  return trimmed === "" ? [] : trimmed.split("\n").map((line) => line.trimEnd());
}

/** The rows of a made-up sale as the till would make them with this design, for a customer of that language. */
export function previewRows({
  store,
  draft,
  language,
  at,
}: {
  readonly store: StoreReceipt;
  readonly draft: ReceiptDraft;
  readonly language: ReceiptLanguage;
  readonly at: Instant;
}): readonly ReceiptRow[] {
  const { code, name, locale, retailer, address, vatId, currency, timeZone, withoutDesign } = store;
  const ticket = sampleTicket({ currency, at });
  return receiptRows({
    ticket,
    settings: {
      store: ticket.store,
      code,
      name,
      retailer,
      address,
      vatId,
      currency,
      locale,
      timeZone,
      priceLists: [],
      tax: { mode: "inclusive", rounding: "ticket", classes: [], cashRounding: null },
      receiptHeader: withoutDesign.header,
      receiptFooter: withoutDesign.footer,
      receipt: designOf(draft),
      offlinePolicy: {
        warnAfterDays: 1,
        managerAfterDays: 1,
        rosterMaxAgeDays: 1,
        maxRefund: zeroMoney(currency),
      },
    },
    kind: "receipt",
    staffName: "Mira",
    order: null,
    language,
  });
}
