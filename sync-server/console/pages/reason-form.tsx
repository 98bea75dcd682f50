import { useState } from "react";
import type { Answer, ApiProblem } from "../ask.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/text-field.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { StoreSelect } from "./store-select.tsx";

/** Asks for the reason of an act, and for the store where it is about one. */
export function ReasonForm({
  submit,
  hint = t("orders.reasonHint"),
  withStore,
  onSubmit,
  onCancel,
}: {
  readonly submit: string;
  readonly hint?: string;
  readonly withStore: boolean;
  readonly onSubmit: (how: {
    readonly reason: string;
    readonly store: string | null;
  }) => Promise<Answer<unknown>>;
  readonly onCancel: () => void;
}) {
  const [reason, setReason] = useState("");
  const [store, setStore] = useState<string | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const act = async (): Promise<void> => {
    const answer = await onSubmit({ reason: reason.trim(), store });
    setProblem(answer.ok ? null : answer.reason);
  };
  return (
    <div className="mt-5 space-y-4 rounded-2xl bg-sunken p-4">
      <ProblemNote problem={problem} />
      {withStore && (
        <StoreSelect
          value={store}
          none={t("orders.anyStore")}
          label={t("orders.rerouteWhere")}
          onChange={setStore}
        />
      )}
      <TextField label={t("orders.reason")} hint={hint} value={reason} onChange={setReason} />
      <div className="flex justify-end gap-2">
        <Button look="quiet" onPress={onCancel}>
          {t("common.cancel")}
        </Button>
        <Button look="primary" isDisabled={reason.trim() === ""} onPress={() => act()}>
          {submit}
        </Button>
      </div>
    </div>
  );
}
