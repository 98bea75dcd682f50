import { execFileSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";

/** What a program holds at most, of 40 MB that stay, while it makes much that lives for a while; megabytes. */
function mostHeld(isLean: boolean): number {
  const leanHeap = pathToFileURL(new URL("lean-heap.ts", import.meta.url).pathname).href;
  const program = `
    import { setImmediate as turn } from "node:timers/promises";
    const { keepHeapLean } = await import(${JSON.stringify(leanHeap)});
    keepHeapLean(${isLean});
    const piece = () => Array.from({ length: 60 }, (_, at) => ({ at, text: at + "x", more: [at, {}] }));
    const stays = Array.from({ length: 5_000 }, piece);
    const ring = [];
    let most = 0;
    for (let line = 0; line < 20_000; line += 1) {
      ring[line % 700] = piece();
      if (line % 50 > 0) continue;
      await turn();
      most = Math.max(most, process.memoryUsage().heapTotal);
    }
    console.log(stays.length > 0 ? most / 1e6 : 0);`;
  const flags = ["--max-semi-space-size=2", "--input-type=module", "--eval", program];
  return Number(execFileSync(process.execPath, flags, { encoding: "utf8" }));
}

test("a lean heap holds far less of what lived for a while", () => {
  expect(mostHeld(true)).toBeLessThan(mostHeld(false) * 0.8);
});
