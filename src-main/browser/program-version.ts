import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { versionSchema } from "#protocol/updates.ts";

/** Of this program, as `package.json` says. Throws when that cannot be read. */
export function programVersion(): string {
  const file = join(import.meta.dirname, "..", "..", "package.json");
  return z.object({ version: versionSchema }).parse(JSON.parse(readFileSync(file, "utf8"))).version;
}
