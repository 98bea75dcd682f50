import { createHash } from "node:crypto";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { PROTOCOL_HISTORY, PROTOCOL_VERSION } from "./version.ts";

const RECORD = join(import.meta.dirname, "fingerprints.json");
const FOLDERS = "{documents,sync,hq,till,shop}/*.ts";
const FINGERPRINT_CHARS = 12;

/** One short hash per message and limit, so that a failure can say which of them changed. */
const recordSchema = z.strictObject({
  version: z.number().int(),
  fingerprints: z.record(z.string(), z.string()),
});

function shapeOf(value: unknown): unknown {
  if (value instanceof z.ZodType)
    return { schema: z.toJSONSchema(value, { io: "input", unrepresentable: "any" }) };
  if (typeof value === "function") return null;
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, inner]) => [key, shapeOf(inner)]),
    );
  }
  return value;
}

async function currentFingerprints(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const files = globSync(FOLDERS, { cwd: import.meta.dirname }).filter((file) => !file.endsWith(".test.ts"));
  for (const file of files.sort()) {
    const module: Record<string, unknown> = await import(join(import.meta.dirname, file));
    for (const name of Object.keys(module).sort()) {
      const shape = shapeOf(module[name]);
      if (shape === null) continue;
      found[`${file.replaceAll("\\", "/")} ${name}`] = createHash("sha256")
        .update(JSON.stringify(shape))
        .digest("hex")
        .slice(0, FINGERPRINT_CHARS);
    }
  }
  return found;
}

function differences(before: Record<string, string>, after: Record<string, string>): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) => {
      if (before[name] === undefined) return `new: ${name}`;
      return after[name] === undefined ? `gone: ${name}` : `changed: ${name}`;
    });
}

test("no message between two programs changes unannounced", async () => {
  const current = await currentFingerprints();
  if (process.env.ONETILL_ACCEPT_PROTOCOL === "1") {
    writeFileSync(
      RECORD,
      `${JSON.stringify({ version: PROTOCOL_VERSION, fingerprints: current }, null, 2)}\n`,
    );
  }
  const recorded = recordSchema.parse(JSON.parse(readFileSync(RECORD, "utf8")));
  expect(
    differences(recorded.fingerprints, current),
    [
      "Messages in protocol/ are no longer those on record. Tills in shops may speak the version before for weeks, so:",
      "  1. If a released till or server would misread the change, raise PROTOCOL_VERSION in protocol/version.ts, add a line to",
      "     PROTOCOL_HISTORY, and keep the reader of the version before.",
      "  2. If the rules of sync changed, say so in protocol/SPEC.md.",
      "  3. Put the new messages on record: ONETILL_ACCEPT_PROTOCOL=1 npx vitest run protocol/version.test.ts, and commit",
      "     protocol/fingerprints.json with the change.",
    ].join("\n"),
  ).toEqual([]);
  expect(
    recorded.version,
    "protocol/fingerprints.json is of another version: put the messages on record again",
  ).toBe(PROTOCOL_VERSION);
});

test("the history of the protocol goes down from the current version without a gap", () => {
  expect(PROTOCOL_HISTORY.map(({ version }) => version)).toEqual(
    Array.from({ length: PROTOCOL_VERSION }, (_, index) => PROTOCOL_VERSION - index),
  );
});

test("a field added to a message is noticed", () => {
  const before = z.strictObject({ seq: z.number() });
  const after = z.strictObject({ seq: z.number(), note: z.string() });
  expect(JSON.stringify(shapeOf(before))).not.toBe(JSON.stringify(shapeOf(after)));
});

test("a limit that moves is noticed", () => {
  expect(differences({ "a MAX": "1" }, { "a MAX": "2", "b NEW": "3" })).toEqual([
    "changed: a MAX",
    "new: b NEW",
  ]);
});
