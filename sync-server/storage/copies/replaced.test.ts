import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { instant } from "#domain/ids.ts";
import { wholeShop } from "../../testing/whole-shop.ts";
import { moveShop } from "./move.ts";

/** What is looked at before and after each change of a name: there a program can be killed. */
const watched = vi.hoisted(() => ({ look: () => {}, canLink: true }));
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  return {
    ...fs,
    linkSync: (from: string, to: string) => {
      if (!watched.canLink) throw new Error("EPERM: operation not permitted, link");
      fs.linkSync(from, to);
      watched.look();
    },
    renameSync: (from: string, to: string) => {
      watched.look();
      fs.renameSync(from, to);
      watched.look();
    },
  };
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onetill-replaced-"));
});
afterEach(() => {
  watched.look = () => {};
  watched.canLink = true;
  rmSync(folder, { recursive: true, force: true });
});

async function replaced() {
  const [from, to] = [join(folder, "from.sqlite"), join(folder, "to.sqlite")];
  wholeShop(from);
  wholeShop(to);
  const before = readFileSync(to);
  const there: boolean[] = [];
  watched.look = () => there.push(existsSync(to));
  await moveShop({
    from: { engine: "sqlite", file: from },
    to: { engine: "sqlite", file: to },
    replace: true,
    aside: "before",
    now: instant(1_800_000_000_000),
    onCopied: () => undefined,
    check: async () => null,
  });
  expect(readFileSync(to).equals(before)).toBe(false);
  return { there, kept: readFileSync(`${to}.before`).length, was: before.length };
}

test.skipIf(process.platform === "win32")(
  "a database that another one replaces is there at every moment: one of the two",
  async () => {
    const { there, kept, was } = await replaced();
    expect(there.length).toBeGreaterThan(2);
    expect(there).not.toContain(false);
    expect(kept).toBe(was);
  },
);

test("what was kept a moment before stays, and what is replaced then is kept beside it", async () => {
  await replaced();
  const first = readFileSync(join(folder, "to.sqlite.before"));
  const { there } = await replaced();
  expect(there).not.toContain(false);
  expect(readFileSync(join(folder, "to.sqlite.before")).equals(first)).toBe(true);
  expect(existsSync(join(folder, "to.sqlite.before-2"))).toBe(true);
});

test("where a file cannot have two names it is kept all the same", async () => {
  watched.canLink = false;
  const { kept, was } = await replaced();
  expect(kept).toBe(was);
});

test("what a program that was killed had begun to make beside a database is gone after the next one; what somebody makes stays", async () => {
  wholeShop(join(folder, "to.sqlite.coming-1"));
  writeFileSync(join(folder, "to.sqlite.coming-2"), "torn off");
  writeFileSync(join(folder, "to.sqlite.coming-2-journal"), "torn off");
  const theirs = new DatabaseSync(join(folder, "to.sqlite.coming-3"));
  theirs.exec("PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE begun (a)");
  await replaced();
  theirs.close();
  const left = readdirSync(folder).filter((name) => name.includes(".coming-") && !name.endsWith("-journal"));
  expect(left).toEqual(["to.sqlite.coming-3"]);
  expect(existsSync(join(folder, "to.sqlite.coming-2-journal"))).toBe(false);
});
