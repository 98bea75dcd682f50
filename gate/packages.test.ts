import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";

const root = resolve(import.meta.dirname, "..");
const read = (file: string): unknown => JSON.parse(readFileSync(resolve(root, file), "utf8"));
const versions = z.record(z.string(), z.string());
const own = z
  .looseObject({
    dependencies: versions,
    devDependencies: versions,
    allowScripts: z.record(z.string(), z.boolean()),
  })
  .parse(read("package.json"));
const lock = z
  .looseObject({
    packages: z.record(
      z.string(),
      z.looseObject({
        resolved: z.string().optional(),
        integrity: z.string().optional(),
        hasInstallScript: z.boolean().optional(),
        inBundle: z.boolean().optional(),
      }),
    ),
  })
  .parse(read("package-lock.json"));
const installed = Object.entries(lock.packages).filter(([path]) => path !== "");

/** They would like to run something as they are installed. npm does not let them: it is needed by nobody here. */
const NOT_RUN = ["electron-winstaller"];

const nameOf = (path: string) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);

it("a package is of one exact version, which its author cannot change under us", () => {
  for (const [name, version] of Object.entries({ ...own.dependencies, ...own.devDependencies }))
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
});

it("every package comes from the registry by TLS and is known by its SHA-512", () => {
  expect(installed.length).toBeGreaterThan(100);
  for (const [path, { resolved, integrity, inBundle }] of installed) {
    // Came within another package, whose SHA-512 is over it too.
    if (inBundle === true) continue;
    // Where nothing stands it is npm's registry, by TLS.
    expect(resolved ?? "https://registry.npmjs.org/", path).toMatch(/^https:\/\/registry\.npmjs\.org\//);
    expect(integrity, path).toMatch(/^sha512-/);
  }
});

it("what runs as it is installed is named in package.json; a new package that wants to is seen here first", () => {
  const wanting = installed.flatMap(([path, { hasInstallScript }]) =>
    hasInstallScript === true ? [nameOf(path)] : [],
  );
  const allowed = Object.entries(own.allowScripts).flatMap(([name, is]) => (is ? [name] : []));
  expect([...new Set(wanting)].sort()).toEqual([...allowed, ...NOT_RUN].sort());
});
