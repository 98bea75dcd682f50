import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import type { KeyScope } from "#domain/access/key-scopes.ts";
import {
  type PairAnswer,
  pairAnswerSchema,
  type StoreRow,
  storesAnswerSchema,
} from "#protocol/hq/console.ts";
import { type ImportReport, importReportSchema } from "#protocol/hq/import.ts";
import { type KeyRow, keysAnswerSchema, type MakeKeyAnswer, makeKeyAnswerSchema } from "#protocol/hq/keys.ts";
import { errorBodySchema } from "#protocol/sync/error.ts";
import { Failure, systemCode } from "./failure.ts";
import type { ExportCommand } from "./options.ts";

/** HQ's side of the server. Every call throws a Failure with a plain sentence when it cannot be done. */
export class HqClient {
  readonly #server: URL;
  readonly #key: string;

  constructor(server: URL, key: string) {
    this.#server = server;
    this.#key = key;
  }

  async stores(): Promise<readonly StoreRow[]> {
    return (await this.#ask({ method: "GET", path: "/hq/v1/stores" }, storesAnswerSchema)).stores;
  }

  pairingCode(store: string): Promise<PairAnswer> {
    const body = [Buffer.from(JSON.stringify({ store }))];
    return this.#ask(
      { method: "POST", path: "/hq/v1/pairing-codes", type: "application/json", body },
      pairAnswerSchema,
    );
  }

  makeKey(wanted: {
    readonly scope: KeyScope;
    readonly name: string;
    readonly channels: readonly string[];
  }): Promise<MakeKeyAnswer> {
    const body = [Buffer.from(JSON.stringify(wanted))];
    return this.#ask(
      { method: "POST", path: "/hq/v1/keys", type: "application/json", body },
      makeKeyAnswerSchema,
    );
  }

  async keys(): Promise<readonly KeyRow[]> {
    return (await this.#ask({ method: "GET", path: "/hq/v1/keys" }, keysAnswerSchema)).keys;
  }

  async revokeKey(id: string): Promise<void> {
    const path = `/hq/v1/keys/${encodeURIComponent(id)}`;
    await this.#ask({ method: "DELETE", path }, z.strictObject({}));
  }

  /** Sends the file as it is read, and waits as long as the server works on it. */
  importCatalog(
    bytes: AsyncIterable<Uint8Array>,
    ask: { readonly dryRun: boolean; readonly store: string | null; readonly list: string | null },
  ): Promise<ImportReport> {
    const query = new URLSearchParams({ dryRun: String(ask.dryRun) });
    if (ask.store !== null) query.set("store", ask.store);
    if (ask.list !== null) query.set("list", ask.list);
    return this.#ask(
      { method: "POST", path: `/hq/v1/catalog/import?${query}`, type: "text/csv", body: bytes },
      importReportSchema,
    );
  }

  /** An export as a ZIP archive. */
  async exportZip({ format, store, register, days }: ExportCommand["wish"]): Promise<Uint8Array> {
    const query = new URLSearchParams({ store });
    if (register !== null) query.set("register", String(register));
    if (days.from !== null) query.set("from", days.from);
    if (days.until !== null) query.set("until", days.until);
    if (format !== "journal") query.set("format", format);
    const path = format === "journal" ? "/hq/v1/journal-export" : "/hq/v1/exports";
    const answer = await this.#answered({ method: "GET", path: `${path}?${query}` });
    if (answer.type === "application/zip") return answer.body;
    throw new Failure(this.#refusalWords(answer));
  }

  async #ask<S extends z.ZodType>(call: Call, schema: S): Promise<z.output<S>> {
    const answer = await this.#answered(call);
    const expected = schema.safeParse(parsedJson(answer.body));
    if (expected.success) return expected.data;
    throw new Failure(this.#refusalWords(answer));
  }

  #answered(call: Call): Promise<Answered> {
    return this.#send(call).catch((error: unknown) => {
      throw error instanceof Failure ? error : new Failure(unreachable(this.#server, error));
    });
  }

  #refusalWords({ status, body }: Answered): string {
    const refusal = errorBodySchema.safeParse(parsedJson(body));
    if (!refusal.success)
      return `${this.#server.origin} answers, but not as a Onetill server of this version (status ${status}).`;
    return refusal.data.reason === "unauthorised"
      ? "The server does not know this HQ key. It is in the file hq.key of the server's data folder."
      : [refusal.data.message, ...(refusal.data.details ?? [])].join("\n  ");
  }

  #send({ method, path, type, body }: Call): Promise<Answered> {
    const url = new URL(path, this.#server);
    const open = url.protocol === "https:" ? requestHttps : requestHttp;
    return new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${this.#key}`,
        ...(type === undefined ? {} : { "content-type": type }),
      };
      const request = open(url, { method, headers }, (answer: IncomingMessage) => {
        const { statusCode: status = 0, headers: said } = answer;
        const type = said["content-type"] ?? "";
        buffer(answer).then((body) => resolve({ status, type, body }), reject);
      });
      request.on("error", reject);
      if (body === undefined) request.end();
      else pipeline(body, request).catch(reject);
    });
  }
}

interface Answered {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
}

interface Call {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly type?: string;
  readonly body?: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

function parsedJson(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString("utf8"));
  } catch {
    return null;
  }
}

function unreachable(server: URL, error: unknown): string {
  const code = systemCode(error);
  switch (code) {
    case "ECONNREFUSED":
      return `No server answers at ${server.origin}. Is it running? Start it with npm start or npm run server.`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `There is no machine called ${server.hostname}. Check --server.`;
    case "ECONNRESET":
    case "EPIPE":
      return `The server at ${server.origin} hung up before it answered. Look whether it imported anything before trying again.`;
    default:
      return `The server at ${server.origin} cannot be reached (${code ?? String(error)}).`;
  }
}
