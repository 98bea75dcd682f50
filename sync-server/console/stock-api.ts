import type { CountId, VariantId } from "#domain/ids.ts";
import type { AdjustmentReason } from "#domain/stock/adjusting.ts";
import {
  bookedAnswerSchema,
  countDetailSchema,
  countRowSchema,
  countsAnswerSchema,
  type PlanCountRequest,
  type ResultKind,
  resultsAnswerSchema,
} from "#protocol/hq/counts.ts";
import {
  type AdjustRequest,
  adjustmentReasonsAnswerSchema,
  type LevelSort,
  type LevelState,
  levelRowSchema,
  levelsAnswerSchema,
  movementsAnswerSchema,
} from "#protocol/hq/stock.ts";
import { stockValueAnswerSchema } from "#protocol/hq/stock-value.ts";
import { type Answer, type Ask, type AskFile, asJson, LONG } from "./ask.ts";

/** Which levels the page shows. */
export interface LevelsShown {
  /** Empty: all. */
  readonly store: string;
  readonly category: string;
  readonly search: string;
  readonly state: LevelState;
  readonly sort: LevelSort;
  readonly descending: boolean;
}

/** HQ's calls about what there is in the stores. */
export class StockApi {
  readonly #ask: Ask;
  readonly #file: AskFile;

  constructor(ask: Ask, file: AskFile) {
    this.#ask = ask;
    this.#file = file;
  }

  levels(shown: LevelsShown, page: { readonly offset: number; readonly limit: number }) {
    const query = queryOf(shown);
    query.set("offset", String(page.offset));
    query.set("limit", String(page.limit));
    return this.#ask("GET", `/hq/v1/stock?${query}`, levelsAnswerSchema);
  }

  csv(shown: LevelsShown): Promise<Answer<Blob>> {
    return this.#file(`/hq/v1/stock/csv?${queryOf(shown)}`);
  }

  value(store: string) {
    const query = store === "" ? "" : `?${new URLSearchParams({ store })}`;
    return this.#ask("GET", `/hq/v1/stock-value${query}`, stockValueAnswerSchema, null, LONG);
  }

  movements(level: { readonly store: string; readonly variant: string }, before: string | null) {
    const query = before === null ? "" : `?${new URLSearchParams({ before })}`;
    return this.#ask("GET", `${pathOf(level)}/movements${query}`, movementsAnswerSchema);
  }

  adjust(level: { readonly store: string; readonly variant: string }, request: AdjustRequest) {
    return this.#ask("POST", `${pathOf(level)}/adjust`, levelRowSchema, asJson(request));
  }

  reasons = () => this.#ask("GET", "/hq/v1/adjustment-reasons", adjustmentReasonsAnswerSchema);

  saveReasons(reasons: readonly AdjustmentReason[]) {
    return this.#ask("PUT", "/hq/v1/adjustment-reasons", adjustmentReasonsAnswerSchema, asJson({ reasons }));
  }

  counts(store: string) {
    const query = store === "" ? "" : `?${new URLSearchParams({ store })}`;
    return this.#ask("GET", `/hq/v1/counts${query}`, countsAnswerSchema);
  }

  plan(request: PlanCountRequest) {
    return this.#ask("POST", "/hq/v1/counts", countRowSchema, asJson(request));
  }

  count(id: string) {
    return this.#ask("GET", countPath(id), countDetailSchema);
  }

  results(
    id: string,
    { show, offset, limit }: { readonly show: ResultKind; readonly offset: number; readonly limit: number },
  ) {
    const query = new URLSearchParams({ show, offset: String(offset), limit: String(limit) });
    return this.#ask("GET", `${countPath(id)}/results?${query}`, resultsAnswerSchema);
  }

  move(id: CountId, state: "counted" | "cancelled" | "closed") {
    return this.#ask("POST", `${countPath(id)}/state`, countRowSchema, asJson({ state }));
  }

  leaveOut(id: CountId, area: string, leftOut: boolean) {
    const path = `${countPath(id)}/areas/${encodeURIComponent(area)}`;
    return this.#ask("POST", path, countDetailSchema, asJson({ leftOut }));
  }

  book(id: CountId, wish: { readonly variants: readonly VariantId[] | null; readonly missing: boolean }) {
    return this.#ask("POST", `${countPath(id)}/book`, bookedAnswerSchema, asJson(wish), LONG);
  }

  again(id: CountId, wish: { readonly variants: readonly VariantId[]; readonly name: string }) {
    return this.#ask("POST", `${countPath(id)}/again`, countRowSchema, asJson(wish));
  }
}

function queryOf({ store, category, search, state, sort, descending }: LevelsShown): URLSearchParams {
  const query = new URLSearchParams({ category, search, state, sort, descending: String(descending) });
  if (store !== "") query.set("store", store);
  return query;
}

function pathOf({ store, variant }: { readonly store: string; readonly variant: string }): string {
  return `/hq/v1/stores/${encodeURIComponent(store)}/stock/${encodeURIComponent(variant)}`;
}

function countPath(id: string): string {
  return `/hq/v1/counts/${encodeURIComponent(id)}`;
}
