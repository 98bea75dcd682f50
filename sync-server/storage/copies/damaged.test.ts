import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { instant } from "#domain/ids.ts";
import { wholeShop } from "../../testing/whole-shop.ts";
import { MIGRATIONS } from "../sqlite/schema.ts";
import { takeBackup } from "./backup.ts";
import { readAll } from "./contents.ts";
import { NotCopied } from "./held.ts";
import { restoreBackup } from "./restore.ts";
import { SqliteSource } from "./sqlite-rows.ts";

const NOW = instant(1_800_000_000_000);
const quietly = { now: NOW, onCopied: () => undefined } as const;

let folder: string;
let shop: string;
let backup: string;
let made = 0;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "onetill-damaged-"));
  shop = join(folder, "server.sqlite");
  backup = join(folder, "backup");
  wholeShop(shop);
  await takeBackup({
    ...quietly,
    from: { engine: "sqlite", file: shop },
    out: backup,
    check: async () => null,
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The backup after something was done to it. */
function damaged(harm: (copy: string) => void): string {
  made += 1;
  const copy = join(folder, `copy-${made}`);
  cpSync(backup, copy, { recursive: true });
  harm(copy);
  return copy;
}

const restore = (from: string, replace = true) =>
  restoreBackup({
    ...quietly,
    folder: from,
    to: { engine: "sqlite", file: shop },
    replace,
    aside: `before-${made}`,
  });

const hashOf = (file: string) => createHash("sha256").update(readFileSync(file)).digest("hex");

async function contentsOf(file: string) {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return await readAll(new SqliteSource(database), { onCopied: () => undefined });
  } finally {
    database.close();
  }
}

/** Changes what the manifest says, and its own hash where `isSealed` wants it to look right. */
function rewrite(copy: string, change: (said: Record<string, unknown>) => unknown, isSealed: boolean): void {
  const file = join(copy, "backup.json");
  const { sha256, ...said } = JSON.parse(readFileSync(file, "utf8"));
  const changed = { ...said, ...(change(said) as object) };
  const hash = createHash("sha256").update(JSON.stringify(changed)).digest("hex");
  writeFileSync(file, JSON.stringify({ ...changed, sha256: isSealed ? hash : sha256 }, null, 2));
}

function flip(file: string, at: number): void {
  const bytes = readFileSync(file);
  const place = Math.floor(bytes.length * at);
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

const data = (copy: string) => join(copy, "data.sqlite");
const manifest = (copy: string) => join(copy, "backup.json");

const HARMS: readonly (readonly [string, (copy: string) => void, RegExp])[] = [
  ["nothing in the folder", (copy) => rmSync(copy, { recursive: true }), /has no backup\.json/],
  ["no manifest, as of one that was cut off", (copy) => rmSync(manifest(copy)), /has no backup\.json/],
  ["half a manifest", (copy) => truncateSync(manifest(copy), 400), /backup\.json cannot be read/],
  ["an empty manifest", (copy) => truncateSync(manifest(copy), 0), /backup\.json cannot be read/],
  [
    "a digit of the manifest",
    (copy) => rewrite(copy, () => ({ entries: 12_345 }), false),
    /backup\.json is not as it was written/,
  ],
  [
    "a bit of the manifest",
    (copy) => flip(manifest(copy), 0.5),
    /backup\.json (is not as it was written|cannot be read)/,
  ],
  [
    "a form that nobody knows yet",
    (copy) => rewrite(copy, () => ({ version: 2 }), true),
    /of a form that this version/,
  ],
  [
    "a newer Onetill",
    (copy) => rewrite(copy, () => ({ schema: MIGRATIONS.length + 1 }), true),
    /taken by a newer Onetill/,
  ],
  ["no data", (copy) => rmSync(data(copy)), /data\.sqlite is missing/],
  ["no bytes of data", (copy) => truncateSync(data(copy), 0), /has 0 bytes/],
  ["half of the data", (copy) => truncateSync(data(copy), 100_000), /has 100000 bytes/],
  [
    "a bit at the beginning of the data",
    (copy) => flip(data(copy), 0.001),
    /is not the file that was written/,
  ],
  ["a bit in the middle of the data", (copy) => flip(data(copy), 0.5), /is not the file that was written/],
  ["a bit at the end of the data", (copy) => flip(data(copy), 0.999), /is not the file that was written/],
  [
    "a row that is not there, in a file whose hash was put right",
    (copy) => {
      const database = new DatabaseSync(data(copy));
      database.exec("DELETE FROM journal WHERE seq = (SELECT min(seq) FROM journal)");
      database.close();
      rewrite(
        copy,
        () => ({ data: { bytes: readFileSync(data(copy)).length, sha256: hashOf(data(copy)) } }),
        true,
      );
    },
    /journal has 24 rows, not 25/,
  ],
];

describe("a backup that is damaged or not whole is refused, and nothing is lost", () => {
  test.each(HARMS)("%s", async (_, harm, said) => {
    const before = hashOf(shop);
    const copy = damaged(harm);
    const refused = await restore(copy).then(
      () => null,
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(NotCopied);
    expect(String(refused)).toMatch(said);
    expect(hashOf(shop)).toBe(before);
    expect(readdirSync(folder).filter((name) => /coming|before/.test(name))).toEqual([]);
  });

  test("one that is whole is not refused, and what was there is kept beside it", async () => {
    const copy = damaged(() => undefined);
    const before = await contentsOf(shop);
    await expect(restore(copy, false)).rejects.toThrow(/is there already\. --replace/);
    const { kept } = await restore(copy);
    expect(await contentsOf(kept ?? "")).toEqual(before);
    expect(existsSync(shop)).toBe(true);
  });

  test("a backup goes into no folder that is there, and leaves nothing where it cannot be taken", async () => {
    const from = { engine: "sqlite", file: join(folder, "none.sqlite") } as const;
    const ask = { ...quietly, from, check: async () => null };
    await expect(takeBackup({ ...ask, out: backup })).rejects.toThrow(/is there already/);
    await expect(takeBackup({ ...ask, out: join(folder, "another") })).rejects.toThrow(/There is no file/);
    writeFileSync(from.file, "this is no database");
    await expect(takeBackup({ ...ask, out: join(folder, "another") })).rejects.toThrow(
      /it is no database of a Onetill server/,
    );
    expect(readdirSync(folder).filter((name) => name.startsWith("another"))).toEqual([]);
  });
});

test("a backup of an earlier version is brought to this one as it is put back", async () => {
  const old = join(folder, "old.sqlite");
  const earlier = new DatabaseSync(old);
  for (const name of ["customer_column", "folded"])
    earlier.function(name, { varargs: true, deterministic: true }, () => "");
  const version = MIGRATIONS.length - 1;
  for (const migration of MIGRATIONS.slice(0, version)) earlier.exec(migration);
  earlier.exec(`PRAGMA user_version = ${version}`);
  earlier.exec("INSERT INTO stores (id, code, settings) VALUES ('s', 'BER1', '{}')");
  earlier.close();
  const copy = damaged(() => undefined);
  cpSync(old, data(copy));
  const tables = await contentsOf(old);
  rewrite(
    copy,
    () => ({ schema: version, tables, data: { bytes: readFileSync(old).length, sha256: hashOf(old) } }),
    true,
  );
  await restore(copy);
  const restored = new DatabaseSync(shop, { readOnly: true });
  expect(restored.prepare("SELECT code FROM stores").all()).toEqual([{ code: "BER1" }]);
  expect(restored.prepare("PRAGMA user_version").get()?.user_version).toBe(MIGRATIONS.length);
  expect(restored.prepare("SELECT count(*) AS n FROM feed_eras").get()?.n).toBe(1);
  restored.close();
});
