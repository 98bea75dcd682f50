import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request, type Server } from "node:http";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { letRestingLinesGo } from "./resting-lines.ts";

let server: Server;
const sockets: Socket[] = [];

beforeEach(async () => {
  server = createServer((_, answer) => answer.end("here"));
  letRestingLinesGo(server, { few: 2, fewMs: 60_000, manyMs: 4_000 });
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
async function told(): Promise<string | string[] | undefined> {
  const agent = new Agent({ keepAlive: true });
  const asked = request({ host: "127.0.0.1", port: port(), agent }).end();
  const [answer]: IncomingMessage[] = await once(asked, "response");
  answer?.resume();
  agent.destroy();
  return answer?.headers["keep-alive"];
}

test("where there are few lines one that rests is held for a minute", async () => {
  await hold(1);
  expect(await told()).toBe("timeout=60");
});

test("where there are many it is let go of soon, until there are few again", async () => {
  await hold(3);
  expect(await told()).toBe("timeout=4");
  const left = sockets.splice(0);
  for (const socket of left) socket.destroy();
  await expect.poll(told).toBe("timeout=60");
});
