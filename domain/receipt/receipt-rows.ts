import type { Instant } from "../ids.ts";
import type { StoreSettings } from "../store/store.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { giftCardPolicyOf } from "../value/gift-card.ts";
import type { GiftCardPaidOut } from "../value/pay-out.ts";
import { creditSlipRows, giftCardSlipRows } from "./credit-rows.ts";
import { receiptTextsOf } from "./design.ts";
import { fiscalRows } from "./fiscal-rows.ts";
import { amountText, type Language, languageFor, nameText } from "./language.ts";
import { giftRows, lineRows } from "./line-rows.ts";
import { loyaltyRows } from "./loyalty-rows.ts";
import { momentFormat } from "./moment-format.ts";
import { type ReceiptOrder, receiptOrderRows } from "./order-rows.ts";
import type { ReceiptRow } from "./row.ts";
import { centered, heading, pair, RULE } from "./row-kinds.ts";
import { endOfCode, taxRows, tenderRows, totalRows } from "./total-rows.ts";
import type { ReceiptTitle } from "./words/words.ts";

const DEFAULT_LOCALE = "en";
const DEFAULT_TIME_ZONE = "UTC";

/**
 * `copy`: the receipt again, marked as such. `gift`: for whoever is given the goods, without prices and how it was paid. `credit`: nothing but the slips of what
 * was given back as store credit and of the gift cards that were sold, marked as a copy. `giftCard`: the slips of the gift cards, to be given away with them: the
 * buyer's receipt is not on it.
 */
export type ReceiptKind = "receipt" | "copy" | "gift" | "credit" | "giftCard";

/** What a receipt is made of. */
export interface ReceiptParts {
  readonly ticket: Ticket;
  /** Null: a replica that was thrown away. The receipt then reads in English and without the store's header; its amounts are the ticket's own either way. */
  readonly settings: StoreSettings | null;
  readonly kind: ReceiptKind;
  readonly staffName: string;
  /** The order that the sale handed out or placed. */
  readonly order: ReceiptOrder | null;
  /** The customer's language (BCP 47), where known. */
  readonly language?: string | null;
  /** What a till scans to take the goods back: the purchase itself, as digits; for a gift only which one it was. */
  readonly code?: string | null;
  /** Made while somebody practised: says so above and below, and has no code that a till would take. */
  readonly training?: boolean;
}

/** A ticket as its receipt reads, row by row, in the customer's or the store's language. The first row says which. */
export function receiptRows(parts: ReceiptParts): readonly ReceiptRow[] {
  const { settings, kind, training = false } = parts;
  const language = receiptLanguage(settings, parts.language ?? null);
  const { words } = language;
  const mark = [
    ...(training ? [centered(words.titles.training, true)] : []),
    ...(kind === "copy" || kind === "credit" ? [centered(words.copy, true)] : []),
  ];
  return [
    { kind: "language", tag: language.locale },
    ...(mark.length === 0 ? [] : [...mark, RULE]),
    ...(settings === null ? [] : storeRows(settings, language)),
    ...(kind === "giftCard" ? [] : [...headRows(parts, language), RULE]),
    ...goodsRows(parts, language),
    // Nobody is to pay with what was practice.
    ...(training ? [] : slipRows(parts, language)),
    ...(settings === null ? [] : closingRows(settings, kind, language)),
    ...(training ? mark : codeRows(parts, language)),
  ];
}

/** Slips that somebody can pay with. The cards that were sold are not on the buyer's own receipt. */
function slipRows({ ticket, settings, kind }: ReceiptParts, language: Language): readonly ReceiptRow[] {
  const policy = settings === null ? null : giftCardPolicyOf(settings);
  return [
    ...(kind === "gift" || kind === "giftCard" ? [] : creditSlipRows(ticket, language)),
    ...(kind === "credit" || kind === "giftCard" ? giftCardSlipRows(ticket, { policy, language }) : []),
  ];
}

/** What is printed when a gift card was paid out: for the drawer, and for the customer who signed for it. */
export function payOutRows(
  { code, amount }: Pick<GiftCardPaidOut, "code" | "amount">,
  { settings, at }: { readonly settings: StoreSettings; readonly at: Instant },
): readonly ReceiptRow[] {
  const language = receiptLanguage(settings, null);
  const { words, locale, timeZone } = language;
  return [
    { kind: "language", tag: locale },
    ...storeRows(settings, language),
    heading(words.giftCardPaidOut),
    pair(momentFormat(locale, timeZone).format(at)),
    { kind: "big", left: endOfCode(code), right: amountText(amount, language) },
  ];
}

/** The language of a receipt of this store for a customer who wishes one, or none. */
export function receiptLanguage(settings: StoreSettings | null, wished: string | null): Language {
  return languageFor({
    wished,
    storeLocale: settings?.locale ?? DEFAULT_LOCALE,
    printed: settings?.receipt?.languages ?? null,
    timeZone: settings?.timeZone ?? DEFAULT_TIME_ZONE,
  });
}

/** Who sells: the retailer, the store, where it is and its VAT id, and what it says at the top of every receipt. */
export function storeRows(settings: StoreSettings, language: Language): readonly ReceiptRow[] {
  const { code, words } = language;
  const named = (text: string): ReceiptRow => centered(nameText(text, language));
  const { retailer, name, address, vatId, receipt } = settings;
  const logo = receipt?.logo ?? null;
  return [
    ...(logo === null ? [] : [{ kind: "image", png: logo, label: retailer } as const]),
    centered(retailer, true),
    ...(name === retailer ? [] : [named(name)]),
    ...address.map(named),
    ...(vatId === "" ? [] : [centered(`${words.vatId} ${nameText(vatId, language)}`)]),
    ...receiptTextsOf(settings, code).header.map((line) => centered(line)),
    RULE,
  ];
}

function headRows({ ticket, staffName, kind }: ReceiptParts, language: Language): readonly ReceiptRow[] {
  const { words, locale, timeZone } = language;
  const when = momentFormat(locale, timeZone);
  const title = kind === "gift" ? "gift" : titleOf(ticket);
  return [
    ...(title === null ? [] : [heading(words.titles[title])]),
    pair(`${words.receipt} ${nameText(ticket.number, language)}`),
    pair(when.format(ticket.completedAt)),
    ...(staffName === "" || kind === "gift"
      ? []
      : [pair(`${words.servedBy} ${nameText(staffName, language)}`)]),
  ];
}

/** What a receipt is called where it is not of a plain sale. */
function titleOf({ lines }: Ticket): Exclude<ReceiptTitle, "training" | "gift"> | null {
  if (lines.every(({ kind }) => kind === "sale")) return null;
  return lines.some(({ kind }) => kind === "sale") ? "exchange" : "return";
}

function goodsRows(parts: ReceiptParts, language: Language): readonly ReceiptRow[] {
  switch (parts.kind) {
    case "gift":
      return [...giftRows(parts.ticket.lines, language), RULE, centered(language.words.toExchangeGift)];
    case "credit":
    case "giftCard":
      return [];
    case "receipt":
    case "copy":
      return paidRows(parts, language);
  }
}

function paidRows({ ticket, order }: ReceiptParts, language: Language): readonly ReceiptRow[] {
  return [
    ...lineRows(ticket.lines, language),
    RULE,
    ...totalRows(ticket, language),
    ...tenderRows(ticket, language),
    RULE,
    ...(order === null ? [] : [...receiptOrderRows(order, language.words), RULE]),
    ...taxRows(ticket, language),
    ...loyaltyRows(ticket, language),
    ...fiscalRows(ticket, language),
  ];
}

function closingRows(settings: StoreSettings, kind: ReceiptKind, { code }: Language): readonly ReceiptRow[] {
  const { legal, footer } = receiptTextsOf(settings, code);
  return [...(kind === "gift" || kind === "giftCard" ? [] : legal), ...footer].map((line) => centered(line));
}

function codeRows({ ticket, kind, code = null }: ReceiptParts, { words }: Language): readonly ReceiptRow[] {
  if (kind === "credit" || kind === "giftCard") return [];
  return [
    ...(code === null ? [] : [{ kind: "qr", text: code, label: words.toReturn } as const]),
    // Scanned, the number alone would open the buyer's purchase: a gift's code says that it was given away.
    ...(kind === "gift" && code !== null ? [] : [{ kind: "barcode", text: ticket.number } as const]),
  ];
}
