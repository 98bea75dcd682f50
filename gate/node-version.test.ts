import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const home = mkdtempSync(join(tmpdir(), "onetill-node-"));
beforeAll(() => {
  mkdirSync(join(home, "gate"));
  writeFileSync(join(home, "package.json"), `{"type":"module"}`);
  cpSync(join(import.meta.dirname, "node-version.js"), join(home, "gate/node-version.js"));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

function check(...prelude: string[]) {
  const program = [...prelude, `await import("./gate/node-version.js"); console.log("it runs");`].join("\n");
  return spawnSync(process.execPath, ["--input-type=module", "-e", program], { cwd: home, encoding: "utf8" });
}

test("before the packages are installed it says how to install them", () => {
  const { status, stderr } = check();
  expect(status).toBe(1);
  expect(stderr).toContain("npm ci");
});

test("an old Node is named, with what to do about it", () => {
  const { status, stderr } = check(`Object.defineProperty(process.versions, "node", { value: "20.20.2" });`);
  expect(status).toBe(1);
  expect(stderr).toContain("Node 20.20.2");
  expect(stderr).toContain("npm ci");
});

test("with the right Node and the packages it says nothing", () => {
  mkdirSync(join(home, "node_modules"));
  expect(check()).toMatchObject({ status: 0, stdout: "it runs\n", stderr: "" });
});
