import type { IncomingMessage, Server, ServerResponse } from "node:http";
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

/** Who has rested for longer, milliseconds, is about to be used: each till asks once a minute, and one whose line goes in that moment asks in vain and comes again by another. */
const ABOUT_TO_ASK_MS = 50_000;

/** Where tills ask, which come again by another line. Web shops, HQ and whoever else programs against this server may not. */
const TILLS_ASK = "/sync/v1/";

/** There are few again below this share of what is few: at the very edge each line that comes and goes would change it. */
const FEW_AGAIN = 0.8;

/** What is known of a line by which something was asked. */
interface Line {
  asked: number;
  /** Questions that are not answered yet. */
  open: number;
  /** Whether the last question was that of a till which asks by a line of its own. */
  isTills: boolean;
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
  /** Tills' by which nothing is asked just now, longest first, with since when. Those that are about to be used may be left out. */
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
    server.on("request", (request, answer) => {
      if (this.#asks(request) === 1) request.socket.on("close", gone);
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
  #asks(request: IncomingMessage): number {
    const { socket } = request;
    this.#resting.delete(socket);
    const line = this.#known.get(socket) ?? { asked: 0, open: 0, isTills: false };
    line.asked += 1;
    line.open += 1;
    line.isTills = isTills(request);
    this.#known.set(socket, line);
    return line.asked;
  }

  #answered(socket: Socket): void {
    const line = this.#known.get(socket);
    if (line === undefined) return;
    line.open -= 1;
    if (line.open === 0 && line.isTills && !socket.destroyed) this.#resting.set(socket, this.#now());
  }

  /** Lines that were told to be held for long, before there were many, go as if they had been told to be held for less. */
  #letGo(): void {
    let gone = 0;
    for (const [socket, since] of this.#resting) {
      const restedMs = this.#now() - since;
      if (gone === MOST_GO || restedMs < this.#pace.manyMs) return;
      // It rests anew once it was used.
      this.#resting.delete(socket);
      if (restedMs > ABOUT_TO_ASK_MS) continue;
      gone += 1;
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

/** What a proxy asks for one till by a line it may ask for another in the next moment. */
function isTills({ url = "", headers }: IncomingMessage): boolean {
  return (
    url.startsWith(TILLS_ASK) && headers["x-forwarded-for"] === undefined && headers.forwarded === undefined
  );
}
