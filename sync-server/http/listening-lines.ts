import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Where a till listens. */
const LISTENS_AT = "/sync/v1/changes";

/**
 * Lines by which a till listens. Node keeps what reads the next request of each (10 kB in C's heap, and what hangs on it), though there is never a next one: such a line is taken out of its hands, as
 * one is that goes on in another protocol, once its request is read. The answer stays Node's own and is written as any other; the line ends with it (decision 54).
 */
export class ListeningLines {
  readonly #open = new Set<Socket>();
  /** Requests by which a line was asked for. Weak, for it does not always follow: where one more came in the same piece, Node looks at the later one only. */
  readonly #asked = new WeakSet<IncomingMessage>();
  #isClosed = false;

  constructor(server: Server) {
    const open = this.#open;
    // Functions that all lines share: ten thousand of their own would be megabytes.
    function closed(this: Socket): void {
      open.delete(this);
    }
    // Before who answers: that the line ends with the answer stands in its head.
    server.prependListener("request", (request, answer) => {
      if (this.#isClosed || !listens(request) || !hasItsLine(answer)) return;
      this.#asked.add(request);
      askToLetGo(request, answer);
    });
    server.on("upgrade", (request, line: Socket) => {
      // Who offers another protocol himself was answered as anybody is, except by a Node that cannot be told so (before 24.9): there he would have a line that nobody reads, answers or ends.
      if (!this.#asked.delete(request)) return void line.destroy();
      open.add(line);
      line.on("close", closed);
      line.on("error", gone);
      line.on("end", hungUp);
      line.on("data", saysMore);
    });
  }

  /** Lines that are out of Node's hands just now. */
  get count(): number {
    return this.#open.size;
  }

  /** Ends all, read or not, as the server does with lines that it knows itself. */
  close(): void {
    this.#isClosed = true;
    for (const line of this.#open) line.destroy();
  }
}

function listens({ method, url = "" }: IncomingMessage): boolean {
  return method === "GET" && (url === LISTENS_AT || url.startsWith(`${LISTENS_AT}?`));
}

/** An answer before it may still be on its way by the same line, and whoever writes that waits for room in it: Node no longer tells him of a line that it has let go of. */
function hasItsLine(answer: ServerResponse): boolean {
  return answer.socket !== null;
}

/**
 * Node looks once it has read the request: one that goes on in another protocol is handed out by `upgrade`. It has no word of its own for this. Should it look no more some day, the line stays with
 * what it keeps, and all goes on.
 */
function askToLetGo(request: IncomingMessage, answer: ServerResponse): void {
  answer.shouldKeepAlive = false;
  Object.assign(request, { upgrade: true });
}

/** Its `close` follows, which is all that anybody has to know. */
function gone(): void {}

function hungUp(this: Socket): void {
  this.end();
}

/** Whoever listens has nothing more to say, and nobody reads it. */
function saysMore(this: Socket): void {
  this.destroy();
}
