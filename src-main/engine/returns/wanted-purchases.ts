import type { CustomerId, VariantId } from "#domain/ids.ts";
import { readPickupQr } from "#domain/orders/pickup-code.ts";
import { fold } from "#domain/text/fold.ts";
import type { FindPurchases } from "#protocol/sync/purchases.ts";
import type { VerbParsedArgs } from "#protocol/till/contract.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { CustomerBook } from "../customers/customer-book.ts";
import type { PurchaseTraits } from "./purchase-index.ts";

type Args = VerbParsedArgs<"findPurchases">;

const RECEIPT_COUNTER = /^\d{1,6}$/;
const RECEIPT_COUNTER_DIGITS = 6;
/** People whom a text may mean. */
const MAX_CUSTOMERS = 50;
/** Customers of whom the server is asked, when a name is many people's. */
const MAX_CUSTOMERS_ASKED = 3;

/** What is looked for: everything that is named must fit. */
export interface WantedPurchases {
  readonly args: Args;
  /** Null: nothing was typed. */
  readonly text: {
    /** Folded; of an order's pickup QR its number. */
    readonly typed: string;
    /** `-000123`: how the number of a receipt ends of which its counter was typed. */
    readonly ending: string | null;
    readonly customers: ReadonlySet<CustomerId>;
    readonly variant: VariantId | null;
  } | null;
}

/** What a question means, with customers and articles that its text names. */
export async function wantedPurchases(
  args: Args,
  {
    customers,
    catalog,
  }: { readonly customers: Pick<CustomerBook, "search">; readonly catalog: Pick<Catalog, "byCode"> },
): Promise<WantedPurchases> {
  const typed = args.text?.trim() ?? "";
  if (typed === "") return { args, text: null };
  const found = await catalog.byCode(typed);
  const called = await customers.search({ text: typed, limit: MAX_CUSTOMERS });
  return {
    args,
    text: {
      typed: fold(readPickupQr(typed)?.number ?? typed),
      ending: RECEIPT_COUNTER.test(typed) ? `-${typed.padStart(RECEIPT_COUNTER_DIGITS, "0")}` : null,
      customers: new Set(called.customers.map(({ id }) => id)),
      variant: found?.item.variant ?? null,
    },
  };
}

/** A receipt or an order by its whole number. */
export function numberedSo(number: string): WantedPurchases {
  return {
    args: { text: number },
    text: { typed: fold(number), ending: null, customers: new Set(), variant: null },
  };
}

/** Nothing at all was asked for. */
export function asksNothing({ args: { text, ...others } }: WantedPurchases): boolean {
  return (text ?? "").trim() === "" && Object.values(others).every((each) => each === undefined);
}

export function isWanted(
  { number, day, paidMinor, customer, approvals, variants }: PurchaseTraits,
  { args, text }: WantedPurchases,
): boolean {
  if (args.day !== undefined && args.day !== day) return false;
  if (args.paidMinor !== undefined && args.paidMinor !== paidMinor) return false;
  if (args.customer !== undefined && args.customer !== customer) return false;
  if (args.variant !== undefined && !variants.includes(args.variant)) return false;
  if (text === null) return true;
  return (
    number === text.typed ||
    (text.ending !== null && number.endsWith(text.ending)) ||
    approvals.includes(text.typed) ||
    (customer !== null && text.customers.has(customer)) ||
    (text.variant !== null && variants.includes(text.variant))
  );
}

/** The same question to the server, which knows no names: those are asked for as the customers that they are here. */
export function asksToServer({ args, text }: WantedPurchases): readonly FindPurchases[] {
  const { text: typed, ...others } = args;
  if (text === null || typed === undefined) return [others];
  const { customers, variant } = text;
  return [
    { ...others, text: readPickupQr(typed.trim())?.number ?? typed.trim() },
    ...(others.customer === undefined
      ? [...customers].slice(0, MAX_CUSTOMERS_ASKED).map((customer) => ({ ...others, customer }))
      : []),
    ...(others.variant === undefined && variant !== null ? [{ ...others, variant }] : []),
  ];
}
