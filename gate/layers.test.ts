import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { checkLayers, checkReferences } from "./check-layers.ts";
import { LAYERS, REFERENCES } from "./layer-table.ts";

const root = resolve(import.meta.dirname, "..");

function complaintsAbout(path: string, text: string): string[] {
  return checkLayers([{ path, text }]);
}

describe("imports that are against the arrows are named", () => {
  const bad: readonly (readonly [what: string, file: string, source: string])[] = [
    ["the domain uses a package", "domain/tax/tax.ts", `import { z } from "zod";`],
    [
      "the domain uses the protocol",
      "domain/tax/tax.ts",
      `import type { Item } from "#protocol/till/catalog.ts";`,
    ],
    ["the domain reads a file", "domain/tax/tax.ts", `import { readFileSync } from "node:fs";`],
    [
      "the domain climbs out by a relative path",
      "domain/tax/tax.ts",
      `export * from "../../protocol/scalars.ts";`,
    ],
    ["the protocol uses a package other than zod", "protocol/x.ts", `import { Subject } from "rxjs";`],
    [
      "a feature uses another feature",
      "src-renderer/features/payment/a.tsx",
      `import { B } from "../register/b.tsx";`,
    ],
    [
      "a feature uses another by a type",
      "src-renderer/features/payment/a.tsx",
      `type B = import("../register/b.ts").B;`,
    ],
    ["a screen uses Node", "src-renderer/features/payment/a.tsx", `import { join } from "node:path";`],
    [
      "a screen uses the engine",
      "src-renderer/app/a.tsx",
      `import { sell } from "../../src-main/engine/sell.ts";`,
    ],
    [
      "the design system knows the shop",
      "src-renderer/ui/a.tsx",
      `import type { Money } from "#domain/money/money.ts";`,
    ],
    ["the engine uses Electron", "src-main/engine/a.ts", `const electron = await import("electron");`],
    [
      "the engine uses a driver",
      "src-main/engine/a.ts",
      `import { x } from "../devices/printer/network.ts";`,
    ],
    [
      "the engine uses the browser register",
      "src-main/engine/a.ts",
      `import { x } from "../browser/main.ts";`,
    ],
    [
      "a driver uses the engine",
      "src-main/devices/printer/network.ts",
      `import { x } from "../../engine/ports.ts";`,
    ],
    [
      "the till uses the server",
      "src-main/engine/a.ts",
      `import { x } from "../../sync-server/sync/take.ts";`,
    ],
    ["the console uses the server", "sync-server/console/a.tsx", `import { x } from "../sync/take.ts";`],
    ["deciding uses HTTP", "sync-server/sync/take.ts", `import { x } from "../http/routes.ts";`],
    [
      "deciding uses the storage",
      "sync-server/sync/take.ts",
      `import { x } from "../storage/sqlite/open.ts";`,
    ],
    ["http uses the storage", "sync-server/http/routes.ts", `import { x } from "../storage/sqlite/open.ts";`],
    ["storage uses HTTP", "sync-server/storage/sqlite/open.ts", `import { x } from "../../http/routes.ts";`],
    ["the demo imports a program", "demo/start.ts", `import { x } from "../sync-server/main.ts";`],
    ["a test imports another program", "e2e/sell.spec.ts", `import { x } from "../src-main/engine/sell.ts";`],
    [
      "a unit test imports another program",
      "src-main/engine/a.test.ts",
      `import "../../sync-server/main.ts";`,
    ],
    [
      "the engine uses a fixture of its tests",
      "src-main/engine/a.ts",
      `import { x } from "./testing/clock.ts";`,
    ],
    ["the name is computed", "src-main/engine/a.ts", `const name = "electron"; await import(name);`],
    ["the folder is unknown", "scripts/a.ts", `export const a = 1;`],
  ];
  test.each(bad)("when %s", (_what, file, source) => {
    const complaints = complaintsAbout(file, source);
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toContain(file);
  });

  const good: readonly (readonly [what: string, file: string, source: string])[] = [
    [
      "the protocol uses domain types and zod",
      "protocol/a.ts",
      `import { z } from "zod"; import "#domain/ids.ts";`,
    ],
    [
      "the engine uses a device's port",
      "src-main/engine/a.ts",
      `import type { P } from "../devices/printer/port.ts";`,
    ],
    [
      "a feature uses the design system",
      "src-renderer/features/a/a.tsx",
      `import { B } from "../../ui/button.tsx";`,
    ],
    ["a feature uses its own files", "src-renderer/features/a/a.tsx", `import { b } from "./b.ts";`],
    ["main wires the storage", "sync-server/main.ts", `import { x } from "./storage/sqlite/open.ts";`],
    [
      "storage implements a port",
      "sync-server/storage/sqlite/open.ts",
      `import type { P } from "../../sync/port.ts";`,
    ],
    [
      "a test of the server starts it whole",
      "sync-server/sync/take.test.ts",
      `import { x } from "../main.ts";`,
    ],
  ];
  test.each(good)("and nothing is said when %s", (_what, file, source) => {
    expect(complaintsAbout(file, source)).toEqual([]);
  });
});

describe("the domain and the protocol have no clock, no randomness, no timers", () => {
  test.each([
    "export const now = Date.now();",
    "export const now = new Date();",
    "export const now = new Date;",
    "const D = Date; export const now = new D();",
    "export const roll = Math.random();",
    `export const roll = Math["random"]();`,
    "setTimeout(() => undefined, 10);",
    "const later = setInterval; later(() => undefined, 10);",
    "export const id = crypto.randomUUID();",
    "export const time = performance.now();",
    "export const time = globalThis.Date;",
  ])("%s", (source) => {
    expect(complaintsAbout("domain/ticket/ticket.ts", source).join()).toContain("take them as arguments");
    expect(complaintsAbout("protocol/sync/journal.ts", source)).not.toEqual([]);
    expect(complaintsAbout("domain/ticket/ticket.test.ts", source)).toEqual([]);
  });

  test.each([
    "export const day = new Date(1_700_000_000_000).toISOString();",
    "export const start = Date.UTC(2026, 0, 1);",
    "export const big = Math.max(1, 2);",
    "// setTimeout and Date.now() in a remark\nexport const a = 1;",
    `export const words = "Math.random()";`,
    "export const step = basket.process; declare const basket: { process: string };",
    "export type When = Date;",
    "export function sign({ crypto }: { crypto: Signer }) { return crypto.sign(); } interface Signer { sign(): string }",
  ])("but this is harmless: %s", (source) => {
    expect(complaintsAbout("domain/ticket/ticket.ts", source)).toEqual([]);
  });
});

describe("the compiler refuses one program importing another", () => {
  test("every tsconfig of the repository refers only to what the table allows", () => {
    for (const path of Object.keys(REFERENCES)) {
      expect(checkReferences({ path, text: readFileSync(join(root, path), "utf8") })).toEqual([]);
    }
    expect(
      checkReferences({ path: "src-main/tsconfig.json", text: `{"references":[{"path":"../sync-server"}]}` }),
    ).toHaveLength(1);
    expect(checkReferences({ path: "new/tsconfig.json", text: "{}" })).toHaveLength(1);
  });

  const fixture = mkdtempSync(join(tmpdir(), "onetill-layers-"));
  afterAll(() => rmSync(fixture, { recursive: true, force: true }));

  test("a file that imports another program does not compile", () => {
    const programs = [
      "domain",
      "protocol",
      "paper",
      "src-main",
      "src-renderer",
      "sync-server",
      "demo",
      "gate",
    ];
    cpSync(join(root, "tsconfig.base.json"), join(fixture, "tsconfig.base.json"));
    symlinkSync(join(root, "node_modules"), join(fixture, "node_modules"));
    for (const program of programs) {
      mkdirSync(join(fixture, program));
      cpSync(join(root, program, "tsconfig.json"), join(fixture, program, "tsconfig.json"));
      writeFileSync(join(fixture, program, "offer.ts"), `export const from = "${program}";\n`);
      const other = program === "src-main" ? "sync-server" : "src-main";
      writeFileSync(join(fixture, program, "thief.ts"), `export { from } from "../${other}/offer.ts";\n`);
    }
    const tsc = spawnSync(
      process.execPath,
      [join(root, "node_modules/typescript/bin/tsc"), "-b", ...programs, "--pretty", "false"],
      { cwd: fixture, encoding: "utf8" },
    );
    expect(tsc.status).not.toBe(0);
    for (const program of programs) {
      expect(tsc.stdout).toMatch(new RegExp(`^${program}/thief\\.ts.*TS6(059|307)`, "m"));
    }
    expect(tsc.stdout).not.toContain("offer.ts(");
  });
});

test("every program of the repository is in the table", () => {
  const folders = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map((entry) => entry.name)
    .filter(
      (name) =>
        ![
          "node_modules",
          "dist",
          "docs",
          "coverage",
          "test-results",
          "playwright-report",
          "release",
        ].includes(name),
    );
  const known = new Set(LAYERS.map((layer) => dirname(`${layer.files}/x`).split("/")[0]));
  expect(folders.filter((name) => !known.has(name))).toEqual([]);
});
