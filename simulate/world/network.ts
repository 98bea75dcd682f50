import type { Random } from "../../sync-server/demo/random.ts";
import { asLaterServer, asOlderTill } from "./older-till.ts";
import type { Answer, Asked, OpenStream, ServerMachine } from "./server-machine.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** How bad the lines are, in percent of messages. */
export interface Weather {
  readonly drops: number;
  readonly duplicates: number;
  /** Answers that are cut off in the middle. */
  readonly truncates: number;
  /** Messages that take seconds instead of milliseconds, so that later ones overtake them. */
  readonly slow: number;
}

export const FAIR: Weather = { drops: 0, duplicates: 0, truncates: 0, slow: 0 };

const QUICK_MS = { from: 5, to: 80 } as const;
const SLOW_MS = { from: 1_000, to: 25_000 } as const;
/** A second copy of a request may come much later. */
const COPY_MS = { from: 1, to: 90_000 } as const;

type Fault = "dropped" | "duplicated" | "truncated" | "slow" | "cut";

/** The way between one till and the server. */
export class Line {
  /** Nothing comes through. */
  isCut = false;
  /** The machine at the till's end is gone: what it asked is answered to nobody. */
  isGone = false;
  /** When the till asked what was answered to it last about its stock. */
  stockAskedAt = Number.NEGATIVE_INFINITY;
  readonly #time: VirtualTime;
  readonly #server: ServerMachine;
  readonly #random: Random;
  readonly #weather: () => Weather;
  readonly #behind: number;
  readonly #note: (what: string) => void;
  readonly #fault: (kind: Fault) => void;
  readonly #streams = new Set<{ readonly breakOff: () => void }>();

  constructor(settings: {
    readonly time: VirtualTime;
    readonly server: ServerMachine;
    readonly random: Random;
    readonly weather: () => Weather;
    /** So many versions is the till behind the server. */
    readonly behind: number;
    readonly note: (what: string) => void;
    readonly fault: (kind: Fault) => void;
  }) {
    this.#time = settings.time;
    this.#server = settings.server;
    this.#random = settings.random;
    this.#weather = settings.weather;
    this.#behind = settings.behind;
    this.#note = settings.note;
    this.#fault = settings.fault;
  }

  /** Cuts the line; streams are told so, or stand still and say nothing. */
  cut(tellsStreams: boolean): void {
    this.isCut = true;
    this.#fault("cut");
    if (tellsStreams) for (const stream of [...this.#streams]) stream.breakOff();
  }

  /** The till's end is gone: the server hears of it for its streams. */
  leave(): void {
    this.isGone = true;
    for (const stream of [...this.#streams]) stream.breakOff();
  }

  readonly fetch: typeof fetch = (input, init = {}) => {
    const url = new URL(String(input));
    const headers = new Headers(init.headers ?? {});
    // What a till unpacks by a thread of its own it has at a moment of real time; here it comes unpacked.
    headers.delete("accept");
    const said: Asked = {
      method: init.method === "POST" ? "POST" : "GET",
      path: url.pathname + url.search,
      headers: Object.fromEntries(headers),
      body: typeof init.body === "string" ? init.body : null,
    };
    const asked = asOlderTill(said, this.#behind);
    const askedAt = this.#time.now;
    const signal = init.signal ?? new AbortController().signal;
    return new Promise<Response>((resolve, reject) => {
      const aborted = (): void => reject(givenUp());
      if (signal.aborted) {
        aborted();
        return;
      }
      signal.addEventListener("abort", aborted, { once: true });
      this.#send({
        asked,
        askedAt,
        signal,
        resolve: (response) => {
          signal.removeEventListener("abort", aborted);
          resolve(response);
        },
        reject,
      });
    });
  };

  #send(call: Call): void {
    const { path, method } = call.asked;
    const name = `${method} ${path.split("?")[0]}`;
    if (this.isCut || this.isGone) {
      this.#note(`${name} unreachable`);
      // Some networks say so at once, others swallow what is sent.
      if (this.#random.chance(70))
        this.#time.after(this.#quick(), () => call.reject(new TypeError("unreachable")));
      return;
    }
    const { drops, duplicates } = this.#weather();
    if (this.#random.chance(duplicates)) {
      this.#fault("duplicated");
      this.#time.after(this.#random.between(COPY_MS), () => this.#arrive(name, { ...call, isCopy: true }));
    }
    if (this.#random.chance(drops)) {
      this.#fault("dropped");
      this.#note(`${name} lost on its way`);
      return;
    }
    this.#time.after(this.#latency(), () => this.#arrive(name, call));
  }

  #arrive(name: string, call: Call): void {
    if (this.isCut) return;
    if (call.isCopy === true) {
      if (name === "GET /sync/v1/changes") return;
      this.#note(`${name} once more`);
      this.#server.ask(call.asked).catch(() => undefined);
      return;
    }
    if (name === "GET /sync/v1/changes") {
      this.#server.listen(call.asked).then(
        (stream) => this.#stream(name, stream, call),
        (error: unknown) => this.#failed(name, call, error),
      );
      return;
    }
    this.#server.ask(call.asked).then(
      (answer) => this.#answered(name, answer, call),
      (error: unknown) => this.#failed(name, call, error),
    );
  }

  #failed(name: string, { reject }: Call, error: unknown): void {
    this.#note(`${name} ${error instanceof Error ? error.message : "failed"}`);
    this.#time.after(this.#quick(), () => reject(new TypeError("the connection failed")));
  }

  #answered(name: string, answer: Answer, call: Call): void {
    if (this.isGone) return;
    const { drops, truncates } = this.#weather();
    if (this.isCut || this.#random.chance(drops)) {
      this.#fault("dropped");
      this.#note(`${name} ${answer.status}, and the answer is lost`);
      return;
    }
    const isCutOff = this.#random.chance(truncates);
    if (isCutOff) this.#fault("truncated");
    this.#note(`${name} ${answer.status}${isCutOff ? ", cut off" : ""}`);
    this.#time.after(this.#latency(), () => {
      if (this.isCut || this.isGone) return;
      if (answer.status === 200 && !isCutOff && !call.signal.aborted && isAboutStock(call.asked))
        this.stockAskedAt = Math.max(this.stockAskedAt, call.askedAt);
      call.resolve(responseOf(asLaterServer(answer, this.#behind), isCutOff));
    });
  }

  #stream(name: string, stream: OpenStream, call: Call): void {
    let isOver = false;
    let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
    const finish = (): void => {
      if (isOver) return;
      isOver = true;
      this.#streams.delete(entry);
      stream.close();
    };
    const fail = (error: Error): void => {
      try {
        controller?.error(error);
      } catch {
        // The reader has let go of it.
      }
    };
    const entry = {
      breakOff: (): void => {
        finish();
        this.#time.after(this.#quick(), () => fail(new TypeError("the connection was reset")));
      },
    };
    const leave = (): void => {
      finish();
      fail(givenUp());
    };
    this.#streams.add(entry);
    call.signal.addEventListener("abort", leave, { once: true });
    if (call.signal.aborted) {
      leave();
      return;
    }
    this.#note(`${name} ${stream.status}`);
    const body = new ReadableStream<Uint8Array>({
      start: (made) => {
        controller = made;
      },
      cancel: finish,
    });
    stream.onEnd(() => entry.breakOff());
    stream.onPiece((piece) => {
      if (this.isCut || isOver) return;
      if (this.#random.chance(this.#weather().drops)) {
        // A connection that loses something is one that breaks.
        this.#fault("dropped");
        entry.breakOff();
        return;
      }
      this.#time.after(this.#quick(), () => {
        if (!isOver && !this.isCut) controller?.enqueue(new Uint8Array(piece));
      });
    });
    this.#time.after(this.#quick(), () => {
      if (!isOver) call.resolve(new Response(body, { status: stream.status, headers: stream.headers }));
    });
  }

  #quick(): number {
    return this.#random.between(QUICK_MS);
  }

  #latency(): number {
    if (!this.#random.chance(this.#weather().slow)) return this.#quick();
    this.#fault("slow");
    return this.#random.between(SLOW_MS);
  }
}

/** Whether what is answered says how far the server's stock contains the till's own entries. */
function isAboutStock({ path, body }: Asked): boolean {
  if (path === "/sync/v1/newer" || path === "/sync/v1/pages") return body?.includes('"stock"') === true;
  return path.startsWith("/sync/v1/replica/stock");
}

/** As fetch fails where its signal was raised. */
function givenUp(): Error {
  return Object.assign(new Error("the call was given up"), { name: "AbortError" });
}

interface Call {
  readonly asked: Asked;
  readonly askedAt: number;
  readonly signal: AbortSignal;
  readonly resolve: (response: Response) => void;
  readonly reject: (error: Error) => void;
  readonly isCopy?: boolean;
}

/** One that came whole: its text is handed over as it is, where `fetch` makes a stream of it and reads that. */
class JsonAnswer extends Response {
  readonly #body: Buffer;

  constructor(body: Buffer, init: ResponseInit) {
    super(null, init);
    this.#body = body;
  }

  override async text(): Promise<string> {
    return this.#body.toString();
  }

  override async json(): Promise<unknown> {
    return JSON.parse(this.#body.toString());
  }
}

function responseOf({ status, headers, body }: Answer, isCutOff: boolean): Response {
  const isJson = headers["content-type"]?.startsWith("application/json") === true;
  if (!isCutOff && isJson) return new JsonAnswer(body, { status, headers });
  if (!isCutOff) return new Response(new Uint8Array(body), { status, headers });
  const half = new Uint8Array(body.subarray(0, Math.floor(body.length / 2)));
  let isSent = false;
  const broken = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      if (isSent || half.length === 0) return controller.error(new TypeError("terminated"));
      isSent = true;
      controller.enqueue(half);
    },
  });
  return new Response(broken, { status, headers });
}
