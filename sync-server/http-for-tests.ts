import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import type { HqRole } from "#domain/access/roles.ts";
import type { StoreId } from "#domain/ids.ts";
import { pairAnswerSchema } from "#protocol/hq/console.ts";
import { enrolAnswerSchema } from "#protocol/sync/enrol.ts";
import { errorBodySchema } from "#protocol/sync/error.ts";
import { buildServer, type HttpSettings } from "./http/server.ts";
import { ServerForTests } from "./server-for-tests.ts";
import { hashSecret } from "./sync/enrol.ts";
import { BERLIN, HAMBURG } from "./testing/shop.ts";
import { TestTill } from "./testing/till.ts";
import { sessionHeaders } from "./testing/users.ts";
import { WakeStream } from "./testing/wake-stream.ts";

export const HQ_KEY = "hq_a-key-that-only-the-tests-know";

export interface Asked {
  readonly method?: string;
  readonly token?: string | null;
  /** Sent as JSON; text is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface HttpTill {
  readonly till: TestTill;
  readonly enrolment: ReturnType<typeof enrolAnswerSchema.parse>;
  readonly token: string;
}

/** A server that really listens on a free port of this machine, and a client for it. Close it after the test. */
export class HttpForTests {
  readonly parts: ServerForTests;
  readonly address: string;
  readonly #app: FastifyInstance;
  readonly #others: FastifyInstance[] = [];

  private constructor(parts: ServerForTests, app: FastifyInstance) {
    this.parts = parts;
    this.#app = app;
    const bound: AddressInfo | string | null = app.server.address();
    this.address = `http://127.0.0.1:${typeof bound === "object" ? bound?.port : ""}`;
  }

  /** `askerOf`: who asks HQ, in place of the key that is sent. `sendsMail`: whether a mail account was set up. */
  static async open({
    askerOf,
    engine,
    sendsMail,
    ids,
    stores,
    ...more
  }: Partial<Omit<HttpSettings, "logger" | "checksAnswers">> &
    Parameters<typeof ServerForTests.open>[0] = {}): Promise<HttpForTests> {
    const parts = await ServerForTests.open({
      ...(engine === undefined ? {} : { engine }),
      ...(sendsMail === undefined ? {} : { sendsMail }),
      ...(ids === undefined ? {} : { ids }),
      ...(stores === undefined ? {} : { stores }),
    });
    await parts.storage.write((tx) => tx.addHqKey(hashSecret(HQ_KEY), parts.clock.now()));
    const settings = { logger: null, consoleRoot: null, checksAnswers: true, ...more };
    const app = await buildServer(parts.deps, askerOf === undefined ? settings : { ...settings, askerOf });
    await app.listen({ host: "127.0.0.1", port: 0 });
    return new HttpForTests(parts, app);
  }

  /** The address of another server on the same storage, which closes with this one. */
  async another(): Promise<string> {
    const app = await buildServer(this.parts.deps, { logger: null, consoleRoot: null, checksAnswers: true });
    this.#others.push(app);
    return app.listen({ host: "127.0.0.1", port: 0 });
  }

  async close(): Promise<void> {
    for (const other of this.#others) await other.close();
    await this.#app.close();
    await this.parts.close();
  }

  ask(path: string, { method = "GET", token = null, body, headers = {} }: Asked = {}): Promise<Response> {
    return fetch(`${this.address}${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  }

  /** Asks with HQ's key. */
  hq(path: string, asked: Asked = {}): Promise<Response> {
    return this.ask(path, { token: HQ_KEY, ...asked });
  }

  /** Asks as somebody of a role who signed in to the console; `stores` are for a store manager. */
  async as(
    role: HqRole,
    stores: readonly StoreId[] | null = null,
  ): Promise<(path: string, asked?: Asked) => Promise<Response>> {
    const { storage, clock } = this.parts;
    const who = await sessionHeaders(storage, { role, stores, at: clock.now(), origin: this.address });
    return (path, asked = {}) => this.ask(path, { ...asked, headers: { ...who, ...asked.headers } });
  }

  push(from: HttpTill, entries: readonly unknown[]): Promise<Response> {
    return this.ask("/sync/v1/journal", { method: "POST", token: from.token, body: { entries } });
  }

  async pair(storeCode: "BER1" | "HAM1" = "BER1"): Promise<HttpTill> {
    const made = await this.hq("/hq/v1/pairing-codes", { method: "POST", body: { store: storeCode } });
    const { code } = pairAnswerSchema.parse(await made.json());
    const till = new TestTill({ store: storeCode === "BER1" ? BERLIN.store : HAMBURG.store });
    const answer = await this.ask("/sync/v1/enrol", {
      method: "POST",
      body: { kind: "pair", code, publicKey: till.publicKey, name: "Till by the door" },
    });
    const enrolment = enrolAnswerSchema.parse(await answer.json());
    till.device = enrolment.device;
    return { till, enrolment, token: enrolment.token ?? "" };
  }

  /** Opens a till's stream of wake-ups; resolves once the server listens for changes on its behalf. */
  async listen(token: string): Promise<WakeStream> {
    return WakeStream.open(await this.ask("/sync/v1/changes", { token }));
  }
}

/** What a refusal is known by; throws when the answer is none as the protocol has them. */
export async function refusalOf(
  answer: Response,
): Promise<{ readonly status: number; readonly reason: string }> {
  const { reason } = errorBodySchema.parse(await answer.json());
  return { status: answer.status, reason };
}
