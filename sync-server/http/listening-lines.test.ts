import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect as connectPlain, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { generate } from "selfsigned";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { HttpForTests } from "../http-for-tests.ts";
import { ListeningLines } from "./listening-lines.ts";

const LISTEN = "/sync/v1/changes";
const ASK = "/sync/v1/newer";
/** Answered by the test itself. */
const LONG = "/sync/v1/snapshot/catalog";
/** More than the system keeps of a line whose reader stands still. */
const UNREAD = "x".repeat(16_000_000);

/** A client's line, that beneath its TLS, and what came by it. */
interface Heard {
  readonly line: Socket;
  readonly raw: Socket;
  said: string;
}

let identity: { readonly cert: string; readonly key: string };
beforeAll(async () => {
  const { cert, private: key } = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    curve: "P-256",
  });
  identity = { cert, key };
});

describe.each(["plain", "TLS"])("by a %s line", (kind) => {
  const isTls = kind === "TLS";
  let server: Server;
  let lines: ListeningLines;
  let asked: { readonly request: IncomingMessage; readonly answer: ServerResponse }[];
  const clients = new Set<Socket>();

  beforeEach(async () => {
    asked = [];
    const answers = (request: IncomingMessage, answer: ServerResponse) => {
      asked.push({ request, answer });
      if (request.url?.startsWith(LISTEN)) answer.write("first");
      else if (request.url !== LONG) answer.end("here");
    };
    server = isTls ? createTlsServer({ ...identity }, answers) : createServer(answers);
    lines = new ListeningLines(server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterEach(async () => {
    for (const client of clients) client.destroy();
    clients.clear();
    server.closeAllConnections();
    lines.close();
    server.close();
    await once(server, "close");
  });

  function port(): number {
    const bound = server.address();
    return typeof bound === "object" && bound !== null ? bound.port : 0;
  }

  function dialled(): Heard {
    const raw = connectPlain(port(), "127.0.0.1");
    raw.on("error", () => undefined);
    const line = isTls ? connectTls({ socket: raw, rejectUnauthorized: false }) : raw;
    clients.add(line);
    line.on("error", () => undefined);
    const heard = { line, raw, said: "" };
    line.setEncoding("utf8").on("data", (text: string) => {
      heard.said += text;
    });
    return heard;
  }

  const ask = (line: Socket, path: string) =>
    line.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n`);

  async function listening(path = LISTEN) {
    const heard = dialled();
    ask(heard.line, path);
    await expect.poll(() => heard.said).toContain("first");
    const last = asked.at(-1);
    if (last === undefined) throw new Error("nobody asked");
    return { ...last, heard };
  }

  test.each([LISTEN, `${LISTEN}?from=here`])(
    "one at %s keeps nothing of what reads the next request, and is written to as before",
    async (path) => {
      const { request, answer, heard } = await listening(path);
      expect(Reflect.get(request.socket, "parser")).toBeNull();
      expect(lines.count).toBe(1);
      answer.write("second");
      await expect.poll(() => heard.said).toContain("second");
      expect(heard.said.toLowerCase()).toContain("connection: close\r\n");
    },
  );

  test("one that asked before by the same line is let go of as well", async () => {
    const { line } = dialled();
    ask(line, ASK);
    await expect.poll(() => asked.length).toBe(1);
    expect(lines.count).toBe(0);
    ask(line, LISTEN);
    await expect.poll(() => lines.count).toBe(1);
  });

  test("one that asks while the answer before it is being read stays in Node's hands: that answer goes on, then its own", async () => {
    const heard = dialled();
    ask(heard.line, LONG);
    await expect.poll(() => asked.length).toBe(1);
    const before = asked.at(0)!.answer;
    heard.line.pause();
    const drained = once(before, "drain");
    expect(before.write(UNREAD)).toBe(false);
    ask(heard.line, LISTEN);
    await expect.poll(() => asked.length).toBe(2);
    expect(before.writableNeedDrain).toBe(true);
    expect(lines.count).toBe(0);
    heard.line.resume();
    await drained;
    before.end();
    await expect.poll(() => heard.said.endsWith("first\r\n")).toBe(true);
    asked.at(1)!.answer.write("second");
    await expect.poll(() => heard.said.endsWith("second\r\n")).toBe(true);
    expect(lines.count).toBe(0);
  });

  // As Node does before 24.9, which asks nobody whether he speaks another protocol: so does a server that is not told otherwise.
  test.each([ASK, LISTEN])(
    "one that was not asked for, but offers another protocol at %s, is hung up on",
    async (path) => {
      const { line } = dialled();
      const closed = once(line, "close");
      line.write(
        `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n`,
      );
      await closed;
      expect(lines.count).toBe(0);
      expect(asked).toEqual([]);
    },
  );

  test("who asks anything else goes on asking by his line", async () => {
    const heard = dialled();
    for (const path of [ASK, `${LISTEN}/more`, ASK]) {
      const before = asked.length;
      ask(heard.line, path);
      await expect.poll(() => asked.length).toBe(before + 1);
      if (path !== ASK) asked.at(-1)?.answer.end();
    }
    expect(new Set(asked.map(({ request }) => request.socket)).size).toBe(1);
    expect(lines.count).toBe(0);
  });

  test("the answer's end is the line's, with all that was written before it", async () => {
    const { answer, heard } = await listening();
    const closed = once(heard.line, "close");
    answer.end("last");
    await closed;
    expect(heard.said).toMatch(/last\r\n0\r\n\r\n$/);
    await expect.poll(() => lines.count).toBe(0);
  });

  test.each([
    ["hangs up", ({ line }: Heard) => line.end()],
    ["is gone", ({ line }: Heard) => line.destroy()],
    ["breaks off, which is an error of the line", ({ raw }: Heard) => raw.resetAndDestroy()],
    ["says more, which nobody would read", ({ line }: Heard) => line.write("GET / HTTP/1.1\r\n")],
  ])("who listens and %s is let go of, and the answer is told", async (_, leave) => {
    const { answer, heard } = await listening();
    const told = once(answer, "close");
    leave(heard);
    await told;
    answer.write("nobody hears this");
    await expect.poll(() => lines.count).toBe(0);
  });

  test("a server that closes ends them, even where a reader stands still, and takes no more", async () => {
    const { answer, heard } = await listening();
    heard.line.pause();
    answer.write("x".repeat(8_000_000));
    const told = once(answer, "close");
    lines.close();
    await told;
    await listening();
    expect(lines.count).toBe(0);
  });
});

describe("at the server", () => {
  let http: HttpForTests;
  beforeAll(async () => {
    http = await HttpForTests.open();
  });
  afterAll(() => http.close());

  test("a till that may not listen is told why, and its line ends with it", async () => {
    const refused = await http.ask(LISTEN, { token: "no till's" });
    expect(refused.status).toBe(401);
    expect(refused.headers.get("connection")).toBe("close");
    expect(await refused.json()).toMatchObject({ reason: "unauthorised" });
  });

  test("who offers to speak another protocol is answered as anybody is", async () => {
    const line = connectPlain(Number(new URL(http.address).port), "127.0.0.1").setEncoding("utf8");
    line.write("GET /healthz HTTP/1.1\r\nHost: here\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n");
    const [said] = await once(line, "data");
    expect(said).toMatch(/^HTTP\/1\.1 200 /);
    line.destroy();
  });
});
