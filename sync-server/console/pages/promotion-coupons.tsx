import type { PromotionConditions } from "#domain/promotions/promotion.ts";
import { t } from "../translate.ts";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { TextField } from "../ui/text-field.tsx";
import { withCoupon } from "./coupon-terms.ts";

export type Coupon = PromotionConditions["coupon"];
type Kind = "none" | NonNullable<Coupon>["kind"];

const KINDS: readonly Kind[] = ["none", "word", "codes"];

/** Whether a promotion asks for a coupon. */
export function PromotionCoupons({
  when = {},
  saved,
  wrong,
  onChange,
}: {
  readonly when: PromotionConditions | undefined;
  /** As the server has it: codes can be made once the promotion is for them there. */
  readonly saved: Coupon;
  /** What is wrong with the word. */
  readonly wrong: string | null;
  readonly onChange: (when: PromotionConditions | undefined) => void;
}) {
  const { coupon } = when;
  const kind = coupon?.kind ?? "none";
  return (
    <fieldset className="col-span-full space-y-4 rounded-xl border border-line px-4 pt-2 pb-4">
      <legend className="px-1 font-medium text-sm">{t("coupons.title")}</legend>
      <div className="grid gap-4 sm:grid-cols-2">
        <LabelledSelect
          label={t("coupons.kind")}
          value={kind}
          choices={KINDS.map((value) => ({ value, text: t(`coupons.kind.${value}`) }))}
          onChange={(chosen) => onChange(withCoupon(when, couponOf(chosen)))}
        />
        {coupon?.kind === "word" && (
          <TextField
            label={t("coupons.word")}
            hint={t("coupons.word.hint")}
            wrong={wrong}
            value={coupon.word}
            onChange={(word) => onChange(withCoupon(when, { kind: "word", word: word.toUpperCase().trim() }))}
          />
        )}
      </div>
      {kind === "codes" && saved?.kind !== "codes" && <p className="text-soft">{t("coupons.saveFirst")}</p>}
    </fieldset>
  );
}

function couponOf(kind: Kind): Coupon {
  if (kind === "none") return undefined;
  return kind === "word" ? { kind, word: "" } : { kind };
}
