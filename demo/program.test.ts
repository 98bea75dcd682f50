import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startProgram } from "./program.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "onetill-program-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function start(source: string) {
  const file = join(home, "program.js");
  writeFileSync(file, source);
  return startProgram({
    name: "It",
    root: home,
    args: [file],
    logFile: join(home, "log"),
    onLine: () => undefined,
  });
}

test("a program that dies tells how, and its words are kept", async () => {
  const program = start(`console.log("opening"); console.error("no paper"); process.exitCode = 3;`);
  expect(await program.ended).toBe("exit status 3");
  expect(program.lastLines()).toEqual(expect.arrayContaining(["opening", "no paper"]));
});

test("a line is found whether it came before or after it was asked for", async () => {
  const program = start(`console.log("till at 8788"); setInterval(() => undefined, 1000);`);
  expect(await program.firstLine(/till at \d+/)).toBe("till at 8788");
  expect(await program.firstLine(/till at/)).toBe("till at 8788");
  await program.stop();
  expect(readFileSync(join(home, "log"), "utf8")).toBe("till at 8788\n");
});

test("stopping lets a program finish what it is doing", async () => {
  const program = start(
    `process.on("SIGTERM", () => { console.log("saved"); process.exit(0); }); setInterval(() => undefined, 1000); console.log("ready");`,
  );
  await program.firstLine(/ready/);
  await program.stop();
  expect(await program.ended).toBe("exit status 0");
  expect(program.lastLines()).toEqual(["ready", "saved"]);
});

test("a program may have worker threads and helpers of its own", async () => {
  const helper = join(home, "helper.js");
  writeFileSync(helper, `process.stdin.resume().on("close", () => process.exit(0));`);
  const program = start(
    `const { Worker } = require("node:worker_threads");
     const { fork } = require("node:child_process");
     new Worker("process.stdin.on('data', () => undefined)", { eval: true }).on("exit", (thread) => {
       const child = fork(${JSON.stringify(helper)}, { stdio: ["ignore", "ignore", "ignore", "ipc"] });
       child.on("exit", (code, signal) => console.log("both done", thread, code, signal));
     });`,
  );
  expect(await program.firstLine(/both done/)).toBe("both done 0 0 null");
  expect(await program.ended).toBe("exit status 0");
});

test("when the demo itself is killed, its programs end too", async () => {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const held = join(home, "held.js");
  writeFileSync(
    held,
    `require("node:net").connect(${port}, "127.0.0.1"); setInterval(() => undefined, 1000);`,
  );
  const holder = join(home, "holder.ts");
  writeFileSync(
    holder,
    `import { startProgram } from ${JSON.stringify(join(import.meta.dirname, "program.ts"))};
     startProgram({ name: "It", root: ".", args: [${JSON.stringify(held)}], logFile: ${JSON.stringify(join(home, "log"))}, onLine: () => undefined });`,
  );
  const demo = spawn(process.execPath, [holder], { stdio: "ignore" });
  const [socket] = (await once(server, "connection")) as [Socket];
  const programIsGone = once(socket.resume(), "close");
  demo.kill("SIGKILL");
  await programIsGone;
  server.close();
});
