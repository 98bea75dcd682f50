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
const sockets: Socket[] = [];

beforeEach(async () => {
  server = createServer((_, answer) => answer.end("here"));
  told = [];
  lines = new RestingLines(server, { few: 2, fewMs: 60_000, manyMs: 4_000 }, (areMany) => told.push(areMany));
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
