import { Download } from "lucide-react";
import { useState } from "react";
import type { ApiProblem } from "../ask.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import { TextField } from "../ui/text-field.tsx";
import { download } from "./download.ts";
import { ProblemNote } from "./problem-note.tsx";

/** The catalogue, or what is found in it, as a file. */
export function ExportPanel() {
  const { imports } = useApi();
  const [search, setSearch] = useState("");
  const [isWorking, setWorking] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  async function take(format: "csv" | "xlsx"): Promise<void> {
    setWorking(true);
    const file = await imports.catalogue(format, search.trim());
    setWorking(false);
    setProblem(file.ok ? null : file.reason);
    if (file.ok) download(file.value, `catalogue.${format}`);
  }

  return (
    <Panel title={t("export.title")}>
      <div className="flex flex-wrap items-end gap-3 p-5">
        <div className="w-80 max-w-full">
          <TextField label={t("export.search")} value={search} onChange={setSearch} />
        </div>
        {(["csv", "xlsx"] as const).map((format) => (
          <Button key={format} className="min-h-11" isDisabled={isWorking} onPress={() => take(format)}>
            <Download aria-hidden size={18} />
            {t(`export.${format}`)}
          </Button>
        ))}
        <p role="status" className="basis-full text-soft">
          {isWorking ? t("export.working") : t("export.lead")}
        </p>
        <ProblemNote problem={problem} />
      </div>
    </Panel>
  );
}
