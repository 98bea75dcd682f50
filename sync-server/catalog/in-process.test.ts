import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createOneProcess } from "./in-process.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onetill-work-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Work that runs this for each job. */
function work(
  code: string,
  limits: { readonly timeoutMs?: number; readonly maxWaiting?: number; readonly maxMemoryMb?: number } = {},
) {
  const file = join(folder, "program.mjs");
  writeFileSync(file, `let done = 0; process.on("message", (job) => { done += 1; ${code} });`);
  return createOneProcess<string, string>({
    program: pathToFileURL(file),
    timeoutMs: 60_000,
    maxMemoryMb: 64,
    ...limits,
  });
}

test("pieces of work that are asked for together are all done in their order, in one process", async () => {
  const upper = work("process.send(job.toUpperCase() + done)");
  expect(await Promise.all(["a", "b", "c"].map((job) => upper.run(job)))).toEqual(
    ["A1", "B2", "C3"].map((value) => ({ ok: true, value })),
  );
});

test("work that takes all memory, breaks its process, ends it or never answers is refused alone: the next is done", async () => {
  const code = `
    if (job === "fills") { const held = []; for (;;) held.push({ held: [job] }); }
    if (job === "throws") throw new Error("broken");
    if (job === "exits") process.exit();
    if (job !== "hangs") process.send(job + done);`;
  const fragile = work(code);
  for (const job of ["fills", "throws", "exits"]) {
    expect(await fragile.run(job)).toEqual({ ok: false, reason: "tooMuch" });
    expect(await fragile.run("fine")).toEqual({ ok: true, value: "fine1" });
  }
  expect(await work(code, { timeoutMs: 1 }).run("hangs")).toEqual({ ok: false, reason: "tooMuch" });
});

test("who comes when too much waits is told at once", async () => {
  const slow = work("process.send(job)", { maxWaiting: 1 });
  const first = slow.run("a");
  expect(await slow.run("b")).toEqual({ ok: false, reason: "busy" });
  expect(await first).toEqual({ ok: true, value: "a" });
});
