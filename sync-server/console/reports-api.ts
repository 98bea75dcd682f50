import { doneAnswerSchema } from "#protocol/hq/connectors.ts";
import {
  reportAnswerSchema,
  reportMailsAnswerSchema,
  reportsAnswerSchema,
  reportTicketsAnswerSchema,
  type SavedViewRequest,
  savedViewRowSchema,
  savedViewsAnswerSchema,
} from "#protocol/hq/reports.ts";
import { type Ask, type AskFile, asJson, LONG } from "./ask.ts";

const VIEWS = "/hq/v1/report-views";

/** HQ's calls about reports, the tickets behind their figures, and those that were saved. */
export class ReportsApi {
  readonly #ask: Ask;
  readonly #file: AskFile;

  constructor(ask: Ask, file: AskFile) {
    this.#ask = ask;
    this.#file = file;
  }

  all = () => this.#ask("GET", "/hq/v1/reports", reportsAnswerSchema);
  report = (name: string, query: string) =>
    this.#ask("GET", `${pathOf(name)}?${query}`, reportAnswerSchema, null, LONG);
  tickets(name: string, query: string, after: string | null) {
    const page = after === null ? "" : `&after=${encodeURIComponent(after)}`;
    return this.#ask("GET", `${pathOf(name)}/tickets?${query}${page}`, reportTicketsAnswerSchema, null, LONG);
  }
  file = (name: string, query: string, format: "csv" | "xlsx") =>
    this.#file(`${pathOf(name)}/file?${query}&format=${format}`);

  views = () => this.#ask("GET", VIEWS, savedViewsAnswerSchema);
  /** `id` null: a new one. */
  saveView = (id: string | null, view: SavedViewRequest) =>
    id === null
      ? this.#ask("POST", VIEWS, savedViewRowSchema, asJson(view))
      : this.#ask("PUT", `${VIEWS}/${encodeURIComponent(id)}`, savedViewRowSchema, asJson(view));
  forgetView = (id: string) => this.#ask("DELETE", `${VIEWS}/${encodeURIComponent(id)}`, doneAnswerSchema);
  mails = (id: string) =>
    this.#ask("GET", `${VIEWS}/${encodeURIComponent(id)}/mails`, reportMailsAnswerSchema);
}

function pathOf(name: string): string {
  return `/hq/v1/reports/${encodeURIComponent(name)}`;
}
