import { connect as connectPlain, type Socket } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import { gunzipSync } from "node:zlib";
import { type Head, Responses } from "./responses.ts";

/** Where the server is, and the certificate it is known by. */
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly ca: string;
}

export interface Answered {
  readonly head: Head;
  /** Unpacked. */
  readonly body: Buffer;
}

export interface Ask {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** What goes over the wire, counted where it leaves and arrives: with TLS around it. */
export interface Wire {
  sent: number;
  received: number;
}

/** What a till remembers of its last connection, so that the next one costs less: as fetch does it (RFC 8446, 2.2). */
export interface Resumption {
  session: Buffer | null;
}

/** Why a call came to nothing. */
export class LineLost extends Error {}

interface Call {
  readonly head: (head: Head) => void;
  readonly piece: (piece: Buffer) => void;
  readonly end: () => void;
  readonly lost: (error: LineLost) => void;
}

/** One connection to the server by TLS, kept open: one call at a time, answers as they come. */
export class Line {
  readonly #host: string;
  readonly #socket: TLSSocket;
  readonly #raw: Socket;
  readonly #wire: Wire;
  readonly #counted = { sent: 0, received: 0 };
  #call: Call | null = null;
  #isLost = false;
  /** The server closes it with this answer. */
  #isLast = false;

  /** Resolves when TLS is agreed upon; rejects with `LineLost`. */
  static open(place: Place, wire: Wire, resumption: Resumption): Promise<Line> {
    return new Promise((opened, failed) => {
      const raw = connectPlain({ host: place.host, port: place.port, noDelay: true });
      const { session } = resumption;
      const known = session === null ? {} : { session };
      const socket = connect({ socket: raw, ca: place.ca, servername: "localhost", ...known });
      socket.on("session", (newest: Buffer) => {
        resumption.session = newest;
      });
      const lost = (error?: Error) => {
        raw.destroy();
        failed(new LineLost(error?.message ?? "closed"));
      };
      raw.once("error", lost);
      socket.once("error", lost);
      socket.once("close", lost);
      socket.once("secureConnect", () => {
        raw.off("error", lost);
        socket.off("error", lost);
        socket.off("close", lost);
        opened(new Line({ host: place.host, socket, raw, wire }));
      });
    });
  }

  private constructor(of: {
    readonly host: string;
    readonly socket: TLSSocket;
    readonly raw: Socket;
    readonly wire: Wire;
  }) {
    this.#host = of.host;
    this.#socket = of.socket;
    this.#raw = of.raw;
    this.#wire = of.wire;
    const responses = new Responses({
      head: (head) => {
        this.#isLast = head.headers.get("connection") === "close";
        this.#call?.head(head);
      },
      body: (piece) => this.#call?.piece(piece),
      end: () => {
        const call = this.#call;
        this.#call = null;
        if (this.#isLast) this.close();
        call?.end();
      },
    });
    this.#raw.on("error", () => undefined);
    this.#socket.on("error", () => undefined);
    this.#socket.on("data", (piece: Buffer) => responses.take(piece));
    this.#socket.once("close", () => {
      this.#isLost = true;
      this.count();
      this.#raw.destroy();
      this.#call?.lost(new LineLost("the connection was closed"));
      this.#call = null;
    });
  }

  get isIdle(): boolean {
    return this.#call === null && !this.#isLost;
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  /** Adds what went over it since it was counted last. */
  count(): void {
    const { bytesWritten, bytesRead } = this.#raw;
    this.#wire.sent += bytesWritten - this.#counted.sent;
    this.#wire.received += bytesRead - this.#counted.received;
    this.#counted.sent = bytesWritten;
    this.#counted.received = bytesRead;
  }

  /** The whole answer. Rejects with `LineLost`. */
  ask(ask: Ask): Promise<Answered> {
    return new Promise((answered, lost) => {
      let head: Head = { status: 0, headers: new Map() };
      const pieces: Buffer[] = [];
      this.#begin(ask, {
        head: (read) => {
          head = read;
        },
        piece: (piece) => pieces.push(piece),
        end: () => {
          const body = Buffer.concat(pieces);
          const isPacked = head.headers.get("content-encoding") === "gzip" && body.length > 0;
          answered({ head, body: isPacked ? gunzipSync(body) : body });
        },
        lost,
      });
    });
  }

  /** Hands on an answer as it comes, packed as it is. Resolves when it is over; rejects with `LineLost`. */
  follow(ask: Ask, onPiece: (piece: Buffer, head: Head) => void): Promise<Head> {
    return new Promise((over, lost) => {
      let head: Head = { status: 0, headers: new Map() };
      this.#begin(ask, {
        head: (read) => {
          head = read;
        },
        piece: (piece) => onPiece(piece, head),
        end: () => over(head),
        lost,
      });
    });
  }

  close(): void {
    this.#isLost = true;
    this.#socket.destroy();
  }

  #begin({ method, path, headers, body }: Ask, call: Call): void {
    if (!this.isIdle) {
      call.lost(new LineLost("the connection was closed"));
      return;
    }
    this.#call = call;
    const named = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const length = body === undefined ? "" : `content-length: ${body.length}\r\n`;
    const head = `${method} ${path} HTTP/1.1\r\nhost: ${this.#host}\r\n${named.join("")}${length}\r\n`;
    this.#socket.write(body === undefined ? head : Buffer.concat([Buffer.from(head), body]));
  }
}
