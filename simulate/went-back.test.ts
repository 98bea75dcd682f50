import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

/** However busy the machine is. */
const LONG_MS = 600_000;
const SEEDS = ["1", "2", "3", "4", "5", "6", "7", "8"];

test(
  "S4c S4d a server that goes back to a time before its tills has every sale of theirs once, under numbers of their own",
  async () => {
    const program = resolve(import.meta.dirname, "went-back.ts");
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...SEEDS]);
    const found: unknown = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
    expect(found).toEqual(Object.fromEntries(SEEDS.map((seed) => [seed, []])));
  },
  LONG_MS,
);
