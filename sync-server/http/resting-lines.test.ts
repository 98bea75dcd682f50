import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request, type Server } from "node:http";
import { connect, type Socket } from "node:net";
import { json } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { replicaAnswerSchema } from "#protocol/sync/replica.ts";
import { HttpForTests } from "../http-for-tests.ts";
import { TEA } from "../testing/shop.ts";
import { RestingLines } from "./resting-lines.ts";

let server: Server;
let lines: RestingLines;
/** What it said of how many there are. */
let told: boolean[];
let now: number;
/** What is asked at `LATER` is answered by this. */
let answerLater: () => void;
const LATER = "/sync/v1/later";
const sockets: Socket[] = [];

beforeEach(async () => {
  server = createServer(({ url }, answer) => {
    answerLater = () => answer.end("here");
    if (url !== LATER) answerLater();
  });
  told = [];
  now = 0;
  lines = new RestingLines(
    server,
    { few: 2, fewMs: 60_000, manyMs: 4_000 },
    { onMany: (areMany) => told.push(areMany), now: () => now },
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

function port(): number {
  const bound = server.address();
  return typeof bound === "object" && bound !== null ? bound.port : 0;
}

async function hold(count: number): Promise<void> {
  for (let line = 0; line < count; line += 1) {
    const arrived = once(server, "connection");
    sockets.push(connect(port(), "127.0.0.1"));
    await arrived;
  }
}

/** How long it says that it holds the line, by a line of its own. */
async function heldFor(): Promise<string | string[] | undefined> {
  const agent = new Agent({ keepAlive: true });
  const asked = request({ host: "127.0.0.1", port: port(), agent }).end();
  const [answer]: IncomingMessage[] = await once(asked, "response");
  answer?.resume();
  agent.destroy();
  return answer?.headers["keep-alive"];
}

test("where there are few lines one that rests is held for a minute", async () => {
  await hold(1);
  expect(lines.areMany).toBe(false);
  expect(await heldFor()).toBe("timeout=60");
});

test("where there are many it is let go of soon, until there are few again", async () => {
  await hold(3);
  expect(lines.areMany).toBe(true);
  expect(await heldFor()).toBe("timeout=4");
  const left = sockets.splice(0);
  for (const socket of left) socket.destroy();
  await expect.poll(heldFor).toBe("timeout=60");
  expect(told).toEqual([true, false]);
});

/** What a till asks. */
const NEWER = "/sync/v1/newer";

/** Asks by a line of its own, or by this one, which rests then. */
async function rested(
  path: string,
  { header = "", by }: { header?: string; by?: Socket } = {},
): Promise<Socket> {
  const line = by ?? connect(port(), "127.0.0.1");
  sockets.push(line);
  const answered = once(line, "data");
  line.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n${header}\r\n`);
  await answered;
  return line;
}

test("there are few again only well below what is few: at the edge each line that comes and goes would change it", async () => {
  const saidOfTen: boolean[] = [];
  new RestingLines(
    server,
    { few: 10, fewMs: 60_000, manyMs: 4_000 },
    { onMany: (are) => saidOfTen.push(are) },
  );
  // After those who count them: told as soon as they are counted.
  let left = 0;
  server.on("connection", (socket) => socket.on("close", () => (left += 1)));
  await hold(11);
  expect(saidOfTen).toEqual([true]);
  const leave = (count: number) => {
    for (const socket of sockets.splice(0, count)) socket.destroy();
  };
  leave(2);
  await expect.poll(() => left).toBe(2);
  expect(saidOfTen).toEqual([true]);
  leave(1);
  await expect.poll(() => left).toBe(3);
  expect(saidOfTen).toEqual([true, false]);
});

test("where there are many, those that were told to be held for long go as others come: two at a time, longest first", async () => {
  const gone = new Set<string>();
  for (const name of ["first", "second", "third"]) {
    now += 1;
    (await rested(NEWER)).once("close", () => gone.add(name));
  }
  now = 4_003;
  await hold(1);
  await expect.poll(() => gone.size).toBe(2);
  expect(gone).toEqual(new Set(["first", "second"]));
  await hold(1);
  await expect.poll(() => gone.size).toBe(3);
});

test("no line goes before it has rested as long as lines may where there are many", async () => {
  const line = await rested(NEWER);
  now = 3_999;
  await hold(3);
  await rested(NEWER, { by: line });
});

test("those that are about to be used stay, for each till asks once a minute, and those that came after them go", async () => {
  const due = await rested(NEWER);
  now = 1;
  const next = await rested(NEWER);
  const left = once(next, "close");
  now = 50_001;
  await hold(1);
  await left;
  await rested(NEWER, { by: due });
  // It may go again once it has rested anew.
  now = 54_001;
  const goes = once(due, "close");
  await hold(1);
  await goes;
});

test.each([
  ["who asks nothing of tills", "/shop/v1/products", ""],
  ["a proxy, which may ask for somebody else at any moment", NEWER, "X-Forwarded-For: 192.0.2.7\r\n"],
  ["a proxy that says so in the other way", NEWER, "Forwarded: for=192.0.2.7\r\n"],
])("no line of %s goes", async (_, path, header) => {
  const line = await rested(NEWER);
  await rested(path, { header, by: line });
  const till = await rested(NEWER);
  const left = once(till, "close");
  now = 10_000;
  await hold(2);
  await left;
  await rested(path, { header, by: line });
});

test("a line by which a question is under way does not rest, however long that takes", async () => {
  const line = await rested(NEWER);
  const later = once(server, "request");
  line.write(`GET ${LATER} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  await later;
  now = 10_000;
  await hold(3);
  const answered = once(line, "data");
  answerLater();
  await answered;
  // It rests since now.
  now = 14_000;
  const left = once(line, "close");
  await hold(1);
  await left;
});

test("where there are few, who rests is left alone", async () => {
  const line = await rested(NEWER);
  now = 40_000;
  await hold(1);
  await rested(NEWER, { by: line });
});

test("where there are many a till whose first question brings nothing new is let go of with the answer, and one that asks more by its line is not", async () => {
  const http = await HttpForTests.open({ linesPace: { few: 0, fewMs: 60_000, manyMs: 4_000 } });
  const [one, another] = [new Agent({ keepAlive: true }), new Agent({ keepAlive: true })];
  try {
    await http.parts.stockUp([TEA], 1);
    const { token } = await http.pair("BER1");
    const stock = async (agent: Agent, after: string) => {
      const options = { agent, headers: { authorization: `Bearer ${token}` } };
      const asked = request(`${http.address}/sync/v1/replica/stock${after}`, options).end();
      const [answer]: IncomingMessage[] = await once(asked, "response");
      if (answer === undefined) throw new Error("nothing was answered");
      const { documents, checkpoint } = replicaAnswerSchema.parse(await json(answer));
      const behind = `?after=${encodeURIComponent(checkpoint)}`;
      return { line: answer.headers.connection, count: documents.length, behind };
    };
    const first = await stock(one, "");
    expect(first).toMatchObject({ line: "keep-alive", count: 1 });
    expect(await stock(one, first.behind)).toMatchObject({ line: "keep-alive", count: 0 });
    expect(await stock(another, first.behind)).toMatchObject({ line: "close", count: 0 });
  } finally {
    one.destroy();
    another.destroy();
    await http.close();
  }
});
