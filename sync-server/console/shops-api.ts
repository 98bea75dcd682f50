import type { DeviceId } from "#domain/ids.ts";
import { pairAnswerSchema } from "#protocol/hq/console.ts";
import { type DASHBOARD_SORTS, dashboardSchema } from "#protocol/hq/dashboard.ts";
import {
  type NewStore,
  type StoreDetail,
  type StoreProfile,
  storeDetailSchema,
  storeListSchema,
} from "#protocol/hq/store-settings.ts";
import {
  adoptionAnswerSchema,
  tillDetailSchema,
  tillRowSchema,
  tillsAnswerSchema,
} from "#protocol/hq/tills.ts";
import { type Ask, asJson } from "./ask.ts";

type DashboardSort = (typeof DASHBOARD_SORTS)[number];

/** HQ's calls about stores, their tills and how they are doing. */
export class ShopsApi {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** `query`: as `GET /hq/v1/tills` takes it; what is empty is not asked for. */
  tills = (query: Readonly<Record<string, string>>) =>
    this.#ask("GET", `/hq/v1/tills?${queryOf(query)}`, tillsAnswerSchema);
  till = (id: DeviceId) => this.#ask("GET", pathOf(id), tillDetailSchema);
  renameTill = (id: DeviceId, name: string) => this.#ask("PUT", pathOf(id), tillRowSchema, asJson({ name }));
  restoreTill = (id: DeviceId) => this.#ask("POST", `${pathOf(id)}/restore`, tillRowSchema);
  replaceTill = (id: DeviceId) => this.#ask("POST", `${pathOf(id)}/take-over`, pairAnswerSchema);
  diagnoseTill = (id: DeviceId) => this.#ask("POST", `${pathOf(id)}/diagnose`, tillDetailSchema);

  /** `query`: as `GET /hq/v1/stores/list` takes it. */
  stores = (query: Readonly<Record<string, string>>) =>
    this.#ask("GET", `/hq/v1/stores/list?${queryOf(query)}`, storeListSchema);
  store = (code: string) => this.#ask("GET", storePath(code), storeDetailSchema);
  newStore = (wanted: NewStore) => this.#ask("POST", "/hq/v1/stores", storeDetailSchema, asJson(wanted));
  saveStore = (code: string, profile: StoreProfile) =>
    this.#ask("PUT", storePath(code), storeDetailSchema, asJson(profile));
  saveTax = (code: string, tax: StoreDetail["tax"]) =>
    this.#ask("PUT", `${storePath(code)}/tax`, storeDetailSchema, asJson(tax));
  closeStore = (code: string) => this.#ask("POST", `${storePath(code)}/close`, storeDetailSchema);
  reopenStore = (code: string) => this.#ask("POST", `${storePath(code)}/reopen`, storeDetailSchema);

  /** `seq` null: as far as the feed goes now. */
  adoption = (feed: string, seq: number | null) =>
    this.#ask(
      "GET",
      `/hq/v1/adoption?${queryOf({ feed, seq: seq === null ? "" : String(seq) })}`,
      adoptionAnswerSchema,
    );

  dashboard = (ask: {
    readonly sort: DashboardSort;
    readonly order: "up" | "down";
    readonly offset: number;
    readonly limit: number;
  }) =>
    this.#ask(
      "GET",
      `/hq/v1/dashboard?${queryOf({ ...ask, offset: String(ask.offset), limit: String(ask.limit) })}`,
      dashboardSchema,
    );
}

function queryOf(query: Readonly<Record<string, string>>): URLSearchParams {
  return new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ""));
}

function pathOf(id: DeviceId): string {
  return `/hq/v1/tills/${encodeURIComponent(id)}`;
}

function storePath(code: string): string {
  return `/hq/v1/stores/${encodeURIComponent(code)}`;
}
