import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
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

const SAMPLES = new Map(Object.entries(TOLD).map(([of, schema]) => [of, everySampleOf(schema)] as const));

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
  test.each([...SAMPLES].filter(([of]) => reader.knows.has(of)))(
    "S151 reads %s, whatever today's says of it, but for what it does not know",
    (of, samples) => {
      const unread = samples.flatMap((sample) => unknownIn(sample, reader.readKnown(of, sample)));
      expect([...new Set(unread)]).toEqual(UNHEARD_OF[folder]?.[of] ?? []);
    },
  );
});
