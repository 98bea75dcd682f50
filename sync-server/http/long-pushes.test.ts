import { type ClientRequest, request as dial, type IncomingMessage } from "node:http";
import fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LongPushes } from "./long-pushes.ts";

const LIMITS = { atDoorBytes: 200_000, atWorkChars: 1_000_000, comesWithinMs: 30_000 };
const MOST_BYTES = 1_000_000;
const LONG = 150_000;

let app: FastifyInstance;
let port: number;
/** Who came to the door, whose body was let in, and who was answered, each by name. */
let atDoor: string[];
let letIn: string[];
/** Ends the handling of whoever has this name. */
let ends: Map<string, () => void>;
let moved: () => void;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  [atDoor, letIn, ends] = [[], [], new Map()];
  moved = () => undefined;
  app = fastify({ bodyLimit: MOST_BYTES, forceCloseConnections: true });
  app.addContentTypeParser("text/plain", { parseAs: "string" }, async (_: unknown, text: string) => text);
  const long = new LongPushes(LIMITS);
  const nameOf = ({ query }: { readonly query: unknown }) =>
    new URLSearchParams(query as never).get("of") ?? "";
  app.post("/", {
    onRequest: async (request, reply) => {
      atDoor.push(nameOf(request));
      moved();
      if (long.isToWait(request, MOST_BYTES)) await long.letIn(request, reply);
      letIn.push(nameOf(request));
      moved();
    },
    handler: async (request, reply) => {
      const work = () =>
        new Promise<string>((done) => {
          ends.set(nameOf(request), () => done("taken"));
          moved();
        });
      const text = typeof request.body === "string" ? request.body : "";
      return long.isLong(text) ? long.during(text, reply, work) : work();
    },
  });
  await app.listen({ host: "127.0.0.1", port: 0 });
  const bound = app.server.address();
  port = typeof bound === "object" ? (bound?.port ?? 0) : 0;
});

afterEach(async () => {
  vi.useRealTimers();
  for (const end of ends.values()) end();
  await app.close();
});

/** Resolves once it is so; looked at whenever somebody moved on. */
function once(isSo: () => boolean): Promise<void> {
  return new Promise((done) => {
    moved = () => {
      if (isSo()) done();
    };
    moved();
  });
}

interface Sent {
  readonly request: ClientRequest;
  readonly status: Promise<number | undefined>;
}

/** Begins a push; `sends` of its bytes are sent, or all of them. */
function push(
  of: string,
  {
    bytes,
    sends = bytes,
    says = true,
  }: { readonly bytes: number; readonly sends?: number; readonly says?: boolean },
): Sent {
  const headers = { "content-type": "text/plain", ...(says ? { "content-length": bytes } : {}) };
  const request = dial({ port, path: `/?of=${of}`, method: "POST", headers });
  const status = new Promise<number | undefined>((answered) => {
    request.once("response", (answer: IncomingMessage) => answered(answer.resume().statusCode));
    request.once("error", () => answered(undefined));
  });
  request.write("x".repeat(sends));
  if (sends === bytes) request.end();
  return { request, status };
}

async function atWork(of: string): Promise<void> {
  await once(() => ends.has(of));
}

test("nothing of a long push is read before there is room for it, and short ones go past it", async () => {
  const first = push("first", { bytes: LONG });
  await atWork("first");
  const second = push("second", { bytes: LONG });
  await once(() => atDoor.includes("second"));
  const third = push("third", { bytes: 60_000 });
  await atWork("third");
  ends.get("third")?.();
  expect(await third.status).toBe(200);
  expect(letIn).toEqual(["first", "third"]);
  ends.get("first")?.();
  expect(await first.status).toBe(200);
  await atWork("second");
  ends.get("second")?.();
  expect(await second.status).toBe(200);
});

test("one that is larger than the room has it for itself", async () => {
  const only = push("only", { bytes: 900_000 });
  await atWork("only");
  ends.get("only")?.();
  expect(await only.status).toBe(200);
});

test("whoever hung up while it waited holds up nobody", async () => {
  push("first", { bytes: LONG });
  await atWork("first");
  const leaver = push("leaver", { bytes: LONG });
  await once(() => atDoor.includes("leaver"));
  leaver.request.destroy();
  const last = push("last", { bytes: LONG });
  await once(() => atDoor.includes("last"));
  ends.get("first")?.();
  await atWork("last");
  ends.get("last")?.();
  expect(await last.status).toBe(200);
  expect(ends.has("leaver")).toBe(false);
});

test("whoever is not there whole after half a minute comes beside the others", async () => {
  const slow = push("slow", { bytes: LONG, sends: 1_000 });
  await once(() => letIn.includes("slow"));
  const next = push("next", { bytes: LONG });
  await once(() => atDoor.includes("next"));
  await vi.advanceTimersByTimeAsync(29_999);
  expect(letIn).not.toContain("next");
  await vi.advanceTimersByTimeAsync(1);
  await atWork("next");
  slow.request.end("x".repeat(LONG - 1_000));
  await atWork("slow");
  for (const end of ends.values()) end();
  expect(await Promise.all([slow.status, next.status])).toEqual([200, 200]);
});

test("whoever is there whole keeps its place however long it is at work", async () => {
  push("first", { bytes: LONG });
  await atWork("first");
  push("next", { bytes: LONG });
  await once(() => atDoor.includes("next"));
  expect(vi.getTimerCount()).toBe(0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(letIn).toEqual(["first"]);
});

test("what is longer than any may be is refused without waiting, and what says no length does not wait", async () => {
  push("first", { bytes: LONG });
  await atWork("first");
  expect(await push("long", { bytes: MOST_BYTES + 1, sends: 10 }).status).toBe(413);
  const silent = push("silent", { bytes: LONG, says: false });
  await atWork("silent");
  ends.get("silent")?.();
  expect(await silent.status).toBe(200);
});
