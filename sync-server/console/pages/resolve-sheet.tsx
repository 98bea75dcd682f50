import { useState } from "react";
import type { Resolution } from "#domain/exceptions/exceptions.ts";
import type { ExceptionRow } from "#protocol/hq/orders.ts";
import type { ApiProblem } from "../ask.ts";
import { useApi, useOwnName } from "../signed-in.ts";
import { t, tNamed } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { TextField } from "../ui/text-field.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { StoreSelect } from "./store-select.tsx";

/** Chooses what is done about an exception; each choice is a real act, and the exception is closed with it. */
export function ResolveSheet({
  exception,
  onDone,
  onClose,
}: {
  readonly exception: ExceptionRow;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const api = useApi();
  const [resolution, setResolution] = useState<Resolution | null>(exception.resolutions[0] ?? null);
  const by = useOwnName();
  const [note, setNote] = useState("");
  const [store, setStore] = useState<string | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  const act = async (): Promise<void> => {
    if (resolution === null) return;
    const answer = await api.resolve(exception.id, { resolution, by, note: note.trim(), store });
    if (answer.ok) onDone();
    else setProblem(answer.reason);
  };

  return (
    <Sheet title={tNamed("exception", exception.kind)} closeLabel={t("common.close")} onClose={onClose}>
      <div className="space-y-4">
        <ProblemNote problem={problem} />
        <fieldset className="space-y-2">
          <legend className="sr-only">{t("exceptions.resolve")}</legend>
          {exception.resolutions.map((each) => (
            <label
              key={each}
              className="flex min-h-14 cursor-pointer items-center gap-3 rounded-xl border border-line px-4 py-2 has-checked:border-brand has-checked:bg-brand-soft"
            >
              <input
                type="radio"
                name="resolution"
                checked={resolution === each}
                onChange={() => setResolution(each)}
                className="size-5 accent-brand"
              />
              <span>
                <span className="block font-medium">{tNamed("resolution", each)}</span>
                <span className="block text-sm">{t(`resolution.${each}.lead`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {resolution === "reroute" && (
          <StoreSelect
            value={store}
            none={t("orders.anyStore")}
            label={t("exceptions.store")}
            onChange={setStore}
          />
        )}
        <TextField
          label={t("exceptions.note")}
          hint={t("exceptions.noteHint")}
          value={note}
          onChange={setNote}
        />
        <div className="flex justify-end">
          <Button look="primary" isDisabled={resolution === null} onPress={() => act()}>
            {t("exceptions.do")}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
