import type { Exception } from "#domain/exceptions/exceptions.ts";
import type { StoreId } from "#domain/ids.ts";
import { addMoney } from "#domain/money/arithmetic.ts";
import { decimalText } from "#domain/money/format.ts";
import type { Money } from "#domain/money/money.ts";
import type { Order } from "#domain/orders/order.ts";
import { refundedElsewhere } from "#domain/orders/order-return.ts";
import { type Clash, clashOf, comparable } from "#domain/returns/clash.ts";
import { type Purchase, type PurchaseRef, purchaseKey } from "#domain/returns/purchase.ts";
import { type ReturnAct, type Returned, settledBack } from "#domain/returns/returned.ts";
import { raiseException, retellException } from "../exceptions/raise.ts";
import { staffName } from "../orders/staff-name.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import { purchaseOf } from "./purchase-of.ts";

/**
 * What came back of a purchase, flagged where more did than was bought or paid, which is raised as an exception then. Of a purchase that the server does not know
 * (yet) nothing can be said: it is judged as its sale arrives.
 */
export async function judged(
  publication: Publication,
  returned: Returned,
  latest: ReturnAct,
): Promise<Returned> {
  // What is still to be handed out may have been already, by a till that did not tell of it yet.
  const purchase = await purchaseOf(publication.tx, { ref: returned.purchase, pieces: "ordered" });
  if (purchase === null) return returned;
  const standing = comparable({ purchase, returned });
  const clash = clashOf(standing, latest);
  if (clash === null) return returned;
  await raise(publication, {
    ref: purchase.ref,
    store: clash.second.store ?? purchase.store,
    again: clash.second.id,
    detail: await detailOf(publication.tx, { purchase, returned: standing.returned, clash }),
  });
  return { ...returned, flagged: true };
}

/** Judges what came back of a purchase that became known, or another one than it was. */
export async function judgeAnew(publication: Publication, ref: PurchaseRef): Promise<void> {
  const returned = await publication.tx.returned(ref);
  const latest = returned?.acts.at(-1);
  if (returned === null || latest === undefined || returned.flagged) return;
  const after = await judged(publication, returned, latest);
  if (!after.flagged) return;
  await publication.tx.putReturned(after);
  await publication.putReturnMark(after);
}

/**
 * Finds what was given back over a counter and by the order's shop as well: `byShop` is what the shop says that it gave back, in all. What is too much is raised
 * as any other refund that was given twice, and the order flagged.
 */
export async function judgeShopRefund(
  publication: Publication,
  { order, byShop }: { readonly order: Order; readonly byShop: Money },
): Promise<void> {
  const { tx } = publication;
  const elsewhere = refundedElsewhere(order);
  const { paid, total, state } = order.payment;
  const taken = state === "authorised" ? total : paid;
  if (elsewhere.minor === 0 || elsewhere.minor + byShop.minor <= taken.minor) return;
  const ref: PurchaseRef = { kind: "order", id: order.id };
  const returned = await tx.returned(ref);
  const first = returned?.acts.at(-1);
  if (returned === null || first === undefined || returned.flagged) return;
  await raise(publication, {
    ref,
    store: first.store,
    again: "byShop",
    detail: {
      number: order.number,
      ...(await actDetail(tx, "first", first)),
      secondStore: order.channel,
      secondAmount: `${decimalText(byShop)} ${byShop.currency}`,
      secondAt: new Date(publication.at).toISOString(),
      paid: `${decimalText(taken)} ${taken.currency}`,
      givenBack: `${decimalText(addMoney(elsewhere, byShop))} ${taken.currency}`,
      ...(order.contact.customer === null ? {} : { customer: order.contact.customer }),
    },
  });
  const flagged: Returned = { ...returned, flagged: true };
  await tx.putReturned(flagged);
  await publication.putReturnMark(flagged);
}

/** One exception for a purchase, told anew as more comes back of it; another one, by `again`, where people have closed that. */
async function raise(
  publication: Publication,
  {
    ref,
    store,
    again,
    detail,
  }: {
    readonly ref: PurchaseRef;
    readonly store: StoreId | null;
    readonly again: string;
    readonly detail: Exception["detail"];
  },
): Promise<void> {
  const id = `refundedTwice:${purchaseKey(ref)}`;
  const known = await publication.tx.exception(id);
  if (known !== null && (await retellException(publication, known, detail))) return;
  await raiseException(publication, {
    id: known === null ? id : `${id}:${again}`,
    kind: "refundedTwice",
    store,
    subject: ref.kind === "order" ? { order: ref.id, fulfilment: null } : null,
    detail,
  });
}

async function detailOf(
  tx: ReadTransaction,
  {
    purchase,
    returned,
    clash,
  }: { readonly purchase: Purchase; readonly returned: Returned; readonly clash: Clash },
): Promise<Exception["detail"]> {
  const { number, settled, currency, customer } = purchase;
  const back = settledBack(returned, currency);
  return {
    number,
    ...(clash.first === null ? {} : await actDetail(tx, "first", clash.first)),
    ...(await actDetail(tx, "second", clash.second)),
    paid: `${decimalText(settled)} ${currency}`,
    givenBack: `${decimalText(back)} ${currency}`,
    ...(returned.acts.length > 2 ? { returns: String(returned.acts.length) } : {}),
    ...(customer === null ? {} : { customer }),
  };
}

/** Which till and who gave back how much and when; what came by mail has no till. */
async function actDetail(
  tx: ReadTransaction,
  which: "first" | "second",
  { id, at, store, device, staff, settled }: ReturnAct,
): Promise<Exception["detail"]> {
  const till = device === null ? null : await tx.device(device);
  const place = store === null ? null : await tx.store(store);
  const atTill = store === null ? "" : await staffName(tx, staff);
  const who = device === null ? ((await tx.mailReturn(id))?.refund?.by ?? "") : atTill;
  return {
    ...(place === null ? {} : { [`${which}Store`]: place.code }),
    ...(till === null ? {} : { [`${which}Register`]: String(till.register) }),
    ...(who === "" ? {} : { [`${which}Staff`]: who }),
    [`${which}Amount`]: `${decimalText(settled)} ${settled.currency}`,
    [`${which}At`]: new Date(at).toISOString(),
  };
}
