import { useState } from "react";
import type { Answer } from "../ask.ts";
import { t } from "../translate.ts";
import { TextField } from "../ui/text-field.tsx";
import { ActForm } from "./act-form.tsx";

/** Rejects a return by mail, and says why: the customer's shop is told. */
export function RejectForm({
  hasCome,
  onSubmit,
  onCancel,
}: {
  /** Goods came, which go back to the customer then. */
  readonly hasCome: boolean;
  readonly onSubmit: (why: { readonly by: string; readonly reason: string }) => Promise<Answer<unknown>>;
  readonly onCancel: () => void;
}) {
  const [reason, setReason] = useState("");
  return (
    <ActForm
      submit={t("returns.doReject")}
      look="danger"
      isReady={reason.trim() !== ""}
      onSubmit={(by) => onSubmit({ by, reason: reason.trim() })}
      onCancel={onCancel}
    >
      {hasCome && <p>{t("returns.sentBack")}</p>}
      <TextField
        label={t("orders.reason")}
        hint={t("returns.reasonHint")}
        value={reason}
        onChange={setReason}
      />
    </ActForm>
  );
}
