import { type FormEvent, useState } from "react";
import { redeemCoupon } from "../../app/coupons.ts";
import { useScans, useTyped } from "../../app/keyboard.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Sheet } from "../../ui/sheet.tsx";

const MAX_CODE_CHARS = 200;

/** A coupon that the customer has on paper or says: scanned, or typed. */
export function CouponSheet({ onClose }: { readonly onClose: () => void }) {
  const [code, setCode] = useState("");
  useScans("over", (scanned) => void redeemCoupon(scanned));
  useTyped("over", (text) => setCode((before) => before + text));
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (code.trim() !== "") void redeemCoupon(code);
  }
  return (
    <Sheet title={t("coupon.title")} closeLabel={t("app.close")} onClose={onClose} width="narrow">
      <form onSubmit={submit} className="flex flex-col gap-5">
        <Field
          label={t("coupon.label")}
          hint={t("coupon.hint")}
          data-first-focus
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={MAX_CODE_CHARS}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
        <Button type="submit" look="primary" size="huge" disabled={code.trim() === ""}>
          {t("coupon.confirm")}
        </Button>
      </form>
    </Sheet>
  );
}
