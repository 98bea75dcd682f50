import { Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import type { AdjustmentReason } from "#domain/stock/adjusting.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { SaveRow, useSaving } from "./save-row.tsx";

const DIRECTIONS = ["out", "in", "both"] as const;

/** Reasons of the retailer's own, besides the usual ones. */
export function AdjustmentReasonsSheet({ onClose }: { readonly onClose: () => void }) {
  const { stock } = useApi();
  const { known } = useAskedOnce(stock.reasons);
  const [reasons, setReasons] = useState<readonly AdjustmentReason[]>([]);
  const saving = useSaving();
  useEffect(() => {
    if (known !== null) setReasons(known.reasons);
  }, [known]);

  function change(at: number, changes: Partial<AdjustmentReason>): void {
    setReasons(reasons.map((reason, place) => (place === at ? { ...reason, ...changes } : reason)));
    saving.forget();
  }

  return (
    <Sheet title={t("reasons.title")} closeLabel={t("common.close")} onClose={onClose}>
      <p className="mb-4 text-soft">{t("reasons.lead")}</p>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          saving.save(() => stock.saveReasons(reasons));
        }}
      >
        {reasons.length === 0 && <p>{t("reasons.none")}</p>}
        {reasons.map((reason, at) => (
          <div key={reason.id} className="flex flex-wrap items-end gap-3">
            <TextField
              label={t("reasons.name")}
              value={reason.name}
              onChange={(name) => change(at, { name })}
            />
            <LabelledSelect
              label={t("reasons.direction")}
              value={reason.direction}
              choices={DIRECTIONS.map((value) => ({ value, text: t(`reasons.direction.${value}`) }))}
              onChange={(direction) => change(at, { direction })}
            />
            <Button
              look="quietDanger"
              aria-label={t("reasons.remove", { name: reason.name })}
              onPress={() => setReasons(reasons.filter((_, place) => place !== at))}
            >
              <Trash2 aria-hidden size={18} />
            </Button>
          </div>
        ))}
        <Button
          onPress={() =>
            setReasons([...reasons, { id: `own-${crypto.randomUUID()}`, name: "", direction: "out" }])
          }
        >
          {t("reasons.add")}
        </Button>
        <SaveRow saving={saving} done={t("reasons.saved")} />
      </form>
    </Sheet>
  );
}
