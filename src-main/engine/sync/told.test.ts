import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { TOLD } from "#protocol/told.ts";

const PROTOCOL = join(import.meta.dirname, "../../../protocol");
const IMPORT = /import \{([^}]*)\} from "#protocol\/((?:documents|shop|sync)\/[^"]+)"/g;

test.each(["server-client.ts", "wake-events.ts"])(
  "S150 what %s reads of a server is recorded",
  async (file) => {
    const text = readFileSync(join(import.meta.dirname, file), "utf8");
    const told = new Set<unknown>(Object.values(TOLD));
    const missing: string[] = [];
    let read = 0;
    for (const [, names = "", from = ""] of text.matchAll(IMPORT)) {
      const module: Record<string, unknown> = await import(join(PROTOCOL, from));
      for (const name of names.match(/\b\w+Schema\b/g) ?? []) {
        expect(module[name], name).toBeInstanceOf(z.ZodType);
        read += 1;
        if (!told.has(module[name])) missing.push(name);
      }
    }
    expect(read).toBeGreaterThan(0);
    expect(missing).toEqual([]);
  },
);
