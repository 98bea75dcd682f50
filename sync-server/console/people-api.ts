import type { ProfileChanges } from "#domain/customer/changes.ts";
import type { CustomerId } from "#domain/ids.ts";
import {
  type CustomerRulesDocument,
  customerAnswerSchema,
  customerRulesSchema,
  customerViewSchema,
  dismissedSchema,
  duplicatesAnswerSchema,
  erasedCustomerSchema,
  foundDuplicatesSchema,
  inactiveCustomersSchema,
  undoneMergeSchema,
} from "#protocol/hq/customers.ts";
import { type Ask, asJson, LONG, LOOKS } from "./ask.ts";

/** HQ's calls about customers' profiles. */
export class PeopleApi {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  view = (id: CustomerId) => this.#ask("GET", pathOf(id), customerViewSchema);

  register = (changes: ProfileChanges) =>
    this.#ask("POST", "/hq/v1/customers", customerAnswerSchema, asJson({ changes }));

  change = (id: CustomerId, changes: ProfileChanges) =>
    this.#ask("PUT", pathOf(id), customerAnswerSchema, asJson({ changes }));

  erase = (id: CustomerId, name: string) =>
    this.#ask("POST", `${pathOf(id)}/erase`, erasedCustomerSchema, asJson({ name }));

  merge = (survivor: CustomerId, former: CustomerId) =>
    this.#ask("POST", `${pathOf(survivor)}/merge`, customerAnswerSchema, asJson({ former }));

  undoMerge = (id: string) =>
    this.#ask("POST", `/hq/v1/customer-merges/${encodeURIComponent(id)}/undo`, undoneMergeSchema);

  duplicates = () => this.#ask("GET", "/hq/v1/customer-duplicates", duplicatesAnswerSchema);
  searchDuplicates = () =>
    this.#ask("POST", "/hq/v1/customer-duplicates/search", foundDuplicatesSchema, null, {
      ...LOOKS,
      ...LONG,
    });

  dismiss = (one: CustomerId, other: CustomerId) =>
    this.#ask("POST", "/hq/v1/customer-duplicates/dismiss", dismissedSchema, asJson({ one, other }));

  rules = () => this.#ask("GET", "/hq/v1/customer-rules", customerRulesSchema);
  saveRules = (rules: CustomerRulesDocument) =>
    this.#ask("PUT", "/hq/v1/customer-rules", customerRulesSchema, asJson(rules));

  inactive = () => this.#ask("GET", "/hq/v1/customers/inactive", inactiveCustomersSchema);
}

function pathOf(id: CustomerId): string {
  return `/hq/v1/customers/${encodeURIComponent(id)}`;
}
