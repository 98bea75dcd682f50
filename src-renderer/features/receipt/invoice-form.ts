import type { VerbArgs } from "#protocol/till/contract.ts";
import type { ReceiptContact } from "#protocol/till/mailing.ts";

type Recipient = VerbArgs<"issueInvoice">["recipient"];

/** Whom an invoice is for, as it is typed. */
export interface InvoiceForm {
  readonly name: string;
  readonly street: string;
  readonly town: string;
  readonly country: string;
  readonly vatId: string;
}

export const EMPTY_FORM: InvoiceForm = { name: "", street: "", town: "", country: "", vatId: "" };

/** An address of more lines than the form has keeps them all: the last field has the rest. */
export function formOf({ name, address, vatId }: ReceiptContact["recipient"]): InvoiceForm {
  const [street = "", town = "", ...rest] = address;
  return { name, street, town, country: rest.join(", "), vatId };
}

/** As the engine takes it; null while something is missing. */
export function recipientOf({ name, street, town, country, vatId }: InvoiceForm): Recipient | null {
  const address = [street, town, country].filter((line) => line.trim() !== "");
  if (name.trim() === "" || street.trim() === "" || town.trim() === "") return null;
  return { name, address, vatId };
}
