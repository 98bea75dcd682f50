import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { BERLIN } from "../../testing/shop.ts";
import { TestTill } from "../../testing/till.ts";
import { SqliteStorage } from "../sqlite/storage.ts";
import { takeBackup } from "./backup.ts";
import type { Place } from "./place.ts";
import { restoreBackup } from "./restore.ts";

const NOW = instant(1_800_000_000_000);
const quietly = { now: NOW, onCopied: () => undefined } as const;

let folder: string;
let asides = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onetill-numbers-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const fileOf = (name: string) => join(folder, `${name}.sqlite`);
const placeOf = (name: string): Place => ({ engine: "sqlite", file: fileOf(name) });

/** Pairs so many tills of Berlin; answers the number of the last. */
async function pair(name: string, tills: number): Promise<number> {
  const storage = new SqliteStorage(fileOf(name));
  try {
    return await storage.write(async (tx) => {
      await tx.putStore(BERLIN);
      let register = 0;
      for (let at = 0; at < tills; at += 1) {
        const { publicKey } = new TestTill({ store: BERLIN.store });
        register = await tx.nextRegister(BERLIN.store);
        const id = idOf<"Device">(`till-${register}`);
        await tx.addDevice({ id, store: BERLIN.store, register, name: "Till", publicKey, epoch: 1 }, id);
      }
      return register;
    });
  } finally {
    await storage.close();
  }
}

async function backedUp(): Promise<void> {
  await pair("shop", 3);
  await takeBackup({
    ...quietly,
    from: placeOf("shop"),
    out: join(folder, "backup"),
    check: async () => null,
  });
}

async function putBack(to: string, replace: boolean): Promise<void> {
  asides += 1;
  await restoreBackup({
    ...quietly,
    folder: join(folder, "backup"),
    to: placeOf(to),
    replace,
    aside: `before_${asides}`,
  });
}

test("S4d a shop that is put back where it is not known any more leaves ten numbers of each store free", async () => {
  await backedUp();
  await pair("shop", 9);
  await putBack("another", false);
  expect(await pair("another", 1)).toBe(14);
});

test("S4d a shop that replaces a later one gives out none of its numbers, however many and however often it is put back", async () => {
  await backedUp();
  expect(await pair("shop", 20)).toBe(23);
  await putBack("shop", true);
  expect(await pair("shop", 2)).toBe(35);
  await putBack("shop", true);
  expect(await pair("shop", 1)).toBe(46);
});

test("S4d a shop that replaces what cannot be read is put back all the same", async () => {
  await backedUp();
  writeFileSync(fileOf("hurt"), "SQLite format 3\0 and then nothing");
  await putBack("hurt", true);
  expect(await pair("hurt", 1)).toBe(14);
});
