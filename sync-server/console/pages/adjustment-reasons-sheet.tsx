import { Trash2 } from "lucide-react";
import { useState } from "react";
import type { AdjustmentReason } from "#domain/stock/adjusting.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { ProblemNote } from "./problem-note.tsx";
import { SaveRow, useSaving } from "./save-row.tsx";

const DIRECTIONS = ["out", "in", "both"] as const;

/** Reasons of the retailer's own, besides the usual ones. */
export function AdjustmentReasonsSheet({ onClose }: { readonly onClose: () => void }) {
  const { stock } = useApi();
  const { known, problem } = useAskedOnce(stock.reasons);
  return (
    <Sheet title={t("reasons.title")} closeLabel={t("common.close")} onClose={onClose}>
      <p className="mb-4 text-soft">{t("reasons.lead")}</p>
      <ProblemNote problem={problem} />
      {known !== null && <ReasonsForm known={known.reasons} />}
    </Sheet>
  );
}

function ReasonsForm({ known }: { readonly known: readonly AdjustmentReason[] }) {
  const { stock } = useApi();
  const [reasons, setReasons] = useState(known);
  const saving = useSaving();

  function put(changed: readonly AdjustmentReason[]): void {
    setReasons(changed);
    saving.forget();
  }

  function change(at: number, changes: Partial<AdjustmentReason>): void {
    put(reasons.map((reason, place) => (place === at ? { ...reason, ...changes } : reason)));
  }

  return (
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
            onPress={() => put(reasons.filter((_, place) => place !== at))}
          >
            <Trash2 aria-hidden size={18} />
          </Button>
        </div>
      ))}
      <Button
        onPress={() => put([...reasons, { id: `own-${crypto.randomUUID()}`, name: "", direction: "out" }])}
      >
        {t("reasons.add")}
      </Button>
      <SaveRow saving={saving} done={t("reasons.saved")} />
    </form>
  );
}
