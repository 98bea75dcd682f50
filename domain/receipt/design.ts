import { languageOf } from "./direction.ts";
import type { ReceiptLanguage } from "./language.ts";

/** What a store says on its receipts in one language. */
export interface ReceiptTexts {
  readonly header: readonly string[];
  /** What the law or the contract asks for; printed above the footer. */
  readonly legal: readonly string[];
  readonly footer: readonly string[];
}

/** How a store's receipts look, decided at HQ. Travels to the tills with the settings, the logo's bytes included: it is printed offline too. */
export interface ReceiptDesign {
  /** PNG bytes in base64, see `pngSize` for what is a logo; null: none. */
  readonly logo: string | null;
  /** The languages that the store prints receipts in besides its own. */
  readonly languages: readonly ReceiptLanguage[];
  /** For a language that is not here: what stands in the store's own, else the header and footer of its settings. */
  readonly texts: Readonly<Partial<Record<ReceiptLanguage, ReceiptTexts>>>;
}

/** What of a store's settings says how its receipts look. */
interface DesignedStore {
  readonly locale: string;
  readonly receiptHeader: readonly string[];
  readonly receiptFooter: readonly string[];
  readonly receipt?: ReceiptDesign;
}

/** What a store's receipts say in a language. */
export function receiptTextsOf(store: DesignedStore, language: ReceiptLanguage): ReceiptTexts {
  const texts: Readonly<Partial<Record<string, ReceiptTexts>>> = store.receipt?.texts ?? {};
  return (
    texts[language] ??
    texts[languageOf(store.locale)] ?? { header: store.receiptHeader, legal: [], footer: store.receiptFooter }
  );
}
