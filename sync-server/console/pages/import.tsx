import { FileUp, LoaderCircle } from "lucide-react";
import { useState } from "react";
import { DropZone, FileTrigger, Text } from "react-aria-components";
import type { ImportColumn } from "#protocol/hq/import-jobs.ts";
import type { ApiProblem } from "../ask.ts";
import { OnceIds } from "../once-ids.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { PageTitle, Panel } from "../ui/panel.tsx";
import { useNewest } from "../use-newest.ts";
import { addressOf, showAsk, useAsk } from "../use-route.ts";
import { CatalogueTabs } from "./catalogue-tabs.tsx";
import { EarlierImports } from "./earlier-imports.tsx";
import { ExportPanel } from "./export-panel.tsx";
import { ImportColumns } from "./import-columns.tsx";
import { ImportJobView } from "./import-job.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { StoreSelect } from "./store-select.tsx";

type Columns = Readonly<Record<string, ImportColumn | "none">>;

interface Wanted {
  readonly dryRun: boolean;
  readonly store: string | null;
  readonly columns: Columns;
}

/** One for all visits to the page: what was not answered on an earlier one may have been imported. */
const IMPORTS = new OnceIds();

/** Choose a file, see what it would change, then import it; it goes on by itself, and the address leads back to it. */
export function ImportPage() {
  const { imports } = useApi();
  const { job: id = "" } = useAsk();
  const [file, setFile] = useState<File | null>(null);
  const [store, setStore] = useState<string | null>(null);
  const [columns, setColumns] = useState<Columns>({});
  const [sending, setSending] = useState<"look" | "import" | null>(null);
  const newest = useNewest();
  const [looks] = useState(() => new OnceIds());
  const [problem, setProblem] = useState<ApiProblem | "inDoubt" | null>(null);

  async function send(chosen: File, ask: Wanted) {
    // Imported twice, what was sold in between would be booked back.
    const ids = ask.dryRun ? looks : IMPORTS;
    const wish = wishOf(chosen, ask);
    if (!ask.dryRun && ids.isInDoubt(wish)) {
      setProblem("inDoubt");
      return;
    }
    setFile(chosen);
    setSending(ask.dryRun ? "look" : "import");
    const isWanted = newest.ask();
    const begun = await ids.ask(wish, (own) => imports.start(chosen, { ...ask, id: own }));
    if (begun.ok) ids.forget();
    // Another store was chosen meanwhile (for what is only looked at), or another page.
    if (!isWanted()) return;
    setSending(null);
    setProblem(begun.ok ? null : begun.reason);
    if (begun.ok) showAsk("import", { job: begun.value.id }, { replace: false });
  }

  return (
    <>
      <PageTitle title={t("importJob.title")}>
        <CatalogueTabs page="import" />
        <span className="text-soft">{t("import.stock")}</span>
        <StoreSelect
          label={t("import.stock")}
          value={store}
          none={t("import.stockNone")}
          isDisabled={sending === "import"}
          onChange={(code) => {
            setStore(code);
            // What was checked, or is being checked, is so for another store.
            if (file !== null && (id !== "" || sending !== null))
              void send(file, { dryRun: true, store: code, columns });
          }}
        />
        {id !== "" && (
          <a
            href={addressOf("import")}
            className="inline-flex min-h-10 items-center rounded-xl border border-line bg-surface px-4 font-semibold"
          >
            {t("import.another")}
          </a>
        )}
      </PageTitle>
      {problem === "inDoubt" ? (
        <p role="alert" className="mb-4 rounded-xl bg-warn-soft px-4 py-3 text-warn">
          {t("importJob.inDoubt")}
        </p>
      ) : (
        <ProblemNote problem={problem} />
      )}
      {sending !== null && file !== null ? (
        <Panel>
          <p role="status" className="flex items-center justify-center gap-3 px-6 py-20 text-soft">
            <LoaderCircle aria-hidden className="motion-safe:animate-spin" />
            {t("importJob.reading", { file: file.name })}
          </p>
        </Panel>
      ) : id === "" ? (
        <div className="space-y-5">
          <ChooseFile
            onFile={(chosen) => {
              setColumns({});
              void send(chosen, { dryRun: true, store, columns: {} });
            }}
          />
          <ExportPanel />
          <EarlierImports />
        </div>
      ) : (
        <ImportJobView
          key={id}
          id={id}
          isFileHere={file !== null}
          onImport={() => {
            if (file !== null) void send(file, { dryRun: false, store, columns });
          }}
          mapping={({ report }) =>
            file === null || report === null || report.ok || report.headings === undefined ? null : (
              <ImportColumns
                headings={report.headings}
                columns={columns}
                onChange={setColumns}
                onGo={() => void send(file, { dryRun: true, store, columns })}
              />
            )
          }
        />
      )}
    </>
  );
}

/** The same file is another object each time that it is chosen. */
function wishOf({ name, size, lastModified }: File, { store, columns }: Wanted): readonly unknown[] {
  return [name, size, lastModified, store, JSON.stringify(columns)];
}

function ChooseFile({ onFile }: { readonly onFile: (file: File) => void }) {
  return (
    <DropZone
      onDrop={(event) => {
        const item = event.items.find((each) => each.kind === "file");
        if (item?.kind === "file") item.getFile().then(onFile, () => undefined);
      }}
      className={({ isDropTarget }) =>
        `flex flex-col items-center gap-4 rounded-2xl border-2 border-dashed px-6 py-14 text-center ${
          isDropTarget ? "border-brand bg-brand-soft" : "border-line bg-surface"
        }`
      }
    >
      <span className="flex size-14 items-center justify-center rounded-2xl bg-brand-soft text-brand">
        <FileUp aria-hidden size={28} />
      </span>
      <Text slot="label" className="text-lg">
        {t("importJob.drop")}
      </Text>
      <FileTrigger
        acceptedFileTypes={[".csv", "text/csv", ".xlsx"]}
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
