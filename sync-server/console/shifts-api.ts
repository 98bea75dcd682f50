import type { EntryId } from "#domain/ids.ts";
import type { CashPolicy } from "#domain/shift/cash.ts";
import {
  cashPoliciesAnswerSchema,
  shiftsAnswerSchema,
  storeCashSchema,
  zReportDetailSchema,
  zReportsAnswerSchema,
} from "#protocol/hq/shifts.ts";
import { type Ask, type AskFile, asJson } from "./ask.ts";

/** HQ's calls about drawers and days. */
export class ShiftsApi {
  readonly #ask: Ask;
  readonly #file: AskFile;

  constructor(ask: Ask, file: AskFile) {
    this.#ask = ask;
    this.#file = file;
  }

  /** A Z report as its till printed it: a PDF. */
  zReportFile = (id: EntryId) => this.#file(`/hq/v1/z-reports/${encodeURIComponent(id)}/file`);

  open = (store: string | null) =>
    this.#ask("GET", `/hq/v1/shifts?${query({ filter: "open", store })}`, shiftsAnswerSchema);

  zReports = (asked: { readonly store: string | null; readonly day: string; readonly limit: number }) => {
    const day = asked.day === "" ? null : asked.day;
    return this.#ask(
      "GET",
      `/hq/v1/z-reports?${query({ store: asked.store, day, limit: String(asked.limit) })}`,
      zReportsAnswerSchema,
    );
  };

  zReport = (id: EntryId) =>
    this.#ask("GET", `/hq/v1/z-reports/${encodeURIComponent(id)}`, zReportDetailSchema);

  cashPolicies = () => this.#ask("GET", "/hq/v1/cash-policies", cashPoliciesAnswerSchema);

  saveCash = (code: string, policy: CashPolicy) =>
    this.#ask("PUT", `/hq/v1/stores/${encodeURIComponent(code)}/cash`, storeCashSchema, asJson(policy));
}

function query(values: Readonly<Record<string, string | null>>): string {
  const given = Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  return new URLSearchParams(given).toString();
}
