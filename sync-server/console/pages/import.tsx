import { FileUp, LoaderCircle } from "lucide-react";
import { useState } from "react";
import { DropZone, FileTrigger, Text } from "react-aria-components";
import type { ImportReport } from "#protocol/hq/import.ts";
import type { ApiProblem } from "../ask.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { PageTitle, Panel } from "../ui/panel.tsx";
import { CatalogueTabs } from "./catalogue-tabs.tsx";
import { ImportReportView } from "./import-report.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { StoreSelect } from "./store-select.tsx";

type Step =
  | { readonly kind: "choose" }
  | { readonly kind: "working"; readonly file: File; readonly dryRun: boolean }
  | { readonly kind: "answered"; readonly file: File; readonly report: ImportReport };

/** Choose a file, see what it would change, then import it. */
export function ImportPage() {
  const api = useApi();
  const [store, setStore] = useState<string | null>(null);
  const [step, setStep] = useState<Step>({ kind: "choose" });
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  async function send(file: File, ask: { readonly dryRun: boolean; readonly store: string | null }) {
    setStep({ kind: "working", file, dryRun: ask.dryRun });
    const answer = await api.importCatalog(file, ask);
    setProblem(answer.ok ? null : answer.reason);
    setStep(answer.ok ? { kind: "answered", file, report: answer.value } : { kind: "choose" });
  }

  return (
    <>
      <PageTitle title={t("import.title")}>
        <CatalogueTabs page="import" />
        <span className="text-soft">{t("import.stock")}</span>
        <StoreSelect
          label={t("import.stock")}
          value={store}
          none={t("import.stockNone")}
          onChange={(code) => {
            setStore(code);
            // What was checked was checked for another store.
            if (step.kind === "answered") void send(step.file, { dryRun: true, store: code });
          }}
        />
        {step.kind === "answered" && (
          <Button onPress={() => setStep({ kind: "choose" })}>{t("import.another")}</Button>
        )}
      </PageTitle>
      <ProblemNote problem={problem} />
      {step.kind === "choose" && <ChooseFile onFile={(file) => void send(file, { dryRun: true, store })} />}
      {step.kind === "working" && (
        <Panel>
          <p role="status" className="flex items-center justify-center gap-3 px-6 py-20 text-soft">
            <LoaderCircle aria-hidden className="motion-safe:animate-spin" />
            {t(step.dryRun ? "import.checking" : "import.importing", { file: step.file.name })}
          </p>
        </Panel>
      )}
      {step.kind === "answered" && (
        <ImportReportView
          fileName={step.file.name}
          report={step.report}
          onImport={() => void send(step.file, { dryRun: false, store })}
        />
      )}
    </>
  );
}

function ChooseFile({ onFile }: { readonly onFile: (file: File) => void }) {
  return (
    <DropZone
      onDrop={(event) => {
        const item = event.items.find((each) => each.kind === "file");
        if (item?.kind === "file") item.getFile().then(onFile, () => undefined);
      }}
      className={({ isDropTarget }) =>
        `flex flex-col items-center gap-4 rounded-2xl border-2 border-dashed px-6 py-20 text-center ${
          isDropTarget ? "border-brand bg-brand-soft" : "border-line bg-surface"
        }`
      }
    >
      <span className="flex size-14 items-center justify-center rounded-2xl bg-brand-soft text-brand">
        <FileUp aria-hidden size={28} />
      </span>
      <Text slot="label" className="text-lg">
        {t("import.drop")}
      </Text>
      <FileTrigger
        acceptedFileTypes={[".csv", "text/csv"]}
        onSelect={(files) => {
          const file = files?.[0];
          if (file !== undefined) onFile(file);
        }}
      >
        <Button look="primary">{t("import.choose")}</Button>
      </FileTrigger>
      <p className="max-w-md text-balance text-soft">{t("import.lead")}</p>
    </DropZone>
  );
}
