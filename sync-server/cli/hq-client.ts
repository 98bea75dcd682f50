import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import {
  type PairAnswer,
  pairAnswerSchema,
  type StoreRow,
  storesAnswerSchema,
} from "#protocol/hq/console.ts";
import { type ImportReport, importReportSchema } from "#protocol/hq/import.ts";
import {
  type KeyRow,
  type KeyScope,
  keysAnswerSchema,
  type MakeKeyAnswer,
  makeKeyAnswerSchema,
} from "#protocol/hq/keys.ts";
import { errorBodySchema } from "#protocol/sync/error.ts";
import { Failure, systemCode } from "./failure.ts";

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

  async #ask<S extends z.ZodType>(call: Call, schema: S): Promise<z.output<S>> {
    const answer = await this.#send(call).catch((error: unknown) => {
      throw error instanceof Failure ? error : new Failure(unreachable(this.#server, error));
    });
    const json = parsedJson(answer.body);
    const expected = schema.safeParse(json);
    if (expected.success) return expected.data;
    const refusal = errorBodySchema.safeParse(json);
    if (!refusal.success)
      throw new Failure(
        `${this.#server.origin} answers, but not as a Onetill server of this version (status ${answer.status}).`,
      );
    throw new Failure(
      refusal.data.reason === "unauthorised"
        ? "The server does not know this HQ key. It is in the file hq.key of the server's data folder."
        : [refusal.data.message, ...(refusal.data.details ?? [])].join("\n  "),
    );
  }

  #send({ method, path, type, body }: Call): Promise<{ readonly status: number; readonly body: string }> {
    const url = new URL(path, this.#server);
    const open = url.protocol === "https:" ? requestHttps : requestHttp;
    return new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${this.#key}`,
        ...(type === undefined ? {} : { "content-type": type }),
      };
      const request = open(url, { method, headers }, (answer: IncomingMessage) => {
        text(answer).then((content) => resolve({ status: answer.statusCode ?? 0, body: content }), reject);
      });
      request.on("error", reject);
      if (body === undefined) request.end();
      else pipeline(body, request).catch(reject);
    });
  }
}

interface Call {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly type?: string;
  readonly body?: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

function parsedJson(content: string): unknown {
  try {
    return JSON.parse(content);
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
