import {
  type PutReorderRule,
  proposalsAnswerSchema,
  putReorderRuleSchema,
  reorderRulesAnswerSchema,
} from "#protocol/hq/replenish.ts";
import { type Answer, type Ask, type AskFile, asJson, LONG } from "./ask.ts";

/** Which proposals are looked at; empty words: all. */
export interface ProposalsShown {
  readonly store: string;
  readonly category: string;
  readonly search: string;
}

/** HQ's calls about what stores need more of. */
export class ReplenishApi {
  readonly #ask: Ask;
  readonly #file: AskFile;

  constructor(ask: Ask, file: AskFile) {
    this.#ask = ask;
    this.#file = file;
  }

  proposals(shown: ProposalsShown, page: { readonly offset: number; readonly limit: number }) {
    const query = new URLSearchParams({
      ...shown,
      offset: String(page.offset),
      limit: String(page.limit),
    });
    return this.#ask("GET", `/hq/v1/replenishment?${query}`, proposalsAnswerSchema, null, LONG);
  }

  csv(shown: ProposalsShown): Promise<Answer<Blob>> {
    return this.#file(`/hq/v1/replenishment/csv?${new URLSearchParams({ ...shown })}`);
  }

  rules(ask: { readonly search: string; readonly offset: number; readonly limit: number }) {
    const query = new URLSearchParams({
      search: ask.search,
      offset: String(ask.offset),
      limit: String(ask.limit),
    });
    return this.#ask("GET", `/hq/v1/reorder-rules?${query}`, reorderRulesAnswerSchema);
  }

  putRule(rule: PutReorderRule) {
    return this.#ask("PUT", "/hq/v1/reorder-rules", putReorderRuleSchema, asJson(rule));
  }
}
