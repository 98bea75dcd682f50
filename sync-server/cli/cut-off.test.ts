import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type Contents, differences } from "../storage/copies/contents.ts";
import { NotCopied } from "../storage/copies/held.ts";
import type { Place } from "../storage/copies/place.ts";
import { contentsAt } from "../testing/contents-at.ts";
import { PostgresForTests } from "../testing/postgres.ts";
import { wholeShop } from "../testing/whole-shop.ts";

const HQ = join(import.meta.dirname, "hq.ts");
const STARTS_WITHIN_MS = 120_000;
/** However busy the machine is. */
const LONG_MS = 240_000;
/** At these parts of the time that it takes it is killed. */
const KILLED_AT = [0.55, 0.75, 0.92];

let postgres: PostgresForTests;
let folder: string;
let shop: Place & { readonly engine: "sqlite" };
let whole: Contents;
beforeAll(async () => {
  postgres = await PostgresForTests.shared();
}, STARTS_WITHIN_MS);
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "onetill-cut-off-"));
  shop = { engine: "sqlite", file: join(folder, "server.sqlite") };
  wholeShop(shop.file);
  whole = await contentsAt(shop);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command line; `killAfterMs` null: to its end. Answers how long it took, and whether it came to its end. */
async function hq(args: readonly string[], killAfterMs: number | null) {
  const began = performance.now();
  const child = spawn(process.execPath, [HQ, ...args], { stdio: ["ignore", "ignore", "pipe"] });
  let err = "";
  child.stderr.on("data", (piece: Buffer) => {
    err += piece.toString();
  });
  const closed = once(child, "close");
  if (killAfterMs !== null) {
    await Promise.race([closed, pause(killAfterMs)]);
    child.kill("SIGKILL");
  }
  await closed;
  return { ms: performance.now() - began, status: child.exitCode, err };
}

/** What the database at a place holds; null: it has no shop at all. */
async function found(place: Place): Promise<Contents | null> {
  try {
    return await contentsAt(place);
  } catch (error) {
    if (error instanceof NotCopied) return null;
    throw error;
  }
}

/** Of what a move notes at the source, and a restored shop of its own start and of the numbers that it keeps free. */
const ownWords = /^(retailer|feed_eras|hq_sessions|register_floors) /;
const differs = (one: Contents, other: Contents) =>
  differences(one, other).filter((each) => !ownWords.test(each));

test(
  "a move that is killed leaves the whole shop where it was or where it went, and the same command goes on",
  async () => {
    const kept = join(folder, "kept.sqlite");
    copyFileSync(shop.file, kept);
    let url = await postgres.emptyDatabase();
    const to = (): Place => ({ engine: "postgres", url });
    const args = () => ["move", "--from", `sqlite:${shop.file}`, "--to", url, "--skip-journals"];
    const { ms, status } = await hq(args(), null);
    expect(status).toBe(0);
    for (const part of KILLED_AT) {
      await postgres.drop(url);
      url = await postgres.emptyDatabase();
      // Each time from a shop that nobody moved yet.
      copyFileSync(kept, shop.file);
      await hq(args(), ms * part);
      const there = await found(to());
      if (there !== null) expect(differs(whole, there)).toEqual([]);
      expect(differs(whole, await contentsAt(shop))).toEqual([]);
      const again = await hq(args(), null);
      expect(again).toMatchObject({ status: 0, err: "" });
      expect(differs(whole, await contentsAt(to()))).toEqual([]);
    }
    await postgres.drop(url);
  },
  LONG_MS,
);

test(
  "a backup that is killed lies under no name of a whole one; one that is put back leaves what was there or what it is",
  async () => {
    const out = join(folder, "backup");
    const taking = ["backup", "--from", `sqlite:${shop.file}`, "--out", out, "--skip-journals"];
    const { ms } = await hq(taking, null);
    rmSync(out, { recursive: true });
    for (const part of KILLED_AT) {
      await hq(taking, ms * part);
      if (existsSync(out)) expect(readdirSync(out).toSorted()).toEqual(["backup.json", "data.sqlite"]);
      rmSync(out, { recursive: true, force: true });
    }
    expect(await hq(taking, null)).toMatchObject({ status: 0 });
    const back = ["restore", out, "--to", `sqlite:${shop.file}`, "--replace"];
    const took = await hq(back, null);
    expect(took).toMatchObject({ status: 0, err: "" });
    for (const part of KILLED_AT) {
      await hq(back, took.ms * part);
      expect(differs(whole, await contentsAt(shop))).toEqual([]);
    }
    expect(await hq(back, null)).toMatchObject({ status: 0, err: "" });
  },
  LONG_MS,
);
