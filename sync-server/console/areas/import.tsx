import { useState } from "react";
import { storesAnswerSchema } from "#protocol/hq/console.ts";
import { type ImportReport, importReportSchema } from "#protocol/hq/import.ts";
import { moneyText } from "../app/format.ts";
import { HqRefusal, hq } from "../app/hq.ts";
import { useHq } from "../app/use-hq.ts";
import { WORDS } from "../i18n/words.ts";
import { Button, Card, Cell, Table } from "../ui/parts.tsx";

type Done = Extract<ImportReport, { readonly ok: true }>;
type Change = Done["changes"][number];
const words = WORDS.import;

/** A CSV of products: first what would change, then, when that is right, the change. */
export function ImportArea() {
  const stores = useHq(storesAnswerSchema, "/hq/v1/stores");
  const [file, setFile] = useState<File | null>(null);
  const [store, setStore] = useState("");
  const [report, setReport] = useState<ImportReport | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [running, setRunning] = useState(false);

  async function run(dryRun: boolean): Promise<void> {
    if (file === null) return;
    setRunning(true);
    setProblem(null);
    const query = new URLSearchParams({ dryRun: String(dryRun), ...(store === "" ? {} : { store }) });
    try {
      setReport(await hq(importReportSchema, `/hq/v1/catalog/import?${query}`, { method: "POST", file }));
    } catch (error) {
      setProblem(error instanceof HqRefusal ? error.message : WORDS.failed);
    } finally {
      setRunning(false);
    }
  }

  return (
    <div className="flex flex-col gap-6">
      <Card title={words.title}>
        <div className="flex flex-col gap-4 p-5">
          <p className="max-w-2xl text-ink-soft">{words.intro}</p>
          <div className="flex flex-wrap items-end gap-4">
            <label className="flex flex-col gap-1.5 font-semibold">
              {words.file}
              <input
                type="file"
                accept=".csv,text/csv"
                className="min-h-11 rounded-lg border border-line bg-paper p-2 font-normal"
                onChange={(event) => {
                  setFile(event.target.files?.[0] ?? null);
                  setReport(null);
                }}
              />
            </label>
            <label className="flex flex-col gap-1.5 font-semibold">
              {words.store}
              <select
                value={store}
                onChange={(event) => setStore(event.target.value)}
                className="min-h-11 rounded-lg border border-line bg-paper px-3 font-normal"
              >
                <option value="">{words.noStore}</option>
                {stores.data?.stores.map(({ code, name }) => (
                  <option key={code} value={code}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
            <Button look="primary" disabled={file === null || running} onClick={() => void run(true)}>
              {words.dryRun}
            </Button>
            <Button
              disabled={file === null || running || report?.ok !== true || !report.dryRun}
              onClick={() => void run(false)}
            >
              {words.apply}
            </Button>
          </div>
          <p role="status" className="empty:hidden">
            {running ? words.running : null}
          </p>
          <p role="alert" className="font-semibold text-danger empty:hidden">
            {problem}
          </p>
        </div>
      </Card>
      {report === null ? null : <Report report={report} />}
    </div>
  );
}

function Report({ report }: { readonly report: ImportReport }) {
  if (!report.ok) {
    return (
      <p role="alert" className="rounded-2xl bg-danger-soft p-5 font-semibold text-danger">
        {words.refused} {report.message}
      </p>
    );
  }
  const { created, changed, unchanged } = report.products;
  return (
    <>
      <Card title={report.dryRun ? words.would : words.did}>
        <p className="figures border-line border-b p-5 text-lg">
          {created} {words.created} · {changed} {words.changed} · {unchanged} {words.unchanged} ·{" "}
          {report.rows} {words.rows}
        </p>
        <ul className="divide-y divide-line">
          {report.changes.map((change, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes, so a change's place is its name
            <li key={index} className="px-5 py-2.5">
              <ChangeWords change={change} />
            </li>
          ))}
        </ul>
      </Card>
      {report.problemCount === 0 ? null : (
        <Card title={words.problems(report.problemCount)}>
          <Table
            heads={[{ label: words.line, right: true }, { label: words.reason }, { label: words.value }]}
          >
            {report.problems.map((problem, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes, so a problem's place is its name
              <tr key={index}>
                <Cell right>{problem.line}</Cell>
                <Cell>
                  {problem.reason} <span className="text-ink-soft">({words.effect[problem.effect]})</span>
                </Cell>
                <Cell soft>
                  {problem.handle} {problem.column} {problem.value}
                </Cell>
              </tr>
            ))}
          </Table>
        </Card>
      )}
    </>
  );
}

function ChangeWords({ change }: { readonly change: Change }) {
  switch (change.kind) {
    case "new":
      return (
        <span>
          <strong className="text-brand">+ {change.title}</strong>{" "}
          <span className="text-ink-soft">({change.variants})</span>
        </span>
      );
    case "changed":
      return (
        <span>
          <strong>{change.title}</strong>
          {change.fields.map((field) => (
            <span key={`${field.field} ${field.sku}`} className="block text-sm">
              {field.sku} {field.field}: <del className="text-danger">{field.from}</del> →{" "}
              <ins className="text-brand no-underline">{field.to}</ins>
            </span>
          ))}
        </span>
      );
    case "price":
      return (
        <span className="figures">
          {change.sku} {words.price}:{" "}
          {change.from === null ? "" : <del className="text-danger">{moneyText(change.from)}</del>} →{" "}
          <ins className="text-brand no-underline">{moneyText(change.to)}</ins>
        </span>
      );
    case "stock":
      return (
        <span className="figures">
          {change.sku} {words.stock} {change.store}: <del className="text-danger">{change.from}</del> →{" "}
          <ins className="text-brand no-underline">{change.to}</ins>
        </span>
      );
  }
}
