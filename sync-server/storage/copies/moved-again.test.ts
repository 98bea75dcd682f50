import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { instant } from "#domain/ids.ts";
import { PostgresForTests } from "../../testing/postgres.ts";
import { wholeShop } from "../../testing/whole-shop.ts";
import { takeBackup } from "./backup.ts";
import { moveShop } from "./move.ts";
import { hold, nameOf, type Place } from "./place.ts";
import { restoreBackup } from "./restore.ts";

const STARTS_WITHIN_MS = 120_000;
const NOW = instant(1_800_000_000_000);
const quietly = { now: NOW, onCopied: () => undefined } as const;

let postgres: PostgresForTests;
let folder: string;
let url: string;
beforeAll(async () => {
  postgres = await PostgresForTests.shared();
}, STARTS_WITHIN_MS);
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "onetill-moved-again-"));
  url = await postgres.emptyDatabase();
});
afterEach(async () => {
  await postgres.drop(url);
  rmSync(folder, { recursive: true, force: true });
});

const fileOf = (name: string): Place & { readonly engine: "sqlite" } => ({
  engine: "sqlite",
  file: join(folder, `${name}.sqlite`),
});
const move = (from: Place, to: Place, replace = false) =>
  moveShop({ ...quietly, check: async () => null, from, to, replace, aside: "before" });

/** What a move leaves that is killed between its two commits. */
async function markedAsMoved(from: Place, to: Place): Promise<void> {
  const source = await hold(from);
  await source.tx.setMovedAway({ to: nameOf(to), at: NOW, move: "one that was cut off" });
  await source.commit();
  await source.close();
}

describe.each(["sqlite", "postgres"] as const)("a move to %s", (engine) => {
  const target = (): Place => (engine === "sqlite" ? fileOf("target") : { engine, url });

  test("that was cut off does not take an older copy of the shop for the shop", async () => {
    const [from, to] = [fileOf("source"), target()];
    wholeShop(from.file);
    const backup = join(folder, "backup");
    await takeBackup({ ...quietly, check: async () => null, from, out: backup });
    await restoreBackup({ ...quietly, folder: backup, to, replace: false, aside: "rehearsed" });
    await markedAsMoved(from, to);
    await expect(move(from, to)).rejects.toThrow("--replace");
    expect(await move(from, to, true)).toMatchObject({ kind: "moved" });
    expect(await move(from, to)).toEqual({ kind: "movedBefore", at: NOW });
  });

  test("that is done is not done again where the shop has gone on from there", async () => {
    const [from, to, next] = [fileOf("source"), target(), fileOf("next")];
    wholeShop(from.file);
    expect(await move(from, to)).toMatchObject({ kind: "moved" });
    expect(await move(to, next)).toMatchObject({ kind: "moved" });
    await expect(move(from, to, true)).rejects.toThrow(`from there to ${next.file}: move it from there`);
  });
});
