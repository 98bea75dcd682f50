import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** The line between a store and the server, which can be cut while the server goes on for everybody else. */
export class Line {
  readonly #to: URL;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isCut = false;

  private constructor(to: string) {
    this.#to = new URL(to);
    this.#server = createServer((socket) => this.#join(socket));
  }

  /** Opens a line to the server at this address. */
  static async to(server: string): Promise<Line> {
    const line = new Line(server);
    line.#server.listen(0, "127.0.0.1");
    await once(line.#server, "listening");
    return line;
  }

  /** What the store's tills take for the server. */
  get address(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** Ends what is under way and lets nothing through from now on. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#isCut = false;
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, "close");
  }

  #join(inner: Socket): void {
    if (this.#isCut) {
      inner.destroy();
      return;
    }
    const outer = connect(Number(this.#to.port), this.#to.hostname);
    for (const [one, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      this.#sockets.add(one);
      one.once("close", () => {
        this.#sockets.delete(one);
        other.destroy();
      });
      // A torn line is what this is for; each end tells its own program.
      one.on("error", () => one.destroy());
    }
    inner.pipe(outer);
    outer.pipe(inner);
  }
}
