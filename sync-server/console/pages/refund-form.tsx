import { useState } from "react";
import type { MailRefundWay } from "#domain/returns/mail-return.ts";
import type { MailReturnDetail } from "#protocol/hq/returns.ts";
import type { Answer } from "../ask.ts";
import { amountText } from "../format.ts";
import { t } from "../translate.ts";
import { ActForm } from "./act-form.tsx";

/** Chooses the way of the money; what that way does not take goes by the others. */
export function RefundForm({
  due,
  onSubmit,
  onCancel,
}: {
  readonly due: NonNullable<MailReturnDetail["due"]>;
  readonly onSubmit: (how: { readonly by: string; readonly way: MailRefundWay }) => Promise<Answer<unknown>>;
  readonly onCancel: () => void;
}) {
  const [way, setWay] = useState<MailRefundWay>(due.ways[0]?.way ?? "payout");
  return (
    <ActForm
      submit={t("returns.doRefund", { amount: amountText(due.amount) })}
      isReady
      onSubmit={(by) => onSubmit({ by, way })}
      onCancel={onCancel}
    >
      <fieldset className="space-y-2">
        <legend className="sr-only">{t("returns.refund")}</legend>
        {due.ways.map(({ way: each, most }) => (
          <label
            key={each}
            className="flex min-h-14 cursor-pointer items-center gap-3 rounded-xl border border-line bg-surface px-4 py-2 has-checked:border-brand has-checked:bg-brand-soft"
          >
            <input
              type="radio"
              name="way"
              checked={way === each}
              onChange={() => setWay(each)}
              className="size-5 accent-brand"
            />
            <span className="flex-1">
              <span className="block font-medium">{t(`mailWay.${each}`)}</span>
              <span className="block text-sm">{t(`mailWay.${each}.lead`)}</span>
            </span>
            {most.minor < due.amount.minor && (
              <span className="figures">{t("returns.upTo", { amount: amountText(most) })}</span>
            )}
          </label>
        ))}
      </fieldset>
    </ActForm>
  );
}
