import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { HQ_KEY, HttpForTests, refusalOf } from "../http-for-tests.ts";

/** Exports that have begun to be made, and what lets them all come to their end. */
const made = vi.hoisted(() => {
  let end: () => void = () => undefined;
  const mayEnd = new Promise<void>((ended) => {
    end = ended;
  });
  return { begun: 0, mayEnd, end };
});
vi.mock("../audit/export-files.ts", () => ({
  exportFiles: async function* () {
    made.begun += 1;
    await made.mayEnd;
    yield* [];
  },
}));

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open();
});
afterEach(() => http.close());

test("of one who asks two exports are made at a time, for each holds a state of the database; others have theirs", async () => {
  const auditor = await http.as("auditor");
  const ask = (who = auditor) => who("/hq/v1/journal-export?store=BER1");
  const first = [ask(), ask()];
  await expect.poll(() => made.begun).toBe(2);
  expect(await refusalOf(await ask())).toEqual({ status: 429, reason: "tooManyRequests" });
  const other = ask((path) => http.hq(path));
  await expect.poll(() => made.begun).toBe(3);
  // Whoever goes leaves behind what is being made for them.
  const gone = new AbortController();
  const leaving = fetch(`${http.address}/hq/v1/journal-export?store=BER1`, {
    headers: { authorization: `Bearer ${HQ_KEY}` },
    signal: gone.signal,
  }).catch(() => undefined);
  await expect.poll(() => made.begun).toBe(4);
  gone.abort();
  await leaving;
  expect(await refusalOf(await ask((path) => http.hq(path)))).toEqual({
    status: 429,
    reason: "tooManyRequests",
  });
  made.end();
  for (const answer of await Promise.all([...first, other])) {
    expect(answer.status).toBe(200);
    await answer.arrayBuffer();
  }
  await expect.poll(async () => (await ask()).status).toBe(200);
});
