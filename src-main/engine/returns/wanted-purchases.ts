import type { CustomerId, VariantId } from "#domain/ids.ts";
import { readPickupQr } from "#domain/orders/pickup-code.ts";
import type { FindPurchases } from "#protocol/sync/purchases.ts";
import type { VerbParsedArgs } from "#protocol/till/contract.ts";
import type { Catalog } from "../catalog/catalog.ts";
import { fold } from "../catalog/fold.ts";
import type { Replica } from "../ports.ts";
import type { PurchaseTraits } from "./purchase-index.ts";

type Args = VerbParsedArgs<"findPurchases">;

const RECEIPT_COUNTER = /^\d{1,6}$/;
const RECEIPT_COUNTER_DIGITS = 6;
const MIN_PHONE_DIGITS = 4;
const MIN_NAME_CHARS = 2;
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
    replica,
    catalog,
  }: { readonly replica: Pick<Replica, "scan">; readonly catalog: Pick<Catalog, "byCode"> },
): Promise<WantedPurchases> {
  const typed = args.text?.trim() ?? "";
  if (typed === "") return { args, text: null };
  const found = await catalog.byCode(typed);
  return {
    args,
    text: {
      typed: fold(readPickupQr(typed)?.number ?? typed),
      ending: RECEIPT_COUNTER.test(typed) ? `-${typed.padStart(RECEIPT_COUNTER_DIGITS, "0")}` : null,
      customers: await customersCalled(typed, replica),
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

/** Customers by name, telephone, e-mail or loyalty card. */
async function customersCalled(
  typed: string,
  replica: Pick<Replica, "scan">,
): Promise<ReadonlySet<CustomerId>> {
  const text = fold(typed);
  const words = text.split(/\s+/).filter((word) => word.length >= MIN_NAME_CHARS);
  const digits = /^[\d\s+()/-]+$/.test(typed) ? typed.replaceAll(/\D/g, "").replace(/^0+/, "") : "";
  const found = new Set<CustomerId>();
  for await (const chunk of replica.scan("customers"))
    for (const { id, name, email, phone, cardNumber } of chunk) {
      const names = fold(name).split(/\s+/);
      const isNamed = words.length > 0 && words.every((word) => names.some((each) => each.startsWith(word)));
      const isCalled =
        digits.length >= MIN_PHONE_DIGITS && (phone ?? "").replaceAll(/\D/g, "").endsWith(digits);
      if (isNamed || isCalled || fold(email ?? "") === text || fold(cardNumber ?? "") === text) found.add(id);
    }
  return found;
}
