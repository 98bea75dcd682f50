import { Download, LoaderCircle, Undo2 } from "lucide-react";
import { type ReactNode, useCallback, useState } from "react";
import type { ImportJobAnswer } from "#protocol/hq/import-jobs.ts";
import type { ApiProblem } from "../ask.ts";
import { numberText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import { usePolled } from "../use-polled.ts";
import { download } from "./download.ts";
import { ImportReportView } from "./import-report.tsx";
import { ProblemNote } from "./problem-note.tsx";

const UNDER_WAY_MS = 1_000;
const RESTING_MS = 60_000;

/** An import: how far it is, and once it is done what it found and changed. */
export function ImportJobView({
  id,
  isFileHere,
  onImport,
  mapping,
}: {
  readonly id: string;
  /** What was looked at can be imported without choosing the file again. */
  readonly isFileHere: boolean;
  readonly onImport: () => void;
  readonly mapping: (job: ImportJobAnswer) => ReactNode;
}) {
  const { imports } = useApi();
  const [isResting, setResting] = useState(false);
  const load = useCallback(async () => {
    const answer = await imports.job(id);
    if (answer.ok) setResting(answer.value.state !== "running" && answer.value.undo?.state !== "running");
    return answer;
  }, [imports, id]);
  const { data: job, problem, reload } = usePolled(load, isResting ? RESTING_MS : UNDER_WAY_MS);
  const [failed, setFailed] = useState<ApiProblem | null>(null);
  if (job === null) return <ProblemNote problem={problem} />;
  const { fileName: file, state, report, dryRun, undo } = job;

  async function takeAway(): Promise<void> {
    const all = await imports.findings(id);
    if (all.ok) download(all.value, `import-${file}.csv`);
    else setFailed(all.reason);
  }
  async function takeBack(): Promise<void> {
    const begun = await imports.undo(id);
    setFailed(begun.ok ? null : begun.reason);
    setResting(false);
    reload();
  }

  return (
    <div className="space-y-5">
      <ProblemNote problem={failed ?? problem} />
      {state === "running" && <UnderWay job={job} />}
      {(state === "interrupted" || state === "failed") && (
        <p role="alert" className="rounded-xl bg-warn-soft px-4 py-3 text-warn">
          {t(`importJob.${state}`, { file })}
        </p>
      )}
      {mapping(job)}
      {report !== null && (
        <>
          <div className="flex flex-wrap items-center gap-3">
            {report.ok && dryRun && !isFileHere && report.changeCount > 0 && (
              <p className="mr-auto text-soft">{t("importJob.chooseAgain", { file })}</p>
            )}
            {undo?.state === "done" && (
              <p role="status" className="mr-auto">
                {t("importJob.undone", { undone: numberText(undo.undone), kept: numberText(undo.kept) })}
              </p>
            )}
            {report.ok && (
              <Button onPress={() => takeAway()}>
                <Download aria-hidden size={18} />
                {t("importJob.all")}
              </Button>
            )}
            {report.ok && !dryRun && undo?.state !== "done" && (
              <Button isDisabled={undo !== null} onPress={() => takeBack()}>
                <Undo2 aria-hidden size={18} />
                {t(undo === null ? "importJob.undo" : "importJob.undoing")}
              </Button>
            )}
          </div>
          <ImportReportView fileName={file} report={report} onImport={isFileHere ? onImport : null} />
        </>
      )}
    </div>
  );
}

function UnderWay({ job: { done, total, fileName } }: { readonly job: ImportJobAnswer }) {
  return (
    <Panel>
      <div className="px-6 py-14 text-center">
        <p role="status" className="flex items-center justify-center gap-3">
          <LoaderCircle aria-hidden className="motion-safe:animate-spin" />
          {fileName}: {t("importJob.progress", { done: numberText(done), total: numberText(total) })}
        </p>
        <progress
          aria-label={t("importJob.progress", { done: numberText(done), total: numberText(total) })}
          className="mt-4 w-80 max-w-full accent-brand"
          max={Math.max(1, total)}
          value={done}
        />
        <p className="mt-3 text-soft">{t("importJob.leave")}</p>
      </div>
    </Panel>
  );
}
