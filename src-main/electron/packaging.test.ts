import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Configuration } from "app-builder-lib";
import { validateConfiguration } from "app-builder-lib/out/util/config/config.js";
import { DebugLogger } from "builder-util";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const projectRoot = resolve(import.meta.dirname, "../..");
const read = (name: string) => readFileSync(resolve(projectRoot, name), "utf8");
const configuration = z.looseObject({
  electronVersion: z.string(),
  electronFuses: z.record(z.string(), z.boolean()),
  files: z.array(z.string()),
  extraMetadata: z.object({ main: z.string() }),
});

describe("packaging", () => {
  it("is a configuration that electron-builder accepts", async () => {
    await expect(
      validateConfiguration(load(read("electron-builder.yml")) as object, new DebugLogger(false)),
    ).resolves.toBeUndefined();
  });

  it("would be refused with a misspelt fuse, so the check above can fail", async () => {
    const misspelt = {
      ...(load(read("electron-builder.yml")) as object),
      electronFuses: { runAsNoed: false },
    } as unknown as Configuration;
    await expect(validateConfiguration(misspelt, new DebugLogger(false))).rejects.toThrow(/electronFuses/);
  });

  it("burns every fuse to its safe side", () => {
    expect(configuration.parse(load(read("electron-builder.yml"))).electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it("packs the Electron whose types the code was checked against", () => {
    const installed = z
      .object({ version: z.string() })
      .parse(JSON.parse(read("node_modules/electron/package.json")));
    expect(configuration.parse(load(read("electron-builder.yml"))).electronVersion).toBe(installed.version);
  });
});
