import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type Contents, differences } from "../storage/copies/contents.ts";
import { NotCopied } from "../storage/copies/held.ts";
import type { Place } from "../storage/copies/place.ts";
import { contentsAt } from "../testing/contents-at.ts";
import { PostgresForTests } from "../testing/postgres.ts";
import { wholeShop } from "../testing/whole-shop.ts";

const HQ = join(import.meta.dirname, "hq.ts");
const ENDS_AT_STEP = pathToFileURL(join(import.meta.dirname, "../testing/ends-at-step.ts")).href;
const STARTS_WITHIN_MS = 120_000;
/** However busy the machine is. */
const LONG_MS = 240_000;
/** It is killed before so many of the last steps that change anything on a disk, where a shop takes another's place. */
const LAST_STEPS = 3;
/** What is quick is killed before so many of them, */
const MANY_LAST_STEPS = 5;
/** and before so many others, spread over all that it writes until then. */
const STEPS_BEFORE = 5;

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

/** Runs the command line, to its end or until it is killed before a step. Answers how many steps it came to, and how it ended. */
async function hq(args: readonly string[], endsAt: number | null = null) {
  const counted = join(folder, "steps");
  const child = spawn(process.execPath, ["--import", ENDS_AT_STEP, HQ, ...args], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, ONETILL_TEST_STEPS: counted, ONETILL_TEST_ENDS_AT: String(endsAt ?? 0) },
  });
  let err = "";
  child.stderr.on("data", (piece: Buffer) => {
    err += piece.toString();
  });
  await once(child, "close");
  if (endsAt !== null) expect(child.signalCode).toBe("SIGKILL");
  return { steps: Number(readFileSync(counted, "utf8")), status: child.exitCode, err };
}

/** The shop goes on after its backup. */
function sellOn(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(
    "DELETE FROM tickets WHERE cursor IN (SELECT max(cursor) FROM tickets); PRAGMA wal_checkpoint(TRUNCATE)",
  );
  database.close();
}

const lastOf = (steps: number, length = LAST_STEPS): readonly number[] => {
  expect(steps).toBeGreaterThanOrEqual(length);
  return Array.from({ length }, (_, place) => steps - place);
};

const anyOf = (steps: number): readonly number[] => {
  const last = lastOf(steps, MANY_LAST_STEPS);
  const before = steps - MANY_LAST_STEPS;
  const spread = Array.from(
    { length: STEPS_BEFORE },
    (_, place) => 1 + Math.floor((place * before) / STEPS_BEFORE),
  );
  return [...new Set([...spread, ...last])];
};

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
    const { steps, status } = await hq(args());
    expect(status).toBe(0);
    for (const step of lastOf(steps)) {
      await postgres.drop(url);
      url = await postgres.emptyDatabase();
      // Each time from a shop that nobody moved yet.
      copyFileSync(kept, shop.file);
      await hq(args(), step);
      const there = await found(to());
      if (there !== null) expect(differs(whole, there)).toEqual([]);
      expect(differs(whole, await contentsAt(shop))).toEqual([]);
      const again = await hq(args());
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
    const { steps } = await hq(taking);
    rmSync(out, { recursive: true });
    for (const step of anyOf(steps)) {
      await hq(taking, step);
      if (existsSync(out)) expect(readdirSync(out).toSorted()).toEqual(["backup.json", "data.sqlite"]);
      rmSync(out, { recursive: true, force: true });
    }
    expect(await hq(taking)).toMatchObject({ status: 0 });
    const later = join(folder, "later.sqlite");
    sellOn(shop.file);
    copyFileSync(shop.file, later);
    const wentOn = await contentsAt(shop);
    expect(differs(whole, wentOn)).toHaveLength(1);
    const back = ["restore", out, "--to", `sqlite:${shop.file}`, "--replace"];
    const took = await hq(back);
    expect(took).toMatchObject({ status: 0, err: "" });
    expect(differs(whole, await contentsAt(shop))).toEqual([]);
    const left = new Set<string>();
    for (const step of anyOf(took.steps)) {
      copyFileSync(later, shop.file);
      await hq(back, step);
      const there = await contentsAt(shop);
      const isAsBefore = differs(wentOn, there).length === 0;
      left.add(isAsBefore ? "before" : "restored");
      if (!isAsBefore) expect(differs(whole, there)).toEqual([]);
    }
    // Beside all that was left behind each time.
    expect(await hq(back)).toMatchObject({ status: 0, err: "" });
    expect(differs(whole, await contentsAt(shop))).toEqual([]);
    // Killed behind the step that puts it there as well as before.
    expect([...left].toSorted()).toEqual(["before", "restored"]);
  },
  LONG_MS,
);
