import type { KeyObject } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PLAIN_VAULT, type Vault } from "./identity.ts";
import { newKeys } from "./testing/new-keys.ts";
import { TillKeys } from "./till-keys.ts";

const LENT = Buffer.alloc(32, 9).toString("base64url");

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onetill-keys-"));
  file = join(folder, "keys.json");
});
afterEach(() => rmSync(folder, { recursive: true }));

const textOf = (key: KeyObject | null) => key?.export().toString("base64url");
const load = (vault: Vault = PLAIN_VAULT, more = {}) => TillKeys.load(folder, vault, more);

test("a till makes its own key once, and has the lent one until it gives it back", async () => {
  const keys = await load();
  expect(keys.lent).toBeNull();
  await keys.lend(LENT);
  const again = await load();
  expect(textOf(again.own)).toBe(textOf(keys.own));
  expect(textOf(again.lent)).toBe(LENT);
  await again.giveBack();
  expect(again.lent).toBeNull();
  expect((await load()).lent).toBeNull();
  expect(readFileSync(file, "utf8")).not.toContain(LENT);
});

test("the file is its owner's alone, and sealed where the machine can seal", async () => {
  const vault: Vault = {
    seal: (text) => Buffer.from(text).toString("base64"),
    open: (sealed) => Buffer.from(sealed, "base64").toString(),
  };
  const keys = await load(vault);
  await keys.lend(LENT);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  for (const key of [textOf(keys.own), LENT]) expect(readFileSync(file, "utf8")).not.toContain(key);
  expect(textOf((await load(vault)).own)).toBe(textOf(keys.own));
});

test.each(["", "no keys", '{"own":"short","lent":null}'])(
  "a file that holds no keys (%j) is told of and set aside, and there are new ones",
  async (text) => {
    const { own } = await load();
    writeFileSync(file, text);
    const told: unknown[] = [];
    const keys = await load(PLAIN_VAULT, { onDamaged: (error: unknown) => told.push(error) });
    expect(told).toHaveLength(1);
    expect(textOf(keys.own)).not.toBe(textOf(own));
    expect(readFileSync(`${file}.damaged`, "utf8")).toBe(text);
    expect(textOf((await load()).own)).toBe(textOf(keys.own));
  },
);

test("what is no key is not lent, and nothing is written", async () => {
  const keys = await load();
  await expect(keys.lend("c2hvcnQ")).rejects.toThrow(RangeError);
  expect(keys.lent).toBeNull();
});

test("a practice till opens what was copied from the real one", async () => {
  const { own } = newKeys();
  expect(textOf((await load(PLAIN_VAULT, { own })).own)).toBe(textOf(own));
  expect(existsSync(file)).toBe(true);
});
