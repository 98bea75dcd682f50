import { useState } from "react";
import { deliveryFreedom, mayRemoveDelivery } from "#domain/stock/delivery-edit.ts";
import type { EditDelivery as Edit, HqDelivery } from "#protocol/hq/deliveries.ts";
import type { Answer } from "../ask.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { useNewest } from "../use-newest.ts";
import { type DeliveryDraft, draftOfDelivery, editOf } from "./delivery-draft.ts";
import { DeliveryFields } from "./delivery-fields.tsx";
import { Complaint, useSaving } from "./save-row.tsx";

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
  /** Somebody else changed it since. */
  const [isOvertaken, setOvertaken] = useState(false);
  const saving = useSaving();
  const isBusy = saving.state === "busy";
  const newest = useNewest();
  const { kind } = base.row;
  const edit = editOf(draft, { kind, version: base.version });
  const change = (changes: Partial<DeliveryDraft>): void => setDraft((now) => ({ ...now, ...changes }));
  const save = async (wanted: Edit): Promise<Answer<unknown>> => {
    const answer = await api.deliveries.edit(base.id, wanted);
    if (answer.ok) onChanged();
    setOvertaken(isOvertakenBy(answer));
    return answer;
  };
  const remove = async (): Promise<Answer<unknown>> => {
    const isHere = newest.ask();
    const answer = await api.deliveries.remove(base.id, base.version);
    // Whoever closed this meanwhile looks at something else.
    if (answer.ok) (isHere() ? onRemoved : onChanged)();
    setOvertaken(isOvertakenBy(answer));
    return answer;
  };
  const takeTheirs = async (): Promise<Answer<unknown>> => {
    const answer = await api.deliveries.one(base.id);
    if (!answer.ok) return answer;
    setOvertaken(false);
    if (deliveryFreedom(answer.value.row) === "nothing") onChanged();
    else {
      setBase(answer.value);
      setDraft(draftOfDelivery(answer.value));
    }
    return answer;
  };
  const saveMine = async (wanted: Edit): Promise<Answer<unknown>> => {
    const now = await api.deliveries.one(base.id);
    return now.ok ? save({ ...wanted, version: now.value.version }) : now;
  };
  return (
    <div className="space-y-4">
      <DeliveryFields
        kind={kind}
        draft={draft}
        isTold={deliveryFreedom(base.row) === "goods"}
        onChange={change}
      />
      <Complaint saving={saving} />
      <div className="flex flex-wrap justify-end gap-2">
        {isOvertaken && (
          <>
            <Button isDisabled={isBusy} onPress={() => saving.save(takeTheirs)}>
              {t("deliveries.takeTheirs")}
            </Button>
            <Button
              look="danger"
              isDisabled={isBusy || edit === null}
              onPress={() => edit !== null && saving.save(() => saveMine(edit))}
            >
              {t("deliveries.saveMine")}
            </Button>
          </>
        )}
        {mayRemoveDelivery(base.row) && (
          <Button look="danger" isDisabled={isBusy} onPress={() => saving.save(remove)} className="mr-auto">
            {t("deliveries.delete")}
          </Button>
        )}
        <Button onPress={onClose}>{t("common.cancel")}</Button>
        {!isOvertaken && (
          <Button
            look="primary"
            isDisabled={isBusy || edit === null}
            onPress={() => edit !== null && saving.save(() => save(edit))}
          >
            {t("deliveries.saveChange")}
          </Button>
        )}
      </div>
    </div>
  );
}

function isOvertakenBy(answer: Answer<unknown>): boolean {
  return (
    !answer.ok &&
    answer.reason.kind === "refused" &&
    answer.reason.details?.includes("changedMeanwhile") === true
  );
}
