import { CircleCheck, CircleDashed, X } from "lucide-react";
import type { BasketCoupon } from "#protocol/till/coupons.ts";
import { removeCoupon } from "../../app/coupons.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";

/** The coupons that the customer showed: whether each takes money off, and the way to take it off the basket again. */
export function BasketCoupons({
  coupons,
  atPayment,
}: {
  readonly coupons: readonly BasketCoupon[];
  readonly atPayment: boolean;
}) {
  if (coupons.length === 0) return null;
  return (
    <ul
      aria-label={t("coupon.title")}
      className="thin-scroll max-h-36 shrink-0 overflow-y-auto border-line border-b"
    >
      {coupons.map((coupon) => (
        <Coupon key={coupon.code} coupon={coupon} atPayment={atPayment} />
      ))}
    </ul>
  );
}

function Coupon({ coupon, atPayment }: { readonly coupon: BasketCoupon; readonly atPayment: boolean }) {
  const { code, name, used } = coupon;
  const Icon = used ? CircleCheck : CircleDashed;
  return (
    <li className="flex min-h-12 items-center gap-3 pe-2 ps-4">
      <Icon aria-hidden size={20} className={used ? "shrink-0 text-brand" : "shrink-0 text-ink-soft"} />
      <span className="min-w-0 flex-1 py-1 leading-tight">
        <bdi className="block truncate font-semibold">{name}</bdi>
        <span className="block text-ink-soft text-sm">{t(used ? "coupon.used" : "coupon.notUsed")}</span>
      </span>
      {atPayment ? null : (
        <Button
          look="quiet"
          className="px-2!"
          aria-label={t("coupon.remove", { code })}
          icon={<X aria-hidden size={20} />}
          onClick={() => void removeCoupon(code)}
        />
      )}
    </li>
  );
}
