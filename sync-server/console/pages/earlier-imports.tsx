import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import { Panel } from "../ui/panel.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { usePolled } from "../use-polled.ts";
import { addressOf } from "../use-route.ts";
import { ProblemNote } from "./problem-note.tsx";
import { When } from "./when.tsx";

const REFRESH_MS = 10_000;

const TONES: Readonly<Record<"running" | "done" | "refused" | "failed" | "interrupted", Tone>> = {
  running: "neutral",
  done: "good",
  refused: "warn",
  failed: "bad",
  interrupted: "warn",
};

/** The newest imports, each leading to what it found and changed. */
export function EarlierImports() {
  const { imports } = useApi();
  const { data, problem } = usePolled(imports.jobs, REFRESH_MS);
  if (data === null || data.imports.length === 0) return <ProblemNote problem={problem} />;
  return (
    <Panel title={t("importJob.earlier")}>
      <Table
        label={t("importJob.earlier")}
        columns={[
          { title: t("importJob.file") },
          { title: t("importJob.when") },
          { title: t("importJob.who") },
          { title: t("importJob.kind") },
          { title: t("importJob.state") },
        ]}
      >
        {data.imports.map(({ id, fileName, at, by, dryRun, state }) => (
          <Row key={id}>
            <Cell>
              <a
                className="inline-flex min-h-10 items-center font-medium text-brand"
                href={addressOf("import", { job: id })}
              >
                {fileName}
              </a>
            </Cell>
            <Cell>
              <When at={at} />
            </Cell>
            <Cell>{by.name || by.id}</Cell>
            <Cell>{t(dryRun ? "importJob.dry" : "importJob.real")}</Cell>
            <Cell>
              <Badge tone={TONES[state]}>{t(`importJob.state.${state}`)}</Badge>
            </Cell>
          </Row>
        ))}
      </Table>
    </Panel>
  );
}
