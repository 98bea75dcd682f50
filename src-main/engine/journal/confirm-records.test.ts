import { expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { ok } from "#domain/result.ts";
import { factSchema } from "#protocol/sync/entry.ts";
import type { Missing, Records } from "#protocol/sync/records.ts";
import { confirmRecords } from "./confirm-records.ts";

const AT = instant(Date.UTC(2026, 10, 27, 17));
const place = (code: string, changes: Partial<Missing> = {}): Missing => ({
  from: AT,
  until: null,
  firstReceipt: `${code}-01-000003`,
  lastReceipt: null,
  ...changes,
});

/** What is in the journal of a confirmation, as the server takes it in. */
async function notedOf(said: readonly Records[]): Promise<readonly string[]> {
  const noted: string[] = [];
  const answer = await confirmRecords(
    { words: [...said], approval: null },
    {
      records: { among: () => said, confirm: async () => undefined },
      shop: {
        work: { current: () => ({ signedIn: true }) } as never,
        mayAnswerFor: async (_word, abouts) => {
          noted.push(...abouts);
          return ok(null);
        },
      },
      onTrouble: (error) => {
        throw error;
      },
    },
  );
  expect(answer).toEqual({ ok: true, value: {} });
  for (const what of noted) {
    const fact = {
      type: "action.approved",
      permission: "devices.setUp",
      approvedBy: idOf<"Staff">("mira"),
      what,
    };
    expect(factSchema.safeParse(fact).error).toBeUndefined();
  }
  return noted;
}

test("what may be missing is in the journal, each place in words with its receipts and times", async () => {
  const until = instant(AT + 60_000);
  expect(
    await notedOf([
      { state: "database", at: AT, missing: [place("BER1")] },
      { state: "copy", at: AT },
      { state: "both", at: AT, missing: [place("BER1", { until, lastReceipt: "BER1-01-000003" })] },
      {
        state: "both",
        at: AT,
        missing: [place("BER1", { from: null, until, lastReceipt: "BER1-01-000009" })],
      },
      { state: "both", at: AT, missing: [place("BER1", { firstReceipt: null })] },
      { state: "lost", at: AT },
    ]),
  ).toEqual([
    "In question: receipt BER1-01-000003 and later (after 2026-11-27 17:00 UTC)",
    "In question: receipt BER1-01-000003 (after 2026-11-27 17:00 UTC, before 2026-11-27 17:01 UTC)",
    "In question: receipts BER1-01-000003 to BER1-01-000009 (before 2026-11-27 17:01 UTC)",
    "In question: no receipt known (after 2026-11-27 17:00 UTC)",
    "In question: whatever this till had not sent (found 2026-11-27 17:00 UTC)",
  ]);
});

test("an entry has room for it, however many places and however long their names: the rest is a number", async () => {
  const many = Array.from({ length: 10 }, () => place("HAMBURG-ALTONA"));
  const [noted = ""] = await notedOf([{ state: "both", at: AT, missing: many }]);
  expect(noted).toMatch(/^In question: receipt HAMBURG-ALTONA-01-000003 and later .*; \d not named here$/);
  const [endless = ""] = await notedOf([{ state: "both", at: AT, missing: [place("X".repeat(600))] }]);
  expect(endless).toBe("In question: 1 not named here");
});
