import { useState } from "react";
import { EXPORT_FORMATS } from "#protocol/hq/journal-export.ts";
import type { AuditExportAsk } from "../api.ts";
import type { ApiProblem } from "../ask.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { download } from "./download.ts";
import { ProblemNote } from "./problem-note.tsx";

const FORMATS = ["journal", ...EXPORT_FORMATS] as const;

/** Saves the journal or books of a store, for auditors and accountants. */
export function AuditExportSheet({ onClose }: { readonly onClose: () => void }) {
  const api = useApi();
  const stores = useAskedOnce(api.stores).known?.stores ?? [];
  const [draft, setDraft] = useState<AuditExportAsk>({ store: "", format: "journal", from: "", until: "" });
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const store = draft.store === "" ? (stores[0]?.code ?? "") : draft.store;
  async function save(): Promise<void> {
    setBusy(true);
    const answer = await api.auditExport({ ...draft, store });
    setBusy(false);
    setProblem(answer.ok ? null : answer.reason);
    if (answer.ok) download(answer.value, `${draft.format}-${store}.zip`);
  }
  return (
    <Sheet title={t("audit.title")} closeLabel={t("common.close")} onClose={onClose}>
      <p className="mb-4 text-soft">{t("audit.lead")}</p>
      <ProblemNote problem={problem} />
      <div className="grid gap-4 sm:grid-cols-2">
        <LabelledSelect
          label={t("audit.store")}
          value={store}
          choices={stores.map(({ code, name }) => ({ value: code, text: name }))}
          onChange={(chosen) => setDraft({ ...draft, store: chosen })}
        />
        <LabelledSelect
          label={t("audit.format")}
          value={draft.format}
          choices={FORMATS.map((format) => ({ value: format, text: t(`audit.format.${format}`) }))}
          onChange={(chosen) => {
            const format = FORMATS.find((each) => each === chosen);
            if (format !== undefined) setDraft({ ...draft, format });
          }}
        />
        <TextField
          label={t("audit.from")}
          hint={t("audit.days.hint")}
          type="date"
          value={draft.from}
          onChange={(from) => setDraft({ ...draft, from })}
        />
        <TextField
          label={t("audit.until")}
          hint={t("audit.days.hint")}
          type="date"
          value={draft.until}
          onChange={(until) => setDraft({ ...draft, until })}
        />
      </div>
      <div className="mt-5 flex justify-end">
        <Button look="primary" isDisabled={store === "" || isBusy} onPress={() => save()}>
          {t(isBusy ? "audit.saving" : "audit.save")}
        </Button>
      </div>
    </Sheet>
  );
}
