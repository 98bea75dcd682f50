import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HttpForTests } from "../http-for-tests.ts";
import { BERLIN } from "../testing/shop.ts";

const PATIENCE = { requestMs: 900, headMs: 400, lookEveryMs: 100, connections: 12 };

let http: HttpForTests;
beforeAll(async () => {
  http = await HttpForTests.open({ patience: PATIENCE });
});
afterAll(() => http.close());

const opened = new Set<Socket>();
function dial(): Socket {
  const socket = connect(Number(new URL(http.address).port), "127.0.0.1");
  socket.on("error", () => undefined);
  opened.add(socket);
  socket.once("close", () => opened.delete(socket));
  return socket;
}

/** What the server said until it hung up; sends a byte every now and then meanwhile. A byte that comes as it hangs up resets the line: that is an error after the last words. */
async function heldOpen(begin: string): Promise<string> {
  const socket = dial();
  let said = "";
  socket.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  socket.write(begin);
  const trickle = setInterval(() => socket.write("x"), 50);
  await new Promise((closed) => socket.once("close", closed));
  clearInterval(trickle);
  return said;
}

test("whoever sends a request's head byte by byte is hung up on, and so is whoever says nothing at all", async () => {
  const said = await Promise.all([
    heldOpen("GET /healthz HTTP/1.1\r\nhost: here\r\nx-slow: "),
    heldOpen("GET /healthz HT"),
  ]);
  for (const words of said) expect(words).toMatch(/^HTTP\/1\.1 (408|400) /);
});

test("whoever sends a body byte by byte is hung up on before anything is done with it", async () => {
  const said = await heldOpen(
    "POST /sync/v1/enrol HTTP/1.1\r\nhost: here\r\ncontent-type: application/json\r\ncontent-length: 10000\r\n\r\n{",
  );
  expect(said).toMatch(/^HTTP\/1\.1 408 /);
});

test("a head larger than any is refused", async () => {
  const answer = await fetch(`${http.address}/healthz`, { headers: { "x-long": "x".repeat(20_000) } });
  expect(answer.status).toBe(431);
});

test("beyond so many lines at once the next is closed as it comes, and once one is free again it is answered", async () => {
  const { connections } = PATIENCE;
  // None of these is hung up on for being slow while the test lasts: only their number can close a line.
  const crowded = await HttpForTests.open({
    patience: { requestMs: 300_000, headMs: 300_000, lookEveryMs: 300_000, connections },
  });
  try {
    const port = Number(new URL(crowded.address).port);
    const lines: Socket[] = [];
    for (let count = 0; count < connections; count++) {
      const line = connect(port, "127.0.0.1");
      lines.push(line);
      line.write("GET /healthz HTTP/1.1\r\nhost: here\r\n\r\n");
      const [answer] = await once(line, "data");
      expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /);
    }
    const oneMore = connect(port, "127.0.0.1").on("error", () => undefined);
    let said = "";
    oneMore.on("data", (words) => {
      said += words;
    });
    oneMore.write("GET /healthz HTTP/1.1\r\nhost: here\r\n\r\n");
    await new Promise((closed) => oneMore.once("close", closed));
    expect(said).toBe("");
    expect(lines.filter((line) => line.closed || line.readableEnded)).toEqual([]);

    const left = lines.pop();
    left?.end();
    if (left) await once(left, "close");
    await expect
      .poll(() =>
        fetch(`${crowded.address}/healthz`).then(
          ({ status }) => status,
          () => null,
        ),
      )
      .toBe(200);
    for (const line of lines) line.destroy();
  } finally {
    await crowded.close();
  }
});

test("a stream of wake-ups is no slow request: it stays open beyond all patience", async () => {
  const { token } = await http.pair();
  const stream = await http.listen(token);
  // Whoever began later and is slow has been hung up on: more than all patience went by.
  await heldOpen(
    "POST /sync/v1/enrol HTTP/1.1\r\nhost: here\r\ncontent-type: application/json\r\ncontent-length: 10000\r\n\r\n{",
  );
  await http.parts.deps.publisher.publish((publication) => publication.putStore(BERLIN));
  expect(await stream.nextWake()).toContain("settings");
});
