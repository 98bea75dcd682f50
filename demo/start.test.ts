import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "onetill-start-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

async function npmStart(...args: string[]): Promise<{ status: number | null; said: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "start.ts"), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      said += chunk;
    });
  }
  const [status] = (await once(child, "close")) as [number | null];
  return { status, said };
}

test("--help says what there is", async () => {
  const { status, said } = await npmStart("--help");
  expect(status).toBe(0);
  for (const flag of ["--port", "--data", "--reset", "--no-open", "--browser"]) expect(said).toContain(flag);
});

test("an unknown option is named and nothing is started", async () => {
  const { status, said } = await npmStart("--prot", "9000");
  expect(status).toBe(1);
  expect(said).toContain("--prot");
  expect(said).not.toContain("start.ts:");
});

test("a port that is taken is named, with a way out, before any data is touched", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const { status, said } = await npmStart("--port", String(port), "--data", home, "--reset", "--no-open");
  other.close();
  expect(status).toBe(1);
  expect(said).toContain(`Port ${port} is taken`);
  expect(said).toContain("--port");
});

/** A port that is free, below those that systems give to whoever asks for any: tests beside this one take no such port meanwhile. */
async function freePort(): Promise<number> {
  const port = randomInt(20_000, 30_000);
  const probe = createServer().listen(port, "127.0.0.1");
  try {
    await once(probe, "listening");
  } catch {
    return freePort();
  }
  probe.close();
  await once(probe, "close");
  return port;
}

test("a folder with other people's files is refused", async () => {
  const port = await freePort();
  writeFileSync(join(home, "thesis.txt"), "chapter 1");
  const { status, said } = await npmStart("--port", String(port), "--data", home, "--reset", "--no-open");
  expect(status).toBe(1);
  expect(said).toContain("left alone");
});
