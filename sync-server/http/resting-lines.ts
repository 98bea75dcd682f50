import type { Server, ServerResponse } from "node:http";
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

/** So many at most that were told to be held for longer are let go of for each that comes: there are fewer and fewer, and no moment in which thousands go. */
const MOST_GO = 2;

/** There are few again below this share of what is few: at the very edge each line that comes and goes would change it. */
const FEW_AGAIN = 0.8;

/** What is known of a line by which something was asked. */
interface Line {
  asked: number;
  /** Questions that are not answered yet. */
  open: number;
}

/**
 * Lets go of resting lines sooner where there are many: each till of a large chain would hold a second one beside its stream, for one question a minute, and by TLS each is
 * as much memory as a stream. A new one takes the session up again, so that no certificate is shown and checked for it.
 */
export class RestingLines {
  readonly #server: Server;
  readonly #pace: LinesPace;
  readonly #onMany: (areMany: boolean) => void;
  readonly #now: () => number;
  readonly #known = new WeakMap<Socket, Line>();
  /** By which nothing is asked just now, longest first, with since when. */
  readonly #resting = new Map<Socket, number>();
  #lines = 0;
  #areMany = false;

  /** `onMany` is told whenever there are many from now on, or few again. `now`: milliseconds of a clock that nobody sets. */
  constructor(
    server: Server,
    pace: LinesPace,
    {
      onMany = () => undefined,
      now = () => performance.now(),
    }: { readonly onMany?: ((areMany: boolean) => void) | undefined; readonly now?: () => number } = {},
  ) {
    this.#server = server;
    this.#pace = pace;
    this.#onMany = onMany;
    this.#now = now;
    this.#count(0);
    // One function for all lines and answers, which Node calls with the one that it is about: ten thousand of its own would be megabytes.
    const lines = this;
    const left = () => this.#count(-1);
    function gone(this: Socket): void {
      lines.#resting.delete(this);
    }
    function answered(this: ServerResponse): void {
      lines.#answered(this.req.socket);
    }
    server.on("connection", (socket) => {
      this.#count(1);
      socket.on("close", left);
      if (this.areMany) this.#letGo();
    });
    server.on("request", ({ socket }, answer) => {
      if (this.#asks(socket) === 1) socket.on("close", gone);
      answer.on("close", answered);
    });
  }

  get areMany(): boolean {
    return this.#areMany;
  }

  /**
   * Whether a line by which nothing more may be expected is best closed with the answer: where there are many, and this was its first question. Whoever has asked several things by it, as a
   * till does that pulls all collections, would have to open another for the next.
   */
  isBestClosed(line: Socket): boolean {
    return this.areMany && this.#known.get(line)?.asked === 1;
  }

  /** How many questions have come by a line with this one. */
  #asks(socket: Socket): number {
    this.#resting.delete(socket);
    const line = this.#known.get(socket) ?? { asked: 0, open: 0 };
    line.asked += 1;
    line.open += 1;
    this.#known.set(socket, line);
    return line.asked;
  }

  #answered(socket: Socket): void {
    const line = this.#known.get(socket);
    if (line === undefined) return;
    line.open -= 1;
    if (line.open === 0 && !socket.destroyed) this.#resting.set(socket, this.#now());
  }

  /** Lines that were told to be held for long, before there were many, go as if they had been told to be held for less. */
  #letGo(): void {
    let gone = 0;
    for (const [socket, since] of this.#resting) {
      if (gone === MOST_GO || this.#now() - since < this.#pace.manyMs) return;
      gone += 1;
      this.#resting.delete(socket);
      socket.destroy();
    }
  }

  #count(more: number): void {
    const wereMany = this.#areMany;
    const { few, fewMs, manyMs } = this.#pace;
    this.#lines += more;
    this.#areMany = this.#lines > (wereMany ? few * FEW_AGAIN : few);
    // Read anew, and told to who asks, with every answer.
    this.#server.keepAliveTimeout = this.#areMany ? manyMs : fewMs;
    if (this.#areMany !== wereMany) this.#onMany(this.#areMany);
  }
}
