import type { Server } from "node:http";
import type { Socket } from "node:net";

/** How long a line by which nothing is asked is held for the next question, and how many lines are few. */
export interface LinesPace {
  readonly few: number;
  readonly fewMs: number;
  readonly manyMs: number;
}

/**
 * Longer than a minute, after which each till asks again. The other covers what follows a wake-up or a sale. Two thousand tills that sell hold two or three lines each: with fewer for
 * all of them each sale would begin with another handshake, which costs the server more than the sale.
 */
export const LINES_PACE: LinesPace = { few: 6_000, fewMs: 72_000, manyMs: 4_000 };

/**
 * Lets go of resting lines sooner where there are many: each till of a large chain would hold a second one beside its stream, for one question a minute, and by TLS each is
 * as much memory as a stream. A new one takes the session up again, so that no certificate is shown and checked for it.
 */
export class RestingLines {
  readonly #server: Server;
  readonly #pace: LinesPace;
  readonly #onMany: (areMany: boolean) => void;
  /** How many questions came by each. */
  readonly #asked = new WeakMap<Socket, number>();
  #lines = 0;
  #wereMany = false;

  /** `onMany` is told whenever there are many from now on, or few again. */
  constructor(server: Server, pace: LinesPace, onMany: (areMany: boolean) => void = () => undefined) {
    this.#server = server;
    this.#pace = pace;
    this.#onMany = onMany;
    this.#count(0);
    server.on("connection", (socket) => {
      this.#count(1);
      socket.once("close", () => this.#count(-1));
    });
    server.on("request", ({ socket }) => this.#asked.set(socket, (this.#asked.get(socket) ?? 0) + 1));
  }

  get areMany(): boolean {
    return this.#lines > this.#pace.few;
  }

  /**
   * Whether a line by which nothing more may be expected is best closed with the answer: where there are many, and this was its first question. Whoever has asked several things by it, as a
   * till does that pulls all collections, would have to open another for the next.
   */
  isBestClosed(line: Socket): boolean {
    return this.areMany && this.#asked.get(line) === 1;
  }

  #count(more: number): void {
    this.#lines += more;
    const { fewMs, manyMs } = this.#pace;
    // Read anew, and told to who asks, with every answer.
    this.#server.keepAliveTimeout = this.areMany ? manyMs : fewMs;
    if (this.areMany === this.#wereMany) return;
    this.#wereMany = this.areMany;
    this.#onMany(this.areMany);
  }
}
