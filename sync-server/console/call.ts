import { ok, refused } from "#domain/result.ts";
import { type ErrorBody, errorBodySchema } from "#protocol/sync/error.ts";
import type { ApiProblem, Ask, AskFile, Body, Manner, Method } from "./ask.ts";
import { attentionHeaders } from "./attention.ts";

/** So long an answer to what looks may take, milliseconds; where it is worked out beside the server's other work, which gives up after a minute. */
const LOOK_MS = 30_000;
const LONG_LOOK_MS = 2 * 60_000;
/** A write waits up to half a minute for its turn at the server. A spreadsheet is read for up to five minutes, with others before it. */
const WRITE_MS = 60_000;
const LONG_WRITE_MS = 10 * 60_000;
/** A line by which no byte has moved for so long is dead. A server that answers piece by piece works at most a minute on one. */
const STANDSTILL_MS = 2 * 60_000;
/** What is larger is seen to move while it is sent. */
const BIG_CHARS = 64 * 1_024;

interface Call {
  readonly method: Method;
  readonly path: string;
  readonly body: Body | null;
  /** How long an answer may take once all of it was sent. */
  readonly answerMs: number;
}

/** One call of the server for JSON, as `Ask` says. */
export const ask: Ask = async (method, path, schema, body = null, manner = {}) => {
  const isLook = method === "GET" || manner.isLook === true;
  const call = { method, path, body, answerMs: answerMsOf(isLook, manner) };
  const heard = await exchange(call, async (answer) => ({ answer, json: (await answer.json()) as unknown }));
  if (heard === null) return refused({ kind: silenceOf(method, isLook) });
  const { answer, json } = heard;
  const refusal = errorBodySchema.safeParse(json);
  // Only signing in says more; everywhere else the session has ended.
  if (answer.status === 401 && refusal.data?.details === undefined) return refused({ kind: "unauthorised" });
  if (!answer.ok && refusal.success) return refused(problemOf(refusal.data));
  const expected = schema.safeParse(json);
  return expected.success ? ok(expected.data) : refused({ kind: "strange" });
};

/** One call of the server for a file, as `AskFile` says. */
export const askFile: AskFile = async (path, body = null) => {
  const call: Call = { method: body === null ? "GET" : "POST", path, body, answerMs: LONG_WRITE_MS };
  const heard = await exchange(call, async (answer) => ({
    status: answer.status,
    told: answer.ok ? await answer.blob() : ((await answer.json()) as unknown),
  }));
  if (heard === null) return refused({ kind: "unheard" });
  if (heard.told instanceof Blob) return ok(heard.told);
  if (heard.status === 401) return refused({ kind: "unauthorised" });
  const refusal = errorBodySchema.safeParse(heard.told);
  return refused(refusal.success ? problemOf({ ...refusal.data, details: undefined }) : { kind: "strange" });
};

function silenceOf(method: Method, isLook: boolean): "unreachable" | "unheard" | "unanswered" {
  if (!isLook) return "unanswered";
  return method === "GET" ? "unreachable" : "unheard";
}

function answerMsOf(isLook: boolean, { isLong }: Manner): number {
  if (isLook) return isLong === true ? LONG_LOOK_MS : LOOK_MS;
  return isLong === true ? LONG_WRITE_MS : WRITE_MS;
}

/** Waits for what a call tells of itself, each time for so long; then the call is cut off. */
class Patience {
  readonly #cut = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  get signal(): AbortSignal {
    return this.#cut.signal;
  }

  wait(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#cut.abort(), ms);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

/** Makes a call and reads its answer whole. Null: the line failed, or nothing was heard for longer than such a call takes. */
async function exchange<T>(call: Call, read: (answer: Response) => Promise<T>): Promise<T | null> {
  const patience = new Patience();
  try {
    const answer = await (isBig(call.body) ? upload : send)(call, patience);
    return await read(answer);
  } catch {
    return null;
  } finally {
    patience.end();
  }
}

async function send({ method, path, body, answerMs }: Call, patience: Patience): Promise<Response> {
  patience.wait(answerMs);
  const answer = await fetch(path, {
    method,
    headers: headersFor(body),
    body: body?.content ?? null,
    signal: patience.signal,
  });
  if (answer.body === null) return answer;
  patience.wait(STANDSTILL_MS);
  const pieces = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(piece, onward) {
      patience.wait(STANDSTILL_MS);
      onward.enqueue(piece);
    },
  });
  const { status, headers } = answer;
  return new Response(answer.body.pipeThrough(pieces), { status, headers });
}

/** As `send`; by this alone a browser tells that something of what is sent has moved. */
function upload({ method, path, body }: Call, patience: Patience): Promise<Response> {
  return new Promise((answered, failed) => {
    const call = new XMLHttpRequest();
    const moved = () => patience.wait(STANDSTILL_MS);
    call.open(method, path);
    for (const [name, value] of Object.entries(headersFor(body))) call.setRequestHeader(name, value);
    call.responseType = "blob";
    call.upload.onprogress = moved;
    // The end of it may still lie in the machine's own memory, or in a proxy's.
    call.upload.onload = () => patience.wait(LONG_WRITE_MS);
    call.onprogress = moved;
    call.onload = () => answered(new Response(call.response, { status: call.status }));
    call.onerror = failed;
    patience.signal.addEventListener("abort", () => {
      call.abort();
      failed(patience.signal.reason);
    });
    moved();
    call.send(body?.content);
  });
}

function isBig(body: Body | null): boolean {
  if (body === null) return false;
  return (typeof body.content === "string" ? body.content.length : body.content.size) > BIG_CHARS;
}

/** The session is in a cookie that no script sees; this header shows the server that its own page asks. */
function headersFor(body: Body | null): Readonly<Record<string, string>> {
  return {
    "onetill-console": "1",
    ...attentionHeaders(),
    ...(body === null ? {} : { "content-type": body.type }),
  };
}

/** What the server said for people. Details of one word are for programs. */
function problemOf({ message, reason, details = [] }: ErrorBody): ApiProblem {
  const [detail = null] = details;
  const words = [message, ...details.filter((each) => /\W/.test(each))].join(" ");
  return { kind: "refused", message: words, reason, details, detail };
}
