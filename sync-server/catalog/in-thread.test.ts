import { expect, test } from "vitest";
import { createOneThread } from "./in-thread.ts";

/** A program that runs this for each job. */
function program(code: string): URL {
  const text = `import { parentPort } from "node:worker_threads"; parentPort.once("message", (job) => { ${code} });`;
  return new URL(`data:text/javascript,${encodeURIComponent(text)}`);
}
const threads = (code: string, limits: { readonly timeoutMs?: number; readonly maxWaiting?: number } = {}) =>
  createOneThread<string, string>({ program: program(code), timeoutMs: 60_000, maxMemoryMb: 64, ...limits });

test("pieces of work that are asked for together are all done, each its own", async () => {
  const upper = threads("parentPort.postMessage(job.toUpperCase())");
  expect(await Promise.all(["a", "b", "c"].map((job) => upper.run(job)))).toEqual(
    ["A", "B", "C"].map((value) => ({ ok: true, value })),
  );
});

test("work that breaks its thread, ends it or never answers fails alone: the next is done", async () => {
  const code = `if (job === "throws") throw new Error("broken"); if (job === "exits") process.exit(); if (job !== "hangs") parentPort.postMessage(job);`;
  const fragile = threads(code);
  await expect(fragile.run("throws")).rejects.toThrow("broken");
  await expect(fragile.run("exits")).rejects.toThrow("without an answer");
  expect(await fragile.run("fine")).toEqual({ ok: true, value: "fine" });
  await expect(threads(code, { timeoutMs: 1 }).run("hangs")).rejects.toThrow("longer than 1 ms");
});

test("who comes when too much waits is told at once", async () => {
  const slow = threads("parentPort.postMessage(job)", { maxWaiting: 1 });
  const first = slow.run("a");
  expect(await slow.run("b")).toEqual({ ok: false, reason: "busy" });
  expect(await first).toEqual({ ok: true, value: "a" });
});
