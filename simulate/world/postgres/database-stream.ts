import { Socket } from "node:net";
import { Duplex } from "node:stream";
import type { Asking } from "./database-line.ts";
import { type Message, Messages, textOf } from "./messages.ts";

const END = Buffer.from([0x58, 0, 0, 0, 4]);

export interface StreamEars {
  readonly ask: (asking: Asking) => void;
  readonly heard: (message: Message) => void;
  readonly ready: () => void;
  readonly gone: () => void;
}

/** One connection as `pg` sees it. What it says is kept until it is its turn, see `DatabaseLine`. */
export class DatabaseStream extends Duplex {
  /** A transaction that may change something is open. */
  isWriting = false;
  isListening = false;
  /** So many notifications does the open transaction send to each who listens. */
  tells = 0;
  readonly #ears: StreamEars;
  readonly #socket = new Socket();
  readonly #said = new Messages("client");
  readonly #answers = new Messages("server");
  #asked: Message[] = [];
  #to: readonly [number | string, string | undefined] | null = null;
  #finished: (() => void) | null = null;

  constructor(ears: StreamEars) {
    super();
    this.#ears = ears;
    this.#socket.setNoDelay(true);
    this.#socket.on("connect", () => ears.ready());
    this.#socket.on("data", (piece: Buffer) => {
      for (const message of this.#answers.whole(piece)) ears.heard(message);
    });
    // What went wrong is told by the end of it.
    this.#socket.on("error", () => undefined);
    this.#socket.on("close", () => ears.gone());
  }

  /** As `pg` begins a connection: a port and a host, or the path of a socket. */
  connect(port: number | string, host?: string): this {
    this.#to = [port, host];
    this.#ears.ask({ stream: this, kind: "connect", messages: [] });
    return this;
  }

  /** What a network's socket can do besides: this one is none. */
  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  /** It is its turn. */
  send(kind: Asking["kind"], bytes: Buffer): void {
    if (kind === "end") this.#socket.end(END);
    else if (kind === "ask") this.#socket.write(bytes);
    else if (this.#to !== null) {
      const [port, host] = this.#to;
      if (typeof port === "string") this.#socket.connect(port);
      else this.#socket.connect(port, host ?? "localhost");
    }
  }

  /** What an asking that was answered means for those that come. */
  noted(asked: readonly Message[], answer: readonly Message[]): void {
    const [first] = asked;
    if (first?.kind === "Q") this.#notedPlain(textOf(first), answer);
    const isTelling = asked.some(({ kind, body }) => kind === "P" && body.includes("pg_notify("));
    if (isTelling) this.tells += Number(doneOf(answer)?.replace("SELECT ", "") ?? 0);
  }

  /** The database has ended it, or was asked to. */
  ended(): void {
    const finished = this.#finished;
    if (finished === null) {
      this.destroy();
      return;
    }
    this.push(null);
    finished();
  }

  override _read(): void {
    // Whatever comes is handed on as it comes.
  }

  override _write(piece: Buffer, _: BufferEncoding, done: () => void): void {
    for (const message of this.#said.whole(piece)) this.#say(message);
    done();
  }

  override _final(done: () => void): void {
    this.#finished = done;
    this.#ears.ask({ stream: this, kind: "end", messages: [] });
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket.destroy();
    this.#finished?.();
    done(error);
  }

  #say(message: Message): void {
    const { kind } = message;
    // The end is asked for by `_final`.
    if (kind === "X") return;
    // It belongs to what is under way: the database asked for it.
    if (kind === "p") {
      this.#socket.write(message.bytes);
      return;
    }
    this.#asked.push(message);
    if (kind !== null && kind !== "Q" && kind !== "S") return;
    this.#ears.ask({ stream: this, kind: "ask", messages: this.#asked });
    this.#asked = [];
  }

  #notedPlain(text: string, answer: readonly Message[]): void {
    if (text.startsWith("BEGIN")) {
      this.isWriting = !text.includes("READ ONLY");
      this.tells = 0;
    } else if (text.startsWith("LISTEN")) this.isListening = true;
    else if (text === "ROLLBACK") this.isWriting = false;
    else if (text === "COMMIT") {
      this.isWriting = false;
      if (doneOf(answer) !== "COMMIT") this.tells = 0;
    }
  }
}

/** What the database says it did; null where it did not. */
function doneOf(answer: readonly Message[]): string | null {
  const done = answer.find(({ kind }) => kind === "C");
  return done === undefined ? null : textOf(done);
}
