import { EventEmitter } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";
import type { Answer, Asked } from "./server-machine.ts";

/** These answer by a stream. */
const STREAMS = /^\/sync\/v1\/(?:snapshot|pictures|changes)\b/;

/** Whether `callPlainly` is a way to ask this. */
export function isPlain({ path }: Asked): boolean {
  return !STREAMS.test(path);
}

/**
 * Asks a server by its own routing, with all that it does for each request, whose answer is one text. Hundreds of times a day: what `inject` puts between the two (streams, a connection, a head
 * that is written as text and read again) costs as much as many an answer.
 */
export function callPlainly(app: FastifyInstance, asked: Asked, remoteAddress: string): Promise<Answer> {
  return new Promise((resolve) => {
    const question = new Question(asked, remoteAddress);
    // Of the two it has what a server that answers by texts uses; what it lacks is a TypeError there, and a defect here.
    app.routing(
      question as unknown as IncomingMessage,
      new Reply(question.socket, resolve) as unknown as ServerResponse,
    );
  });
}

class Connection extends EventEmitter {
  readonly remoteAddress: string;
  readonly destroyed = false;

  constructor(remoteAddress: string) {
    super();
    this.remoteAddress = remoteAddress;
  }
}

class Question extends EventEmitter {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly socket: Connection;
  readonly httpVersionMajor = 1;
  readonly aborted = false;
  readonly #body: Buffer | null;
  #isRead = false;

  constructor({ method, path, headers, body }: Asked, remoteAddress: string) {
    super();
    this.method = method;
    this.url = path;
    this.socket = new Connection(remoteAddress);
    this.#body = body === null ? null : Buffer.from(body);
    const { length = 0 } = this.#body ?? {};
    this.headers = { host: "server.simulated", ...headers, "content-length": String(length) };
  }

  /** Whoever listens gets the body, behind what it does now. */
  resume(): void {
    if (this.#isRead) return;
    this.#isRead = true;
    process.nextTick(() => {
      if (this.#body !== null) this.emit("data", this.#body);
      this.emit("end");
    });
  }
}

class Reply extends EventEmitter {
  statusCode = 200;
  headersSent = false;
  writableEnded = false;
  writableFinished = false;
  readonly destroyed = false;
  readonly socket: Connection;
  readonly #answered: (answer: Answer) => void;
  readonly #headers = new Map<string, unknown>();

  constructor(socket: Connection, answered: (answer: Answer) => void) {
    super();
    this.socket = socket;
    this.#answered = answered;
  }

  setHeader(name: string, value: unknown): this {
    this.#headers.set(name.toLowerCase(), value);
    return this;
  }

  getHeader(name: string): unknown {
    return this.#headers.get(name.toLowerCase());
  }

  getHeaders(): Record<string, unknown> {
    return Object.fromEntries(this.#headers);
  }

  hasHeader(name: string): boolean {
    return this.#headers.has(name.toLowerCase());
  }

  removeHeader(name: string): void {
    this.#headers.delete(name.toLowerCase());
  }

  writeHead(status: number, headers: Readonly<Record<string, unknown>> = {}): this {
    this.statusCode = status;
    for (const [name, value] of Object.entries(headers)) this.setHeader(name, value);
    this.headersSent = true;
    return this;
  }

  end(payload: string | Buffer | null = null): this {
    this.headersSent = true;
    this.writableEnded = true;
    const headers = Object.fromEntries([...this.#headers].map(([name, value]) => [name, String(value)]));
    this.#answered({ status: this.statusCode, headers, body: Buffer.from(payload ?? "") });
    process.nextTick(() => {
      this.writableFinished = true;
      this.emit("finish");
      this.emit("close");
    });
    return this;
  }
}
