import type { BusinessDay, ChannelId } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { CodeRefusal } from "#domain/returns/code/read-code.ts";
import { type ReturnPolicy, returnPolicyOf } from "#domain/returns/policy.ts";
import type { Purchase, PurchasedLine, PurchaseRef } from "#domain/returns/purchase.ts";
import { nothingReturned, type Standing } from "#domain/returns/returned.ts";
import { businessDayOf } from "#domain/store/business-day.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { orderLineOf } from "#domain/ticket/ticket.ts";
import { readCode } from "../receipts/read-code.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import { purchaseOf, storeFor } from "./purchase-of.ts";

/** What a return by mail is of, as its shop names it. */
export type PurchaseName =
  | { readonly receipt: string }
  | { readonly code: string }
  | { readonly ref: PurchaseRef };

export type NamingRefusal = "noSuchPurchase" | CodeRefusal;

/** Tickets looked through for a receipt's number: cards and approval codes may read the same. */
const MAX_TICKETS = 20;

/** A purchase as it was named. `isGift`: by the code of a gift receipt. */
export interface NamedPurchase {
  readonly purchase: Purchase;
  readonly isGift: boolean;
}

/** The purchase of a name. A receipt's code is taken also where its till has not told of the sale yet; a gift receipt's only where it has. */
export async function purchaseNamed(
  tx: ReadTransaction,
  name: PurchaseName,
): Promise<Result<NamedPurchase, NamingRefusal>> {
  if ("code" in name) return purchaseOfCode(tx, name.code);
  const ref = "ref" in name ? name.ref : await refOfReceipt(tx, name.receipt);
  const purchase = ref === null ? null : await bought(tx, ref);
  return purchase === null ? refused("noSuchPurchase") : ok({ purchase, isGift: false });
}

/**
 * Whether a shop of these channels may bring a purchase back (no channels: of all). Orders of other channels are not its own, however they are named. What a
 * till sold it names by the signed code: numbers of receipts follow each other, and who guesses one has no receipt.
 */
export async function isReached(
  tx: ReadTransaction,
  {
    name,
    purchase: { ref },
    reach,
  }: {
    readonly name: PurchaseName;
    readonly purchase: Pick<Purchase, "ref">;
    readonly reach: readonly ChannelId[];
  },
): Promise<boolean> {
  if (reach.length === 0) return true;
  if (ref.kind === "ticket") return "code" in name;
  const order = await tx.order(ref.id);
  return order !== null && reach.includes(order.channel);
}

/** Only what the customer has can come by mail. */
function bought(tx: ReadTransaction, ref: PurchaseRef): Promise<Purchase | null> {
  return purchaseOf(tx, { ref, pieces: "handedOut" });
}

/** A receipt of what was paid at the counter for an order stands for that order. */
async function refOfReceipt(tx: ReadTransaction, number: string): Promise<PurchaseRef | null> {
  const search = { customer: null, variant: null, day: null, paidMinor: null, limit: MAX_TICKETS };
  const found = (await tx.findTickets({ ...search, text: number })).find(
    (ticket) => ticket.number.toUpperCase() === number.toUpperCase(),
  );
  if (found === undefined) return null;
  const ref: PurchaseRef = { kind: "ticket", id: found.id };
  if ((await bought(tx, ref)) !== null) return ref;
  const [order] = found.lines.flatMap((line) => orderLineOf(line)?.order ?? []);
  return order === undefined ? null : { kind: "order", id: order };
}

async function purchaseOfCode(
  tx: ReadTransaction,
  code: string,
): Promise<Result<NamedPurchase, NamingRefusal>> {
  const read = await readCode(tx, code);
  if (!read.ok) return read;
  const content = read.value;
  const ref = content.kind === "full" ? content.purchase.ref : content.summary.ref;
  const known = await bought(tx, ref);
  const isGift = content.kind === "summary" && content.gift;
  if (known !== null) return ok({ purchase: known, isGift });
  // An order of which nobody has anything yet cannot come back, whatever its confirmation names.
  if (content.kind === "summary" || ref.kind === "order") return refused("noSuchPurchase");
  const lines: PurchasedLine[] = [];
  for (const line of content.purchase.lines) lines.push(await asCatalogued(tx, line));
  return ok({ purchase: { ...content.purchase, lines }, isGift });
}

/** A code names articles by their SKU alone. */
async function asCatalogued(tx: ReadTransaction, line: PurchasedLine): Promise<PurchasedLine> {
  const owner = await tx.variantBySku(line.sku);
  const product = owner === null ? null : await tx.product(owner.product);
  const variant = product?.variants.find(({ id }) => id === owner?.variant);
  if (product === null || variant === undefined) return line;
  return { ...line, variant: variant.id, name: product.title, options: variant.options };
}

/** A purchase as it is known now, else as it was known when its return was announced, and what came back of it. */
export async function standingOf(tx: ReadTransaction, known: Purchase): Promise<Standing> {
  const { ref } = known;
  const purchase = (await bought(tx, ref)) ?? known;
  return { purchase, returned: (await tx.returned(ref)) ?? nothingReturned(ref) };
}

/** By whose policy and calendar a purchase comes back by mail: those of the store that stands for it. */
async function storeBehind(
  tx: ReadTransaction,
  { ref, store, currency }: Purchase,
): Promise<StoreSettings | null> {
  const sold = store === null ? null : await tx.store(store);
  if (sold !== null) return sold;
  const order = ref.kind === "order" ? await tx.order(ref.id) : null;
  if (order !== null) return storeFor(tx, order);
  return (await tx.stores()).find((each) => each.currency === currency) ?? null;
}

export async function policyFor(tx: ReadTransaction, purchase: Purchase): Promise<ReturnPolicy> {
  return returnPolicyOf((await storeBehind(tx, purchase)) ?? {});
}

/** What day it is where the purchase is at home. */
export async function todayFor(
  { tx, at }: Pick<Publication, "tx" | "at">,
  purchase: Purchase,
): Promise<BusinessDay> {
  const store = await storeBehind(tx, purchase);
  return businessDayOf({ at, timeZone: store?.timeZone ?? "UTC" });
}
