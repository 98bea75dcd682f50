import type { StaffId } from "#domain/ids.ts";
import { roleSchema } from "#protocol/documents/role.ts";
import { doneAnswerSchema } from "#protocol/hq/connectors.ts";
import {
  approvalsAnswerSchema,
  badgeAnswerSchema,
  type ClockCorrectionRequest,
  type ColleagueRequest,
  clockCorrectionAnswerSchema,
  colleagueRowSchema,
  commissionAnswerSchema,
  type NewColleagueRequest,
  type RoleRequest,
  rolesAnswerSchema,
  type StaffLogFilterName,
  staffAnswerSchema,
  timeClockAnswerSchema,
} from "#protocol/hq/staff.ts";
import { type Ask, type AskFile, asJson } from "./ask.ts";

/** Days, both in it, as `YYYY-MM-DD`; of one store or of all. */
export interface Period {
  readonly from: string;
  readonly until: string;
  readonly store: string | null;
}

/** HQ's calls about who works for the retailer, what they may do, and what they did. */
export class StaffApi {
  readonly #ask: Ask;
  readonly #file: AskFile;

  constructor(ask: Ask, file: AskFile) {
    this.#ask = ask;
    this.#file = file;
  }

  people(ask: { readonly store: string | null; readonly active: boolean | null; readonly search: string }) {
    const query = new URLSearchParams({ search: ask.search });
    if (ask.store !== null) query.set("store", ask.store);
    if (ask.active !== null) query.set("active", String(ask.active));
    return this.#ask("GET", `/hq/v1/staff?${query}`, staffAnswerSchema);
  }

  everybody = () => this.people({ store: null, active: null, search: "" });

  add = (wanted: NewColleagueRequest) =>
    this.#ask("POST", "/hq/v1/staff", colleagueRowSchema, asJson(wanted));
  edit = (id: StaffId, wanted: ColleagueRequest) =>
    this.#ask("PUT", pathOf(id), colleagueRowSchema, asJson(wanted));
  dismiss = (id: StaffId) => this.#ask("POST", `${pathOf(id)}/dismiss`, colleagueRowSchema);
  takeBack = (id: StaffId) => this.#ask("POST", `${pathOf(id)}/take-back`, colleagueRowSchema);
  setPin = (id: StaffId, pin: string) =>
    this.#ask("PUT", `${pathOf(id)}/pin`, colleagueRowSchema, asJson({ pin }));
  issueBadge = (id: StaffId) => this.#ask("POST", `${pathOf(id)}/badge`, badgeAnswerSchema);
  revokeBadge = (id: StaffId) => this.#ask("DELETE", `${pathOf(id)}/badge`, colleagueRowSchema);

  roles = () => this.#ask("GET", "/hq/v1/roles", rolesAnswerSchema);
  /** `id` null: a new one. */
  saveRole = (id: string | null, role: RoleRequest) =>
    id === null
      ? this.#ask("POST", "/hq/v1/roles", roleSchema, asJson(role))
      : this.#ask("PUT", `/hq/v1/roles/${encodeURIComponent(id)}`, roleSchema, asJson(role));
  deleteRole = (id: string) =>
    this.#ask("DELETE", `/hq/v1/roles/${encodeURIComponent(id)}`, doneAnswerSchema);

  timeClock = (period: Period) =>
    this.#ask("GET", `/hq/v1/time-clock?${queryOf(period)}`, timeClockAnswerSchema);
  correct = (wanted: ClockCorrectionRequest) =>
    this.#ask("POST", "/hq/v1/time-clock/corrections", clockCorrectionAnswerSchema, asJson(wanted));

  approvals(
    period: Period,
    { filter, limit }: { readonly filter: StaffLogFilterName; readonly limit: number },
  ) {
    const query = queryOf(period);
    query.set("filter", filter);
    query.set("limit", String(limit));
    return this.#ask("GET", `/hq/v1/approvals?${query}`, approvalsAnswerSchema);
  }

  commission = (period: Period) =>
    this.#ask("GET", `/hq/v1/commission?${queryOf(period)}`, commissionAnswerSchema);

  csv = (what: "commission" | "time-clock", period: Period) =>
    this.#file(`/hq/v1/${what}?${queryOf(period)}&format=csv`);
}

function queryOf({ from, until, store }: Period): URLSearchParams {
  const query = new URLSearchParams({ from, until });
  if (store !== null) query.set("store", store);
  return query;
}

function pathOf(id: StaffId): string {
  return `/hq/v1/staff/${encodeURIComponent(id)}`;
}
