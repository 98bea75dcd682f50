import { type ImportColumn, importJobSchema, importJobsSchema } from "#protocol/hq/import-jobs.ts";
import { type Ask, type AskFile, LONG } from "./ask.ts";

export interface ImportAsk {
  readonly id: string;
  readonly dryRun: boolean;
  readonly store: string | null;
  /** What headings are that are called otherwise. */
  readonly columns: Readonly<Record<string, ImportColumn | "none">>;
}

/** HQ's calls about imports that go on by themselves, and exports. */
export class ImportApi {
  readonly #ask: Ask;
  readonly #file: AskFile;

  constructor(ask: Ask, file: AskFile) {
    this.#ask = ask;
    this.#file = file;
  }

  start(file: File, { id, dryRun, store, columns }: ImportAsk) {
    const query = new URLSearchParams({
      fileName: file.name,
      dryRun: String(dryRun),
      columns: JSON.stringify(columns),
    });
    if (store !== null) query.set("store", store);
    return this.#ask(
      "PUT",
      `${pathOf(id)}?${query}`,
      importJobSchema,
      { type: "application/octet-stream", content: file },
      LONG,
    );
  }

  job = (id: string) => this.#ask("GET", pathOf(id), importJobSchema);
  jobs = () => this.#ask("GET", "/hq/v1/imports", importJobsSchema);
  undo = (id: string) => this.#ask("POST", `${pathOf(id)}/undo`, importJobSchema);
  findings = (id: string) => this.#file(`${pathOf(id)}/findings`);
  catalogue = (format: "csv" | "xlsx", search: string) =>
    this.#file(`/hq/v1/catalog/export?${new URLSearchParams({ format, search })}`);
}

function pathOf(id: string): string {
  return `/hq/v1/imports/${encodeURIComponent(id)}`;
}
