import { useState } from "react";
import type { Money } from "#domain/money/money.ts";
import type { OrderDetail } from "#protocol/hq/orders.ts";
import type { Answer, ApiProblem } from "../ask.ts";
import { amountText } from "../format.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/text-field.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { amountOrNone } from "./typed.ts";

/** Money back besides goods: a gesture, a price that was wrong. */
export function OrderRefundForm({
  order: { refundable },
  onSubmit,
  onCancel,
}: {
  readonly order: OrderDetail;
  readonly onSubmit: (how: {
    readonly amount: Money;
    readonly reason: string;
  }) => Promise<Answer<OrderDetail>>;
  readonly onCancel: () => void;
}) {
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const amount = amountOrNone(typed, refundable.currency);
  const isReady = amount !== null && amount !== "wrong" && amount.minor > 0 && reason.trim() !== "";

  async function give(): Promise<void> {
    if (amount === null || amount === "wrong") return;
    setBusy(true);
    const answer = await onSubmit({ amount, reason: reason.trim() });
    setBusy(false);
    setProblem(answer.ok ? null : answer.reason);
  }

  return (
    <form
      className="mt-5 space-y-4 rounded-2xl bg-sunken p-4"
      onSubmit={(event) => {
        event.preventDefault();
        void give();
      }}
    >
      <ProblemNote problem={problem} />
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
      <div className="flex justify-end gap-2">
        <Button look="quiet" onPress={onCancel}>
          {t("common.cancel")}
        </Button>
        <Button look="primary" type="submit" isDisabled={isBusy || !isReady}>
          {t("orders.refund.give")}
        </Button>
      </div>
    </form>
  );
}
