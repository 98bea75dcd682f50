import { useState } from "react";
import { idOf } from "#domain/ids.ts";
import { adjustmentReasonsOf } from "#domain/stock/adjusting.ts";
import { OnceIds } from "../once-ids.ts";
import { useApi } from "../signed-in.ts";
import { isKey, t } from "../translate.ts";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { SaveRow, useSaving } from "./save-row.tsx";

/** Says that pieces of a level are there or gone, and why. */
export function AdjustForm({
  level,
  onDone,
}: {
  readonly level: { readonly store: string; readonly variant: string };
  readonly onDone: () => void;
}) {
  const { stock } = useApi();
  const reasons = adjustmentReasonsOf(useAskedOnce(stock.reasons).known?.reasons);
  const [pieces, setPieces] = useState("");
  const [why, setWhy] = useState("damaged");
  const [note, setNote] = useState("");
  const [ids] = useState(() => new OnceIds());
  const saving = useSaving();
  const quantity = /^[+-]?\d{1,6}$/.test(pieces.trim()) ? Number(pieces) : 0;

  function adjust(): void {
    if (quantity === 0) {
      saving.complain(t("adjust.wrong"));
      return;
    }
    const request = { quantity, why, note: note.trim() };
    const once = { ids, wish: Object.values(request), inDoubt: t("adjust.inDoubt") };
    saving.saveOnce(once, async (id) => {
      const answer = await stock.adjust(level, { ...request, id: idOf<"Adjustment">(id) });
      if (!answer.ok) return answer;
      // What was written meanwhile is for the next one.
      setPieces((now) => (now === pieces ? "" : now));
      setNote((now) => (now === note ? "" : now));
      ids.forget();
      onDone();
      return answer;
    });
  }

  return (
    <details className="mb-4 rounded-xl border border-line px-4 py-1">
      <summary className="min-h-10 cursor-pointer py-2 font-semibold">{t("adjust.title")}</summary>
      <form
        className="grid gap-4 pb-3 sm:grid-cols-3"
        onSubmit={(event) => {
          event.preventDefault();
          adjust();
        }}
      >
        <TextField
          label={t("adjust.pieces")}
          hint={t("adjust.pieces.hint")}
          value={pieces}
          onChange={(text) => {
            setPieces(text);
            saving.forget();
          }}
        />
        <LabelledSelect
          label={t("adjust.why")}
          value={why}
          choices={reasons.map(({ id: value, name }) => {
            const key = `adjust.why.${value}`;
            return { value, text: isKey(key) ? t(key) : name };
          })}
          onChange={(reason) => {
            setWhy(reason);
            saving.forget();
          }}
        />
        <TextField
          label={t("adjust.note")}
          value={note}
          onChange={(text) => {
            setNote(text);
            saving.forget();
          }}
        />
        <SaveRow saving={saving} done={t("adjust.done")} label={t("adjust.do")} />
      </form>
    </details>
  );
}
