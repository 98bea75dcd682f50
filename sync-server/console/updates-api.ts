import type { RingPlans, UpdateRing } from "#domain/updates/rings.ts";
import { updatesAnswerSchema } from "#protocol/hq/updates.ts";
import { type Ask, asJson } from "./ask.ts";

/** HQ's calls about which version tills are to run. */
export class UpdatesApi {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  shown = () => this.#ask("GET", "/hq/v1/updates", updatesAnswerSchema);

  putPlans = (plans: RingPlans) =>
    this.#ask("PUT", "/hq/v1/updates/rings", updatesAnswerSchema, asJson(plans));

  putRing = (code: string, ring: UpdateRing) =>
    this.#ask(
      "PUT",
      `/hq/v1/stores/${encodeURIComponent(code)}/update-ring`,
      updatesAnswerSchema,
      asJson({ ring }),
    );
}
