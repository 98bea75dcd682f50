import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { idOf } from "#domain/ids.ts";
import { Api } from "./api.ts";
import type { Answer } from "./ask.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const UNREACHABLE = { ok: false, reason: { kind: "unreachable" } };
const UNHEARD = { ok: false, reason: { kind: "unheard" } };
const MAYBE_DONE = { ok: false, reason: { kind: "unanswered" } };

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** What came of a call; null: it is under way. */
function outcome<T>(asked: Promise<Answer<T>>): () => Answer<T> | null {
  let heard: Answer<T> | null = null;
  void asked.then((answer) => {
    heard = answer;
  });
  return () => heard;
}

/** A line that swallows what is sent. */
function deadLine(): void {
  vi.stubGlobal(
    "fetch",
    (_path: string, { signal }: RequestInit) =>
      new Promise((_, fail) => signal?.addEventListener("abort", () => fail(signal.reason))),
  );
}

test("what only looks and is never answered is given up; whoever asks again is answered, and no clock goes on", async () => {
  deadLine();
  const given = outcome(new Api().stores());
  await vi.advanceTimersByTimeAsync(29 * SECOND);
  expect(given()).toBeNull();
  await vi.advanceTimersByTimeAsync(SECOND);
  expect(given()).toEqual(UNREACHABLE);
  vi.stubGlobal("fetch", async () => Response.json({ tickets: [], total: 0 }));
  expect(await new Api().tickets({ store: null, before: null, limit: 5 })).toMatchObject({ ok: true });
  expect(vi.getTimerCount()).toBe(0);
});

test("what was to be done or saved and was never answered may have been", async () => {
  deadLine();
  const api = new Api();
  const acts = outcome(api.actOnCredit(idOf<"Credit">("c"), { act: "void", reason: "Lost" }));
  const puts = outcome(api.shops.renameTill(idOf<"Device">("d"), "Till by the door"));
  const sets = outcome(api.catalogue.edit(idOf<"Product">("p"), { title: "Mug" }));
  const looks = outcome(api.access.lookAtLink({ kind: "invite", token: "t" }));
  await vi.advanceTimersByTimeAsync(59 * SECOND);
  expect([acts(), puts(), sets(), looks()]).toEqual([null, null, null, UNHEARD]);
  await vi.advanceTimersByTimeAsync(SECOND);
  expect([acts(), puts(), sets()]).toEqual([MAYBE_DONE, MAYBE_DONE, MAYBE_DONE]);
});

test("a line that breaks leaves it as open whether something was done", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("network error")));
  const api = new Api();
  expect(await api.stores()).toEqual(UNREACHABLE);
  expect(await api.cancelOrder(idOf<"Order">("o"), "Rang")).toEqual(MAYBE_DONE);
  expect(await api.saveScaleCodes([])).toEqual(MAYBE_DONE);
});

test("who signs in and is not answered has perhaps a session all the same: it is asked for, and somebody else's is not theirs", async () => {
  const user = { id: "u1", email: "hanna@example.com", name: "Hanna Vogt", role: "admin", stores: null };
  const standing = {
    active: true,
    joined: true,
    hasTotp: false,
    createdAt: 1,
    lastSignInAt: 1,
    linkMail: null,
  };
  const SESSION = { user: { ...user, ...standing }, name: user.name, rights: [], stores: null, endsAt: null };
  const { access } = new Api();
  const typed = { email: " Hanna@example.com", password: "p", code: "123456" };
  for (const signIn of [() => access.signIn(typed), () => access.signInByLink("t")]) {
    const asked: string[] = [];
    let session = () => Response.json(SESSION);
    vi.stubGlobal("fetch", async (path: string, { method }: RequestInit) => {
      asked.push(`${method} ${path}`);
      if (method === "POST") throw new TypeError("network error");
      return session();
    });
    expect(await signIn()).toEqual({ ok: true, value: SESSION });
    expect(asked).toEqual(["POST /hq/v1/session", "GET /hq/v1/session"]);
    session = () => Response.json({ reason: "unauthorised", message: "Sign in." }, { status: 401 });
    expect(await signIn()).toEqual(MAYBE_DONE);
  }
  vi.stubGlobal("fetch", async (_path: string, { method }: RequestInit) => {
    if (method === "POST") throw new TypeError("network error");
    return Response.json(SESSION);
  });
  expect(await access.signIn({ ...typed, email: "ali@example.com" })).toEqual(MAYBE_DONE);
});

/** A server that begins to answer, piece by piece. */
function answering() {
  let body: ReadableStreamDefaultController<Uint8Array> | null = null;
  vi.stubGlobal("fetch", async (_path: string, { signal }: RequestInit) => {
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        body = controller;
      },
    });
    signal?.addEventListener("abort", () => body?.error(signal.reason));
    return new Response(stream);
  });
  return {
    piece: (words: string) => body?.enqueue(new TextEncoder().encode(words)),
    end: () => body?.close(),
  };
}

test("a file is waited for as long as something of it comes", async () => {
  const server = answering();
  const asked = new Api().imports.catalogue("csv", "");
  const file = outcome(asked);
  for (let piece = 0; piece < 20; piece += 1) {
    await vi.advanceTimersByTimeAsync(90 * SECOND);
    server.piece("row\n");
  }
  expect(file()).toBeNull();
  server.end();
  const whole = await asked;
  expect(whole.ok && (await whole.value.text())).toBe("row\n".repeat(20));

  const broken = outcome(new Api().imports.catalogue("csv", ""));
  await vi.advanceTimersByTimeAsync(SECOND);
  server.piece("row\n");
  await vi.advanceTimersByTimeAsync(3 * MINUTE);
  expect(broken()).toEqual(UNHEARD);
});

test("a server that works on a file has minutes until it says something", async () => {
  deadLine();
  const { imports, prices } = new Api();
  const file = outcome(imports.catalogue("xlsx", ""));
  const wish = { id: "i", dryRun: true, store: null, columns: {} };
  const importing = outcome(imports.start(new File(["Handle,Title\n"], "jars.csv"), wish));
  const checking = outcome(prices.check({ kind: null, offset: 0, limit: 50 }));
  await vi.advanceTimersByTimeAsync(2 * MINUTE);
  expect([file(), importing(), checking()]).toEqual([null, null, UNREACHABLE]);
  await vi.advanceTimersByTimeAsync(7 * MINUTE);
  expect([file(), importing()]).toEqual([null, null]);
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect([file(), importing()]).toEqual([UNHEARD, MAYBE_DONE]);
});

/** What a browser sends big bodies with: it tells when some of one has left, when all of it has, and what was answered. */
class Sending {
  static last: Sending | null = null;
  readonly upload: { onprogress?: () => void; onload?: () => void } = {};
  readonly headers = new Map<string, string>();
  responseType = "";
  response: unknown = null;
  status = 0;
  onload: (() => void) | null = null;
  isAborted = false;
  asked = "";
  sent: unknown = null;
  constructor() {
    Sending.last = this;
  }
  open(method: string, path: string): void {
    this.asked = `${method} ${path}`;
  }
  setRequestHeader(name: string, value: string): void {
    this.headers.set(name, value);
  }
  send(content: unknown): void {
    this.sent = content;
  }
  abort(): void {
    this.isAborted = true;
  }
  answer(json: unknown): void {
    this.status = 200;
    this.response = new Blob([JSON.stringify(json)]);
    this.onload?.();
  }
}

test("a big file is waited for while it leaves, and then while the server works on it", async () => {
  vi.stubGlobal("XMLHttpRequest", Sending);
  const { product } = new Api();
  const picture = new Blob([new Uint8Array(100_000)]);
  const asked = product.upload(picture);
  const sending = outcome(asked);
  const line = Sending.last;
  expect(line?.asked).toBe("POST /hq/v1/pictures");
  expect(Object.fromEntries(line?.headers ?? [])).toMatchObject({
    "onetill-console": "1",
    "content-type": "application/octet-stream",
  });
  expect(line?.sent).toBe(picture);
  for (let piece = 0; piece < 20; piece += 1) {
    await vi.advanceTimersByTimeAsync(90 * SECOND);
    line?.upload.onprogress?.();
  }
  line?.upload.onload?.();
  await vi.advanceTimersByTimeAsync(9 * MINUTE);
  expect(sending()).toBeNull();
  const kept = { till: "a".repeat(64), detail: "b".repeat(64), width: 400, height: 300 };
  line?.answer(kept);
  expect(await asked).toEqual({ ok: true, value: kept });
  expect(vi.getTimerCount()).toBe(0);
});

test("a big file of which nothing leaves any more is given up", async () => {
  vi.stubGlobal("XMLHttpRequest", Sending);
  const sending = outcome(new Api().product.upload(new Blob([new Uint8Array(100_000)])));
  await vi.advanceTimersByTimeAsync(MINUTE);
  Sending.last?.upload.onprogress?.();
  await vi.advanceTimersByTimeAsync(2 * MINUTE - 1);
  expect(sending()).toBeNull();
  await vi.advanceTimersByTimeAsync(1);
  expect(sending()).toEqual(MAYBE_DONE);
  expect(Sending.last?.isAborted).toBe(true);
});
