import type { Exception } from "#domain/exceptions/exceptions.ts";
import { decimalText } from "#domain/money/format.ts";
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
  const purchase = await purchaseOf(publication.tx, returned.purchase);
  if (purchase === null) return returned;
  const standing = comparable({ purchase, returned });
  const clash = clashOf(standing, latest);
  if (clash === null) return returned;
  await raise(publication, { purchase, returned: standing.returned, clash });
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

/** One exception for a purchase, told anew as more comes back of it; another one where people have closed that. */
async function raise(
  publication: Publication,
  {
    purchase,
    returned,
    clash,
  }: { readonly purchase: Purchase; readonly returned: Returned; readonly clash: Clash },
): Promise<void> {
  const { tx } = publication;
  const detail = await detailOf(tx, { purchase, returned, clash });
  const id = `refundedTwice:${purchaseKey(purchase.ref)}`;
  const known = await tx.exception(id);
  if (known !== null && (await retellException(publication, known, detail))) return;
  await raiseException(publication, {
    id: known === null ? id : `${id}:${clash.second.id}`,
    kind: "refundedTwice",
    store: clash.second.store ?? purchase.store,
    subject: purchase.ref.kind === "order" ? { order: purchase.ref.id, fulfilment: null } : null,
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
  { at, store, device, staff, settled }: ReturnAct,
): Promise<Exception["detail"]> {
  const till = device === null ? null : await tx.device(device);
  const place = store === null ? null : await tx.store(store);
  const who = store === null ? "" : await staffName(tx, { store, staff });
  return {
    ...(place === null ? {} : { [`${which}Store`]: place.code }),
    ...(till === null ? {} : { [`${which}Register`]: String(till.register) }),
    ...(who === "" ? {} : { [`${which}Staff`]: who }),
    [`${which}Amount`]: `${decimalText(settled)} ${settled.currency}`,
    [`${which}At`]: new Date(at).toISOString(),
  };
}
