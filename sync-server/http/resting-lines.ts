import type { Server } from "node:http";

/** How long a line by which nothing is asked is held for the next question, and how many lines are few. */
export interface RestingLines {
  readonly few: number;
  readonly fewMs: number;
  readonly manyMs: number;
}

/**
 * Longer than a minute, after which each till asks again. The other covers what follows a wake-up or a sale. Two thousand tills that sell hold two or three lines each: with fewer for
 * all of them each sale would begin with another handshake, which costs the server more than the sale.
 */
export const RESTING_LINES: RestingLines = { few: 6_000, fewMs: 72_000, manyMs: 4_000 };

/**
 * Lets go of resting lines sooner where there are many: each till of a large chain would hold a second one beside its stream, for one question a minute, and by TLS each is
 * as much memory as a stream. A new one takes the session up again, so that no certificate is shown and checked for it.
 */
export function letRestingLinesGo(server: Server, { few, fewMs, manyMs }: RestingLines): void {
  let lines = 0;
  const counted = (more: number) => {
    lines += more;
    // Read anew, and told to who asks, with every answer.
    server.keepAliveTimeout = lines > few ? manyMs : fewMs;
  };
  counted(0);
  server.on("connection", (socket) => {
    counted(1);
    socket.once("close", () => counted(-1));
  });
}
