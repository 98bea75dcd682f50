import type { AuditCheckName } from "#domain/data-audit/checks.ts";
import {
  type AuditOwnerRequest,
  auditRowsAnswerSchema,
  dataAuditAnswerSchema,
} from "#protocol/hq/data-audit.ts";
import { type Ask, type AskFile, asJson, LONG, LOOKS } from "./ask.ts";

const PATH = "/hq/v1/data-audit";

/** What of a check is looked at. */
export interface AuditRowsWish {
  /** A code; null: all stores. */
  readonly store: string | null;
  readonly channel: string | null;
}

/** HQ's calls about the data audit. */
export class DataAuditApi {
  readonly #ask: Ask;
  readonly #file: AskFile;

  constructor(ask: Ask, file: AskFile) {
    this.#ask = ask;
    this.#file = file;
  }

  checks = () => this.#ask("GET", PATH, dataAuditAnswerSchema, null, LONG);
  countAgain = () => this.#ask("POST", `${PATH}/check`, dataAuditAnswerSchema, null, { ...LOOKS, ...LONG });
  rows(
    check: AuditCheckName,
    { offset, limit, ...wish }: AuditRowsWish & { readonly offset: number; readonly limit: number },
  ) {
    const query = queryOf(wish);
    query.set("offset", String(offset));
    query.set("limit", String(limit));
    return this.#ask("GET", `${PATH}/${check}?${query}`, auditRowsAnswerSchema, null, LONG);
  }
  file = (check: AuditCheckName, wish: AuditRowsWish) => this.#file(`${PATH}/${check}/file?${queryOf(wish)}`);
  give = (check: AuditCheckName, wish: AuditOwnerRequest) =>
    this.#ask("PUT", `${PATH}/${check}/owner`, dataAuditAnswerSchema, asJson(wish));
}

function queryOf({ store, channel }: AuditRowsWish): URLSearchParams {
  return new URLSearchParams({
    ...(store === null ? {} : { store }),
    ...(channel === null ? {} : { channel }),
  });
}
