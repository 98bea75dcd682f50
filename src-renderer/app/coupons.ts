import { isLikeCouponCode } from "#domain/coupons/coupon-code.ts";
import { t } from "../i18n/translate.ts";
import { inTurn } from "./in-turn.ts";
import { closeOverlay } from "./overlay.ts";
import { ask, tell, useTill } from "./till.ts";
import { playTone } from "./tones.ts";

/** Whether a scan is a coupon's code. */
export function isCouponScan(code: string): boolean {
  return isLikeCouponCode(code);
}

/** Puts a coupon onto the basket in front and says what became of it. */
export function redeemCoupon(code: string): Promise<void> {
  return inTurn(async () => {
    const known = new Set(useTill.getState().basket?.coupons.map((each) => each.code));
    const answer = await ask("useCoupon", { code });
    if (answer?.ok !== true) return;
    playTone("ok");
    closeOverlay();
    const added = answer.value.coupons.find((each) => !known.has(each.code)) ?? answer.value.coupons.at(-1);
    if (added !== undefined)
      tell("done", `${added.name}: ${t(added.used ? "coupon.used" : "coupon.notUsed")}`);
  });
}

export function removeCoupon(code: string): Promise<void> {
  return inTurn(async () => {
    await ask("removeCoupon", { code });
  });
}
