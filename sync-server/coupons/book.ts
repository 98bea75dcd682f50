import { readCouponCode } from "#domain/coupons/coupon-code.ts";
import { couponIdOf } from "#domain/coupons/coupon-id.ts";
import type { CouponUse } from "#domain/coupons/uses.ts";
import { raiseOrRetell } from "../exceptions/raise.ts";
import { endLease } from "../orders/standing-lease.ts";
import type { DeviceRecord, ReadTransaction } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import { sha256Hex } from "../sync/signatures.ts";
import { type CouponAtServer, couponAtServer, couponLease, toCouponDocument } from "./known-coupon.ts";
import type { BookedCouponUse } from "./port.ts";

const TAIL_CHARS = 4;

/** Books the coupons of a ticket or an order, each use once, whatever it contradicts; tills of the whole chain learn of it. `device` null: of an order. */
export async function bookCoupons(
  publication: Publication,
  device: Pick<DeviceRecord, "id"> | null,
  uses: readonly CouponUse[],
): Promise<void> {
  const { tx, at } = publication;
  for (const use of uses) {
    const read = readCouponCode(use.code);
    const { code, ...told } = use;
    const coupon: BookedCouponUse["coupon"] =
      read === null ? `word:${code}` : couponIdOf(read.code, sha256Hex);
    if (!(await tx.addCouponUse({ ...told, coupon, series: read?.series ?? null }, at))) continue;
    const known = read === null ? null : await couponAtServer(tx, read);
    // A code that was never made is a matter of its ticket alone.
    if (known === null) continue;
    await publication.putBalance(toCouponDocument(known));
    if (device !== null) await endLease(publication, device, couponLease(known.id));
    if (known.used > known.uses) await raiseUsedTwice(publication, use, known);
  }
}

async function raiseUsedTwice(
  publication: Publication,
  { code, store }: CouponUse,
  { id, uses, used }: CouponAtServer,
): Promise<void> {
  const detail = {
    coupon: `…${code.slice(-TAIL_CHARS)}`,
    used: String(used),
    uses: String(uses),
    receipts: (await receiptsOf(publication.tx, id)).join(", "),
  };
  const raised = { id: `couponUsedTwice:${id}`, kind: "couponUsedTwice", store, subject: null } as const;
  await raiseOrRetell(publication, { ...raised, detail });
}

async function receiptsOf(tx: ReadTransaction, coupon: CouponAtServer["id"]): Promise<readonly string[]> {
  return (await tx.couponUses(coupon)).map(({ number }) => number);
}
