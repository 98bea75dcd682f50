import { useCallback, useState } from "react";
import type { WebhookRow } from "#protocol/hq/webhooks.ts";
import type { Answer } from "../ask.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Check } from "../ui/check.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { ProblemNote } from "./problem-note.tsx";
import { Complaint, useSaving } from "./save-row.tsx";

/** Where events are to go and which of them. */
export function EndpointForm<T>({
  known,
  onSave,
  onSaved,
  onClose,
}: {
  /** Null: a new one. */
  readonly known: Pick<WebhookRow, "url" | "types"> | null;
  readonly onSave: (wanted: {
    readonly url: string;
    readonly types: readonly string[];
  }) => Promise<Answer<T>>;
  readonly onSaved: (saved: T) => void;
  readonly onClose: () => void;
}) {
  const { integrations } = useApi();
  const [url, setUrl] = useState(known?.url ?? "https://");
  const [types, setTypes] = useState<readonly string[]>(known?.types ?? []);
  const [isAll, setAll] = useState((known?.types.length ?? 0) === 0);
  const saving = useSaving();
  const offered = useAskedOnce(
    useCallback(() => integrations.events({ after: 0, types: "none", limit: 1 }), [integrations]),
  );

  function save(): void {
    saving.save(async () => {
      const answer = await onSave({ url: url.trim(), types: isAll ? [] : types });
      if (answer.ok) onSaved(answer.value);
      return answer;
    });
  }

  return (
    <Sheet
      title={t(known === null ? "webhooks.add" : "webhooks.edit")}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <ProblemNote problem={offered.problem} />
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextField label={t("webhooks.url")} hint={t("webhooks.url.hint")} value={url} onChange={setUrl} />
        <fieldset>
          <legend className="mb-1 font-medium text-sm">{t("webhooks.types")}</legend>
          <Check label={t("webhooks.types.all")} checked={isAll} onChange={setAll} />
          {!isAll && (
            <ul className="max-h-72 overflow-y-auto rounded-xl border border-line px-4 py-2">
              {(offered.known?.types ?? []).map(({ type, words }) => (
                <li key={type}>
                  <Check
                    label={type}
                    checked={types.includes(type)}
                    onChange={(isOn) =>
                      setTypes(isOn ? [...types, type] : types.filter((each) => each !== type))
                    }
                  />
                  <p className="pb-2 pl-8 text-soft text-sm">{words}</p>
                </li>
              ))}
            </ul>
          )}
        </fieldset>
        <Complaint saving={saving} />
        <div className="flex justify-end gap-3 pt-2">
          <Button onPress={onClose}>{t("common.cancel")}</Button>
          <Button
            look="primary"
            type="submit"
            isDisabled={saving.state === "busy" || (!isAll && types.length === 0)}
          >
            {t("common.save")}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
