import type { CustomerId } from "#domain/ids.ts";
import type { LoyaltyProgramme } from "#domain/loyalty/programme.ts";
import { customerPointsAnswerSchema, loyaltyAnswerSchema } from "#protocol/hq/loyalty.ts";
import { type Ask, asJson } from "./ask.ts";

/** HQ's calls about the loyalty programme. */
export class LoyaltyApi {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  read = () => this.#ask("GET", "/hq/v1/loyalty", loyaltyAnswerSchema);

  save(programme: LoyaltyProgramme | null) {
    return this.#ask("PUT", "/hq/v1/loyalty", loyaltyAnswerSchema, asJson({ programme }));
  }

  pointsOf(customer: CustomerId) {
    return this.#ask("GET", pointsPath(customer), customerPointsAnswerSchema);
  }

  adjust(
    customer: CustomerId,
    act: { readonly id: string; readonly points: number; readonly reason: string; readonly by: string },
  ) {
    return this.#ask("POST", pointsPath(customer), customerPointsAnswerSchema, asJson(act));
  }
}

function pointsPath(customer: CustomerId): string {
  return `/hq/v1/customers/${encodeURIComponent(customer)}/points`;
}
