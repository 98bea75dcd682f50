import { once } from "node:events";
import { createServer, connect as dial, type Server, type Socket } from "node:net";

/** What went over the wire so far, bytes of TCP's content. */
export interface Carried {
  /** From the till to the server. */
  readonly up: number;
  readonly down: number;
}

/** Stands between a till and its server and counts. It changes nothing of what passes. */
export class CountingProxy {
  readonly address: string;
  readonly #server: Server;
  readonly #sockets: Set<Socket>;
  readonly #carried: { up: number; down: number };

  private constructor(of: {
    readonly address: string;
    readonly server: Server;
    readonly sockets: Set<Socket>;
    readonly carried: { up: number; down: number };
  }) {
    this.address = of.address;
    this.#server = of.server;
    this.#sockets = of.sockets;
    this.#carried = of.carried;
  }

  static async before(target: string): Promise<CountingProxy> {
    const { hostname, port } = new URL(target);
    const sockets = new Set<Socket>();
    const carried = { up: 0, down: 0 };
    const server = createServer((till) => {
      const line = dial(Number(port), hostname);
      for (const [from, to, way] of [
        [till, line, "up"],
        [line, till, "down"],
      ] as const) {
        sockets.add(from);
        from.on("data", (piece: Buffer) => {
          carried[way] += piece.length;
          to.write(piece);
        });
        from.on("error", () => to.destroy());
        from.on("close", () => {
          sockets.delete(from);
          to.end();
        });
      }
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const place = server.address();
    if (place === null || typeof place === "string") throw new Error("the proxy has no port");
    return new CountingProxy({ address: `http://127.0.0.1:${place.port}`, server, sockets, carried });
  }

  carried(): Carried {
    return { ...this.#carried };
  }

  async close(): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, "close");
  }
}
