import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import type { LaterRead } from "./later.ts";
import { recordedReader } from "./testing/recorded-reader.ts";
import { everySampleOf } from "./testing/samples-of.ts";
import { TOLD } from "./told.ts";

const FOLDER = join(import.meta.dirname, "recorded");
const RECORDED = globSync("*/reads.ndjson", { cwd: FOLDER }).map(dirname).sort();

/** Of kinds that came after a version (SPEC S151): tills of before do without. Nothing but a new kind may be added here. */
const UNHEARD_OF: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  v1: {
    // Roles that a store made itself.
    staff: ['role "a"'],
    notices: [
      'kind "cashVariance"',
      'kind "zGap"',
      'kind "zDisagrees"',
      'kind "receivedMoreThanSent"',
      'kind "receivedTwice"',
      'kind "receivedAfterClosing"',
      'kind "sentTwice"',
      'kind "sentAfterCancellation"',
    ],
  },
  v2: {
    notices: [
      'kind "receivedMoreThanSent"',
      'kind "receivedTwice"',
      'kind "receivedAfterClosing"',
      'kind "sentTwice"',
      'kind "sentAfterCancellation"',
    ],
  },
};

/** Made once for all tills, when one of them first knows of it. */
const SAMPLES = new Map<string, readonly unknown[]>();
function samplesFor(of: string, schema: z.ZodType): readonly unknown[] {
  const samples = SAMPLES.get(of) ?? everySampleOf(schema);
  SAMPLES.set(of, samples);
  return samples;
}

/** What is not known of a value, besides keys: where it stands and what it is. */
function unknownIn(value: unknown, found: LaterRead<unknown>): readonly string[] {
  if (found.read !== "not") return [];
  const problems = found.error.issues.filter(({ code }) => code !== "unrecognized_keys");
  return problems.map(({ path }) => {
    const at = path.reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), value);
    return `${path.join(".")} ${JSON.stringify(at)}`;
  });
}

describe.each(RECORDED)("a till of %s", (folder) => {
  const reader = recordedReader(
    Number(folder.slice(1)),
    readFileSync(join(FOLDER, folder, "reads.ndjson"), "utf8"),
  );
  test.each(Object.entries(TOLD).filter(([of]) => reader.knows.has(of)))(
    "S151 reads %s, whatever today's says of it, but for what it does not know",
    (of, schema) => {
      const samples = samplesFor(of, schema);
      const unread = samples.flatMap((sample) => unknownIn(sample, reader.readKnown(of, sample)));
      expect([...new Set(unread)]).toEqual(UNHEARD_OF[folder]?.[of] ?? []);
    },
  );
});
