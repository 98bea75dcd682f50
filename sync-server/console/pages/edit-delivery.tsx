import { useState } from "react";
import { deliveryFreedom, mayRemoveDelivery } from "#domain/stock/delivery-edit.ts";
import type { HqDelivery } from "#protocol/hq/deliveries.ts";
import type { ApiProblem } from "../ask.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { useNewest } from "../use-newest.ts";
import { type DeliveryDraft, draftOfDelivery, editOf } from "./delivery-draft.ts";
import { DeliveryFields } from "./delivery-fields.tsx";
import { ProblemNote } from "./problem-note.tsx";

/** Changes a delivery that was not sent yet, from what it was when this was opened; a draft can be deleted. */
export function EditDelivery({
  opened,
  onChanged,
  onRemoved,
  onClose,
}: {
  /** As it was when whoever changes it began. */
  readonly opened: HqDelivery;
  readonly onChanged: () => void;
  readonly onRemoved: () => void;
  readonly onClose: () => void;
}) {
  const api = useApi();
  const [base, setBase] = useState(opened);
  const [draft, setDraft] = useState(() => draftOfDelivery(opened));
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const newest = useNewest();
  const { kind } = base.row;
  const edit = editOf(draft, { kind, version: base.version });
  const isOvertaken = problem?.kind === "refused" && problem.details?.includes("changedMeanwhile") === true;
  const change = (changes: Partial<DeliveryDraft>): void => setDraft((now) => ({ ...now, ...changes }));
  const run = async (act: () => Promise<ApiProblem | null>): Promise<void> => {
    setBusy(true);
    setProblem(await act());
    setBusy(false);
  };
  const save = async (version: string): Promise<ApiProblem | null> => {
    if (edit === null) return null;
    const answer = await api.deliveries.edit(base.id, { ...edit, version });
    if (answer.ok) onChanged();
    return answer.ok ? null : answer.reason;
  };
  const remove = async (): Promise<ApiProblem | null> => {
    const isHere = newest.ask();
    const answer = await api.deliveries.remove(base.id, base.version);
    // Whoever closed this meanwhile looks at something else.
    if (answer.ok) (isHere() ? onRemoved : onChanged)();
    return answer.ok ? null : answer.reason;
  };
  const takeTheirs = async (): Promise<ApiProblem | null> => {
    const answer = await api.deliveries.one(base.id);
    if (!answer.ok) return answer.reason;
    if (deliveryFreedom(answer.value.row) === "nothing") {
      onChanged();
      return null;
    }
    setBase(answer.value);
    setDraft(draftOfDelivery(answer.value));
    return null;
  };
  const saveMine = async (): Promise<ApiProblem | null> => {
    const now = await api.deliveries.one(base.id);
    return now.ok ? save(now.value.version) : now.reason;
  };
  return (
    <div className="space-y-4">
      <DeliveryFields
        kind={kind}
        draft={draft}
        isTold={deliveryFreedom(base.row) === "goods"}
        onChange={change}
      />
      <ProblemNote problem={problem} />
      <div className="flex flex-wrap justify-end gap-2">
        {isOvertaken && (
          <>
            <Button isDisabled={isBusy} onPress={() => run(takeTheirs)}>
              {t("deliveries.takeTheirs")}
            </Button>
            <Button look="danger" isDisabled={isBusy || edit === null} onPress={() => run(saveMine)}>
              {t("deliveries.saveMine")}
            </Button>
          </>
        )}
        {mayRemoveDelivery(base.row) && (
          <Button look="danger" isDisabled={isBusy} onPress={() => run(remove)} className="mr-auto">
            {t("deliveries.delete")}
          </Button>
        )}
        <Button onPress={onClose}>{t("common.cancel")}</Button>
        {!isOvertaken && (
          <Button
            look="primary"
            isDisabled={isBusy || edit === null}
            onPress={() => run(() => save(base.version))}
          >
            {t("deliveries.saveChange")}
          </Button>
        )}
      </div>
    </div>
  );
}
