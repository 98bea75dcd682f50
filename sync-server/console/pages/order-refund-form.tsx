import { useState } from "react";
import type { Money } from "#domain/money/money.ts";
import type { OrderDetail } from "#protocol/hq/orders.ts";
import type { Answer } from "../ask.ts";
import { amountText } from "../format.ts";
import type { OnceIds } from "../once-ids.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/text-field.tsx";
import { Complaint, useSaving } from "./save-row.tsx";
import { amountOrNone } from "./typed.ts";

/** Money back besides goods: a gesture, a price that was wrong. */
export function OrderRefundForm({
  order: { refundable },
  ids,
  onSubmit,
  onCancel,
}: {
  readonly order: OrderDetail;
  /** Of what is given back of this order. */
  readonly ids: OnceIds;
  readonly onSubmit: (how: {
    readonly id: string;
    readonly amount: Money;
    readonly reason: string;
  }) => Promise<Answer<OrderDetail>>;
  readonly onCancel: () => void;
}) {
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const saving = useSaving();
  const amount = amountOrNone(typed, refundable.currency);
  const isReady = amount !== null && amount !== "wrong" && amount.minor > 0 && reason.trim() !== "";

  function give(): void {
    if (amount === null || amount === "wrong") return;
    const why = reason.trim();
    const once = { ids, wish: [amount.minor, why], inDoubt: t("orders.refund.inDoubt") };
    saving.saveOnce(once, async (id) => {
      const answer = await onSubmit({ id, amount, reason: why });
      if (answer.ok) ids.forget();
      return answer;
    });
  }

  return (
    <form
      className="mt-5 space-y-4 rounded-2xl bg-sunken p-4"
      onSubmit={(event) => {
        event.preventDefault();
        give();
      }}
    >
      <TextField
        label={t("orders.refund.amount", { currency: refundable.currency })}
        hint={t("orders.refund.most", { amount: amountText(refundable) })}
        wrong={amount === "wrong" ? t("orders.refund.wrong") : null}
        value={typed}
        onChange={setTyped}
      />
      <TextField
        label={t("orders.reason")}
        hint={t("orders.reasonHint")}
        value={reason}
        onChange={setReason}
      />
      <Complaint saving={saving} />
      <div className="flex justify-end gap-2">
        <Button look="quiet" onPress={onCancel}>
          {t("common.cancel")}
        </Button>
        <Button look="primary" type="submit" isDisabled={saving.state === "busy" || !isReady}>
          {t("orders.refund.give")}
        </Button>
      </div>
    </form>
  );
}
