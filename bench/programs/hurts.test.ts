import { afterEach, beforeEach, expect, test } from "vitest";
import { JournalBench } from "../../src-main/engine/testing/journal-bench.ts";
import { HURTS } from "./hurts.ts";

const SALES = 40;

let bench: JournalBench;
beforeEach(async () => {
  bench = await JournalBench.open();
  for (let sale = 0; sale < SALES; sale += 1) await bench.sell();
});
afterEach(() => bench.close());

test.each(HURTS)("$name: the till finds its $side $was, and has every sale", async ({ side, hurt, was }) => {
  const written = await bench.entries();
  await bench.shut();
  hurt(bench.folder);
  await bench.reopen();
  expect(bench.recovery).toMatchObject({ [side]: was, entries: written.length });
  expect(await bench.entries()).toEqual(written);
});
