import { CodeSheet } from "../../app/code-sheet.tsx";
import { redeemCoupon } from "../../app/coupons.ts";
import { t } from "../../i18n/translate.ts";

/** A coupon that the customer has on paper or says: scanned, or typed. */
export function CouponSheet({ onClose }: { readonly onClose: () => void }) {
  return (
    <CodeSheet
      title={t("coupon.title")}
      label={t("coupon.label")}
      hint={t("coupon.hint")}
      confirm={t("coupon.confirm")}
      autoCapitalize="characters"
      onCode={(code) => void redeemCoupon(code)}
      onClose={onClose}
    />
  );
}
