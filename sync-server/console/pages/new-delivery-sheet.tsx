import { useState } from "react";
import { type DeliveryId, idOf } from "#domain/ids.ts";
import type { DeliveryKind } from "#domain/stock/delivery.ts";
import { OnceIds } from "../once-ids.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Check } from "../ui/check.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { useNewest } from "../use-newest.ts";
import { type DeliveryDraft, EMPTY_DELIVERY, wantedOf } from "./delivery-draft.ts";
import { DeliveryFields } from "./delivery-fields.tsx";
import { Complaint, useSaving } from "./save-row.tsx";

/** A transfer that HQ asks for, or what a supplier is to bring. */
export function NewDeliverySheet({
  kind,
  onMade,
  onClose,
}: {
  readonly kind: DeliveryKind;
  readonly onMade: (id: DeliveryId) => void;
  readonly onClose: () => void;
}) {
  const api = useApi();
  const [draft, setDraft] = useState(EMPTY_DELIVERY);
  const [isDraft, setIsDraft] = useState(false);
  const [ids] = useState(() => new OnceIds());
  const saving = useSaving();
  const newest = useNewest();
  const set = (change: Partial<DeliveryDraft>): void => setDraft((now) => ({ ...now, ...change }));
  const wanted = wantedOf(draft, { kind, isDraft });
  function save(): void {
    if (wanted === null) return;
    const once = { ids, wish: [JSON.stringify(wanted)], inDoubt: t("deliveries.inDoubt") };
    saving.saveOnce(once, async (id) => {
      const isHere = newest.ask();
      const answer = await api.deliveries.want({ ...wanted, id: idOf<"Delivery">(id) });
      // Whoever closed this meanwhile looks at something else.
      if (answer.ok && isHere()) onMade(answer.value.id);
      return answer;
    });
  }
  return (
    <Sheet
      title={t(kind === "transfer" ? "deliveries.newTransfer" : "deliveries.newSupplier")}
      closeLabel={t("common.close")}
      isWide
      onClose={onClose}
    >
      <DeliveryFields kind={kind} draft={draft} isNew onChange={set}>
        <Check label={t("deliveries.draft")} checked={isDraft} onChange={setIsDraft} />
      </DeliveryFields>
      <div className="mt-4 space-y-3">
        <Complaint saving={saving} />
        <div className="flex justify-end">
          <Button look="primary" isDisabled={wanted === null || saving.state === "busy"} onPress={save}>
            {t("deliveries.save")}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
