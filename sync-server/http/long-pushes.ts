import type { ServerResponse } from "node:http";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { FastifyReply, FastifyRequest } from "fastify";
import { WaitingRoom } from "../sync/waiting-room.ts";
import { Refusal } from "./errors.ts";

/** Some twenty sales; characters, or bytes where it has not come yet. */
const LONG_PUSH = 64 * 1024;

/** After so many turns of the event loop it is known that a line is at its end whose last bytes were read. */
const HEARS_END_WITHIN = 3;

/** How much of long pushes there is at the same time. */
interface LongPushLimits {
  /** So much comes over the wire and is held as text, bytes: several times what is taken in together, for lines are slower than this machine. */
  readonly atDoorBytes: number;
  /** So much is read and taken in, characters, or two of any length: while some five hundred sales are booked as many are checked. */
  readonly atWorkChars: number;
  /** Whoever is not there whole so long after it was let in, milliseconds, comes beside the others: its line is slow, or gone without a word. A till waits no longer for an answer either. */
  readonly comesWithinMs: number;
}

const USUAL: LongPushLimits = {
  atDoorBytes: 8 * 1024 * 1024,
  atWorkChars: 2 * 1024 * 1024,
  comesWithinMs: 30_000,
};

/**
 * Pushes of tills that come back after days. A hundred of them at once would come over the wire together, and whoever sells now would stand behind all of that: decrypting and keeping it takes the
 * thread for seconds. So most of it waits where it is, at the till and in the system's buffers, and of what has come most waits as text: read, each is many times as much memory.
 */
export class LongPushes {
  readonly #limits: LongPushLimits;
  readonly #door: WaitingRoom;
  readonly #work: WaitingRoom;

  constructor(limits: LongPushLimits = USUAL) {
    this.#limits = limits;
    this.#door = new WaitingRoom(limits.atDoorBytes);
    this.#work = new WaitingRoom(limits.atWorkChars);
  }

  /** Whether a request says that what has not come of it yet is long. One that does not say is not: a proxy hands on what is short as well without saying so. */
  isToWait({ headers }: FastifyRequest, mostBytes: number): boolean {
    const bytes = Number(headers["content-length"]);
    // What is longer than any may be is refused without being read.
    return bytes > LONG_PUSH && bytes <= mostBytes;
  }

  /** Resolves when the body of a long one may come. Rejects as whoever asks hangs up. */
  async letIn(request: FastifyRequest, { raw: answer }: FastifyReply): Promise<void> {
    const { atDoorBytes, comesWithinMs } = this.#limits;
    const { turn, leave } = this.#door.enter(
      Math.min(Number(request.headers["content-length"]), atDoorBytes),
    );
    answer.once("close", leave);
    await Promise.race([turn, gone(answer)]);
    const tooSlow = setTimeout(leave, comesWithinMs);
    const isThere = () => clearTimeout(tooSlow);
    request.raw.once("end", isThere);
    answer.once("close", isThere);
  }

  isLong(text: string): boolean {
    return text.length > LONG_PUSH;
  }

  /** Does something with the text of a long one when it is its turn. Rejects as whoever asks hangs up: a till that waited in vain sends the same again, and nobody is to read both. */
  async during<T>(text: string, { raw: answer }: FastifyReply, work: () => Promise<T>): Promise<T> {
    const { turn, leave } = this.#work.enter(Math.min(text.length, this.#limits.atWorkChars / 2));
    try {
      await Promise.race([turn, gone(answer)]);
      // Of a line that was not read nobody hears that it is at its end.
      for (let turns = 0; turns < HEARS_END_WITHIN; turns += 1) await nextTurn();
      if (isGone(answer)) throw nobodyWaits();
      return await work();
    } finally {
      leave();
    }
  }
}

/** Rejects as whoever asked hangs up. */
function gone(answer: ServerResponse): Promise<never> {
  return new Promise((_, left) => {
    if (isGone(answer)) left(nobodyWaits());
    else answer.once("close", () => left(nobodyWaits()));
  });
}

function isGone({ destroyed, socket }: ServerResponse): boolean {
  return destroyed || socket?.destroyed === true;
}

function nobodyWaits(): Refusal {
  return new Refusal("badRequest", "Nobody waits for this answer any more.");
}
