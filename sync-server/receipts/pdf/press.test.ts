import { Worker } from "node:worker_threads";
import { afterEach, expect, test } from "vitest";
import type { PdfJob } from "#paper/receipt-pdf.ts";
import { readPdf } from "#paper/testing/read-pdf.ts";
import { createPdfPress, type PdfPress } from "./press.ts";

let press: PdfPress;
afterEach(() => press.close());

function job(title: string): PdfJob {
  return {
    title,
    rows: [{ kind: "pair", left: title, right: "1,00 €", strong: false }],
    paper: "roll",
    madeAt: 0,
  };
}

/** A thread that runs this instead of drawing. */
function thread(code: string): () => Worker {
  return () => new Worker(`const { parentPort } = require("node:worker_threads"); ${code}`, { eval: true });
}

const DRAWS = `parentPort.on("message", ({ title }) => parentPort.postMessage({ ok: true, bytes: Buffer.from(title) }))`;

test("documents that are asked for together are all drawn, each its own", async () => {
  press = createPdfPress();
  const drawn = await Promise.all(["Beleg 1", "Beleg 2", "Beleg 3"].map((title) => press.draw(job(title))));
  const pages = await Promise.all(drawn.map((one) => readPdf(one.ok ? one.value : new Uint8Array())));
  expect(pages.map(([page]) => page?.text.includes("Beleg"))).toEqual([true, true, true]);
  expect(pages.map(([page]) => /Beleg (\d)/.exec(page?.text ?? "")?.[1])).toEqual(["1", "2", "3"]);
});

test("the server goes on with its work while a long receipt is drawn", async () => {
  press = createPdfPress();
  let turns = 0;
  const work = setInterval(() => {
    turns += 1;
  }, 5);
  const rows = Array.from({ length: 300 }, (_, index) => job(`Artikel ${index}`).rows).flat();
  await press.draw({ ...job("long"), rows });
  clearInterval(work);
  expect(turns).toBeGreaterThan(20);
});

test("when too many wait, the next one hears so at once, and the others are drawn", async () => {
  press = createPdfPress({ maxWaiting: 2, startWorker: thread(DRAWS) });
  const asked = ["a", "b", "c", "d"].map((title) => press.draw(job(title)));
  expect((await Promise.all(asked)).map((one) => one.ok || one.reason)).toEqual([true, true, true, "busy"]);
});

test("a document that never ends is given up, and the next is drawn by another thread", async () => {
  const threads = [thread("parentPort.on('message', () => { for (;;); })"), thread(DRAWS)];
  press = createPdfPress({ timeoutMs: 300, startWorker: () => threads.shift()!() });
  const [stuck, next] = await Promise.allSettled([press.draw(job("stuck")), press.draw(job("next"))]);
  expect(stuck).toMatchObject({ status: "rejected", reason: { message: expect.stringContaining("300 ms") } });
  expect(next).toMatchObject({ status: "fulfilled", value: { ok: true } });
});

test("a document that brings its thread down takes nothing else with it", async () => {
  const threads = [
    thread("parentPort.on('message', () => setImmediate(() => { throw new Error('boom'); }))"),
    thread(DRAWS),
  ];
  press = createPdfPress({ startWorker: () => threads.shift()!() });
  const [first, next] = await Promise.allSettled([press.draw(job("first")), press.draw(job("next"))]);
  expect(first).toMatchObject({ status: "rejected", reason: { message: "boom" } });
  expect(next).toMatchObject({ status: "fulfilled", value: { ok: true } });
});

test("what cannot be drawn says why, and the next is drawn", async () => {
  press = createPdfPress();
  const rows = [{ kind: "qr", text: "x".repeat(10_000), label: "" } as const];
  await expect(press.draw({ ...job("long code"), rows })).rejects.toThrow();
  expect(await press.draw(job("next"))).toMatchObject({ ok: true });
});
