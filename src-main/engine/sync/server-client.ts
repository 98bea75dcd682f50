import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import type { z } from "zod";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import { type EnrolAnswer, type EnrolRequest, enrolAnswerSchema } from "#protocol/sync/enrol.ts";
import { type ErrorBody, errorBodySchema } from "#protocol/sync/error.ts";
import { type PushAnswer, pushAnswerSchema } from "#protocol/sync/journal.ts";
import { type ReplicaAnswer, replicaAnswerSchema } from "#protocol/sync/replica.ts";
import { PROTOCOL_VERSION } from "#protocol/version.ts";

/** A call that takes longer than this, milliseconds, counts as a broken connection. */
export const CALL_TIMEOUT_MS = 30_000;

/** The server answered, and said no. */
export class ServerRefusal extends Error {
  readonly reason: ErrorBody["reason"];
  readonly status: number;

  constructor(status: number, body: ErrorBody) {
    super(body.message);
    this.reason = body.reason;
    this.status = status;
  }
}

/** The server could not be reached or its answer did not arrive whole. Everything may be tried again. */
export class Unreachable extends Error {}

/** Something answered that is no Onetill server. */
export class NotAServer extends Error {}

export interface ServerAddress {
  readonly server: string;
  readonly token: string | null;
}

/** The calls of DESIGN.md section 5, from the till's end. Every answer is checked by its schema. */
export class ServerClient {
  readonly #address: ServerAddress;
  readonly #fetch: typeof fetch;
  readonly #nowMs: () => number;

  constructor(
    address: ServerAddress,
    settings: { readonly fetch: typeof fetch; readonly nowMs: () => number },
  ) {
    this.#address = address;
    this.#fetch = settings.fetch;
    this.#nowMs = settings.nowMs;
  }

  enrol(request: EnrolRequest): Promise<EnrolAnswer> {
    return this.#json("POST", "/sync/v1/enrol", enrolAnswerSchema, request);
  }

  pull(ask: {
    readonly collection: ReplicaCollection;
    readonly after: string;
    readonly limit: number;
  }): Promise<ReplicaAnswer> {
    const query = new URLSearchParams({ after: ask.after, limit: String(ask.limit) });
    return this.#json("GET", `/sync/v1/replica/${ask.collection}?${query}`, replicaAnswerSchema);
  }

  push(entries: readonly JournalEntry[]): Promise<PushAnswer> {
    return this.#json("POST", "/sync/v1/journal", pushAnswerSchema, { entries });
  }

  /** The lines of a snapshot as they arrive. */
  async *snapshot(collection: ReplicaCollection, signal: AbortSignal): AsyncGenerator<string> {
    const response = await this.#call("GET", `/sync/v1/snapshot/${collection}`, signal);
    if (response.body === null) throw new Unreachable("an empty snapshot");
    try {
      yield* createInterface({ input: Readable.fromWeb(response.body), crlfDelay: Number.POSITIVE_INFINITY });
    } catch (error) {
      throw new Unreachable("the snapshot was cut off", { cause: error });
    }
  }

  /** The stream of wake-ups, raw text pieces as they come. */
  async *changes(signal: AbortSignal): AsyncGenerator<string> {
    const response = await this.#call("GET", "/sync/v1/changes", signal);
    if (response.body === null) throw new Unreachable("an empty stream");
    try {
      for await (const piece of response.body.pipeThrough(new TextDecoderStream())) yield piece;
    } catch (error) {
      throw new Unreachable("the stream was cut off", { cause: error });
    }
  }

  /** Null when the server has no such picture. */
  async picture(hash: string): Promise<{ readonly mime: string; readonly bytes: Uint8Array } | null> {
    try {
      const response = await this.#call(
        "GET",
        `/sync/v1/pictures/${hash}`,
        AbortSignal.timeout(CALL_TIMEOUT_MS),
      );
      return {
        mime: response.headers.get("content-type") ?? "application/octet-stream",
        bytes: new Uint8Array(await response.arrayBuffer()),
      };
    } catch (error) {
      if (error instanceof ServerRefusal && error.reason === "notFound") return null;
      throw error;
    }
  }

  async #json<S extends z.ZodType>(
    method: "GET" | "POST",
    path: string,
    schema: S,
    body?: unknown,
  ): Promise<z.output<S>> {
    const response = await this.#call(method, path, AbortSignal.timeout(CALL_TIMEOUT_MS), body);
    let answer: unknown;
    try {
      answer = await response.json();
    } catch (error) {
      throw new Unreachable("the answer did not arrive whole", { cause: error });
    }
    const parsed = schema.safeParse(answer);
    if (!parsed.success) throw new NotAServer("the answer is not of this protocol");
    return parsed.data;
  }

  async #call(method: "GET" | "POST", path: string, signal: AbortSignal, body?: unknown): Promise<Response> {
    let response: Response;
    try {
      response = await this.#fetch(new URL(path, this.#address.server), {
        method,
        signal,
        headers: this.#headers(body !== undefined),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch (error) {
      throw new Unreachable("the server cannot be reached", { cause: error });
    }
    if (response.ok) return response;
    const refusal = errorBodySchema.safeParse(await response.json().catch(() => null));
    if (refusal.success) throw new ServerRefusal(response.status, refusal.data);
    if (response.status >= 500) throw new Unreachable(`the server answered ${response.status}`);
    throw new NotAServer(`something answered ${response.status} that is no Onetill server`);
  }

  #headers(hasBody: boolean): Record<string, string> {
    return {
      "onetill-protocol": String(PROTOCOL_VERSION),
      "onetill-clock": String(this.#nowMs()),
      ...(this.#address.token === null ? {} : { authorization: `Bearer ${this.#address.token}` }),
      ...(hasBody ? { "content-type": "application/json" } : {}),
    };
  }
}
