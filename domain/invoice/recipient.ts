/** For whom an invoice is made out: a company, as it gave its data at the till. */
export interface InvoiceRecipient {
  readonly name: string;
  /** Street, postcode and town, country: as they are written on an envelope. */
  readonly address: readonly string[];
  /** Empty where the customer has none, or none is needed. */
  readonly vatId: string;
}

export const MAX_RECIPIENT_CHARS = 120;
export const MAX_ADDRESS_LINES = 6;
export const MAX_VAT_ID_CHARS = 20;

/** What was typed, without blanks around it and without empty lines; a VAT id without the blanks and dots that people put in it. */
export function tidyRecipient({ name, address, vatId }: InvoiceRecipient): InvoiceRecipient {
  return {
    name: oneLine(name),
    address: address.map(oneLine).filter((line) => line !== ""),
    vatId: vatId.replaceAll(/[\s.-]/g, "").toUpperCase(),
  };
}

/** Pasted text may bring line breaks and other signs that nobody sees. */
function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, " ").trim();
}

/** Whether two recipients are the same to whoever reads the invoice. */
export function isSameRecipient(one: InvoiceRecipient, other: InvoiceRecipient): boolean {
  return keyOf(one) === keyOf(other);
}

function keyOf(recipient: InvoiceRecipient): string {
  const { name, address, vatId } = tidyRecipient(recipient);
  return JSON.stringify([name, ...address, vatId]).toLowerCase();
}
