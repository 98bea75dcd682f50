import type { BusinessDay, CustomerGroupId, CustomerId, Instant, PromotionId } from "../ids.ts";
import type { InvoiceRecipient } from "../invoice/recipient.ts";
import type { PostalAddress } from "../orders/order.ts";

/** What a customer may be written to for, or what may be done with what is known of them. Each is asked for on its own (Regulation (EU) 2016/679, article 7). */
export const CONSENT_PURPOSES = ["email", "sms", "phone", "post", "profiling"] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];

/** That somebody agreed, or took it back: the newest of a purpose counts, none means no. */
export interface Consent {
  readonly purpose: ConsentPurpose;
  readonly given: boolean;
  /** Where it was said: `till BER1-03`, `shop web`, `hq Ada`. */
  readonly source: string;
  readonly at: Instant;
}

/** By which a customer pays no tax: a certificate that was shown, as an authority names it. */
export interface TaxExemption {
  readonly certificate: string;
  /** The last day on which it holds; null: until further notice. */
  readonly validUntil: BusinessDay | null;
}

/** The ids that a profile has and had, its own first. */
export function customerIdsOf({
  id,
  formerIds = [],
}: Pick<Customer, "id" | "formerIds">): readonly [CustomerId, ...CustomerId[]] {
  return [id, ...formerIds];
}

/** One profile for all channels. Replica collection `customers`. */
export interface Customer {
  readonly id: CustomerId;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly cardNumber: string | null;
  /** BCP 47: how they are written to, and what their receipts are in. Absent: as their store. */
  readonly language?: string;
  readonly addresses?: readonly PostalAddress[];
  /** Set by HQ alone: prices and promotions depend on them. */
  readonly groups?: readonly CustomerGroupId[];
  readonly notes?: string;
  /** What they like, in words: a size, a seat by the window, no nuts. */
  readonly preferences?: string;
  readonly consents?: readonly Consent[];
  /** For whom invoices are made out; there only where the customer is a company. */
  readonly company?: InvoiceRecipient;
  /** Set by HQ alone. */
  readonly taxExemption?: TaxExemption;
  /** Profiles that were found to be the same person, and are this one now: whoever meets one of these ids means this profile. */
  readonly formerIds?: readonly CustomerId[];
  /** By how many tickets each promotion that is capped per customer was used; the server counts. */
  readonly promotionUses?: readonly { readonly promotion: PromotionId; readonly times: number }[];
  /** They bought before, in whatever channel. Absent: not that anybody knows. */
  readonly hasBought?: true;
}
