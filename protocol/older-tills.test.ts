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

/** Keys that came after version 1, whose tills read to the letter. */
const NEW_TO_VERSION_1: Readonly<Record<string, readonly string[]>> = {
  settings: [
    "adjustmentReasons",
    "closedAt",
    "contact",
    "hours",
    "orders.pickupsPerHour",
    "roles",
    "tax.former",
    "tax.planned",
    "update",
  ],
  staff: ["badge"],
  receipts: ["purchase.paidWith.terminal"],
  "answer enrol": ["known", "takenOver"],
  "answer replica": ["applied.hash"],
  "answer snapshotHead": ["applied.hash"],
  "answer purchases": ["standings.purchase.paidWith.terminal"],
};

/** What is not known of a value, besides keys: where it stands and what it is. */
function unknownIn(value: unknown, found: LaterRead<unknown>): readonly string[] {
  if (found.read !== "not") return [];
  const problems = found.error.issues.filter(({ code }) => code !== "unrecognized_keys");
  return problems.map(({ path }) => {
    const at = path.reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), value);
    return `${path.join(".")} ${JSON.stringify(at)}`;
  });
}

/** Keys of a value that a reader left out, by where they stand. */
function leftOut(value: unknown, read: unknown, at: string): readonly string[] {
  if (Array.isArray(value))
    return value.flatMap((each, nth) => leftOut(each, Array.isArray(read) ? read[nth] : undefined, at));
  if (typeof value !== "object" || value === null) return [];
  if (typeof read !== "object" || read === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = at === "" ? key : `${at}.${key}`;
    return key in read ? leftOut(inner, Reflect.get(read, key), path) : [path];
  });
}

/** The same, of what could not be read for something else besides. */
function unknownKeysIn({ issues }: z.ZodError): readonly string[] {
  return issues.flatMap((issue) => {
    if (issue.code !== "unrecognized_keys") return [];
    const at = issue.path.filter((step) => typeof step !== "number");
    return issue.keys.map((key) => [...at, key].join("."));
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

  if (folder === "v1")
    test("S151 refuses whole what says anything of these", () => {
      const refused = Object.entries(TOLD).flatMap(([of, schema]) => {
        if (!reader.knows.has(of)) return [];
        const keys = samplesFor(of, schema).flatMap((sample) => {
          const found = reader.readKnown(of, sample);
          return found.read === "not" ? unknownKeysIn(found.error) : leftOut(sample, found.data, "");
        });
        return keys.length === 0 ? [] : [[of, [...new Set(keys)].sort()] as const];
      });
      expect(Object.fromEntries(refused)).toEqual(NEW_TO_VERSION_1);
    });
});
