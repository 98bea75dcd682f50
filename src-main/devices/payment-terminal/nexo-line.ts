import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { FrameReader, framed } from "./framing.ts";
import { answerSchema, type NexoAnswer } from "./nexo-messages.ts";
import type { TerminalSetup } from "./port.ts";

const KEEP_ALIVE_MS = 30_000;

/** `unreachable`: nothing was sent. `lost`: it was, and the answer did not come. */
export type Exchange =
  | { readonly kind: "answer"; readonly answer: NexoAnswer }
  | { readonly kind: "unreachable" | "lost" };

interface Waiting {
  readonly category: string;
  readonly give: (exchange: Exchange) => void;
}

/**
 * The line to a nexo terminal: one connection for as long as it holds, opened anew with the next request. Answers find their request by its
 * ServiceID; one that nobody waits for any more is told as late.
 */
export class NexoLine {
  readonly #setup: TerminalSetup;
  readonly #connectMs: number;
  readonly #onLate: (answer: NexoAnswer) => void;
  readonly #waiting = new Map<string, Waiting>();
  #socket: Socket | null = null;
  #opening: Promise<Socket | null> | null = null;
  #closed = false;

  constructor(
    setup: TerminalSetup,
    { connectMs, onLate }: { readonly connectMs: number; readonly onLate: (answer: NexoAnswer) => void },
  ) {
    this.#setup = setup;
    this.#connectMs = connectMs;
    this.#onLate = onLate;
  }

  /** Sends a request and waits for its answer, milliseconds. Never rejects. */
  async exchange({
    service,
    category,
    message,
    waitMs,
    givesUp,
  }: {
    readonly service: string;
    readonly category: string;
    readonly message: string;
    readonly waitMs: number;
    /** Whether a line without an answer in time is taken for dead. A customer may be slow: the line to one is not. */
    readonly givesUp: boolean;
  }): Promise<Exchange> {
    const socket = await this.#open();
    if (socket === null) return { kind: "unreachable" };
    return new Promise((resolve) => {
      const give = (exchange: Exchange): void => {
        clearTimeout(timer);
        if (this.#waiting.get(service)?.give === give) this.#waiting.delete(service);
        resolve(exchange);
      };
      const timer = setTimeout(() => {
        give({ kind: "lost" });
        if (givesUp) this.#hangUp(socket);
      }, waitMs);
      this.#waiting.set(service, { category, give });
      socket.write(framed(message));
    });
  }

  /** Sends what is never answered; false: it could not be sent. */
  async send(message: string): Promise<boolean> {
    const socket = await this.#open();
    socket?.write(framed(message));
    return socket !== null;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#hangUp(this.#socket);
    await this.#opening;
  }

  #open(): Promise<Socket | null> {
    if (this.#closed) return Promise.resolve(null);
    if (this.#socket !== null) return Promise.resolve(this.#socket);
    this.#opening ??= this.#connect().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  #connect(): Promise<Socket | null> {
    return new Promise((resolve) => {
      const socket = this.#dial(() => ready());
      const fail = (): void => {
        clearTimeout(timer);
        socket.destroy();
        resolve(null);
      };
      const timer = setTimeout(fail, this.#connectMs);
      const ready = (): void => {
        clearTimeout(timer);
        if (this.#closed || !this.#isPinned(socket)) {
          fail();
          return;
        }
        socket.off("close", fail);
        this.#listen(socket);
        resolve(socket);
      };
      // Stays on for the socket's life: an error nobody listens to would end the process.
      socket.on("error", () => socket.destroy());
      socket.once("close", fail);
    });
  }

  #dial(onReady: () => void): Socket | TLSSocket {
    const { host, port, tls } = this.#setup;
    if (tls === null) return connectTcp({ host, port }, onReady);
    // A pinned certificate is the proof itself: terminals have one that no authority signed.
    return connectTls({ host, port, rejectUnauthorized: tls.fingerprint === null }, onReady);
  }

  #isPinned(socket: Socket | TLSSocket): boolean {
    const pin = this.#setup.tls?.fingerprint ?? null;
    if (pin === null) return true;
    if (!("getPeerCertificate" in socket)) return false;
    return socket.getPeerCertificate().fingerprint256.replaceAll(":", "").toLowerCase() === pin;
  }

  #listen(socket: Socket): void {
    this.#socket = socket;
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    socket.setNoDelay(true);
    const reader = new FrameReader();
    socket.on("data", (data) => {
      const messages = reader.take(data);
      if (messages === null) this.#hangUp(socket);
      else for (const message of messages) this.#take(socket, message);
    });
    socket.once("close", () => this.#hangUp(socket));
  }

  #take(socket: Socket, message: string): void {
    const read = answerSchema.safeParse(jsonOf(message));
    // A terminal may also send requests of its own (displays, prints): nobody promised to answer them.
    if (!read.success) {
      if (!isRequest(message)) this.#hangUp(socket);
      return;
    }
    const { SaleToPOIResponse: answer } = read.data;
    const { ServiceID: service = "", MessageCategory: category } = answer.MessageHeader;
    const waiting = this.#waiting.get(service);
    if (waiting?.category === category) waiting.give({ kind: "answer", answer });
    else this.#onLate(answer);
  }

  #hangUp(socket: Socket | null): void {
    if (socket === null || socket !== this.#socket) return;
    this.#socket = null;
    socket.destroy();
    for (const { give } of [...this.#waiting.values()]) give({ kind: "lost" });
  }
}

function jsonOf(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return null;
  }
}

function isRequest(message: string): boolean {
  const json = jsonOf(message);
  return typeof json === "object" && json !== null && "SaleToPOIRequest" in json;
}
