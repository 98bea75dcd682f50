import { connect, createServer, type Server, type Socket } from "node:net";

/** What went over the wire so far, bytes of TCP's content. */
export interface Carried {
  /** From the till to the server. */
  readonly up: number;
  readonly down: number;
}

/** Stands between a till and its server and counts the bytes of both directions as they go over the wire, whatever is said in them. */
export class CountingProxy {
  readonly #server: Server;
  readonly #target: number;
  readonly #sockets = new Set<Socket>();
  readonly #awaited: { readonly text: string; readonly found: (at: number) => void }[] = [];
  readonly #carried = { up: 0, down: 0 };
  #isCut = false;

  private constructor(server: Server, target: number) {
    this.#server = server;
    this.#target = target;
    server.on("connection", (socket) => this.#take(socket));
  }

  /** Listens on a free port before the server on `target`. */
  static open(target: number): Promise<CountingProxy> {
    const server = createServer();
    const proxy = new CountingProxy(server, target);
    return new Promise((opened, failed) => {
      server.once("error", failed);
      server.listen(0, "127.0.0.1", () => opened(proxy));
    });
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("the proxy is closed");
    return address.port;
  }

  /** Of both directions, since it was opened. */
  get bytes(): number {
    return this.#carried.up + this.#carried.down;
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  carried(): Carried {
    return { ...this.#carried };
  }

  /** The line is dead from here on. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#isCut = false;
  }

  /** Resolves with when a client first sends something with this text in it, by `performance.now()`. */
  sends(text: string): Promise<number> {
    return new Promise((found) => this.#awaited.push({ text, found }));
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  #take(near: Socket): void {
    if (this.#isCut) {
      near.destroy();
      return;
    }
    const far = connect({ port: this.#target, host: "127.0.0.1", noDelay: true });
    near.setNoDelay(true);
    near.on("data", (piece: Buffer) => this.#look(piece));
    for (const [socket, way] of [
      [near, "up"],
      [far, "down"],
    ] as const) {
      this.#sockets.add(socket);
      socket.on("data", (piece: Buffer) => {
        this.#carried[way] += piece.length;
      });
      socket.on("error", () => undefined);
      socket.on("close", () => {
        this.#sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far);
    far.pipe(near);
  }

  #look(piece: Buffer): void {
    for (const awaited of [...this.#awaited]) {
      if (!piece.includes(awaited.text)) continue;
      this.#awaited.splice(this.#awaited.indexOf(awaited), 1);
      awaited.found(performance.now());
    }
  }
}
