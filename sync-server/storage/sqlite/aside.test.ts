import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import type { ReportAsk } from "../../reports/port.ts";
import { type AsideThread, createAside } from "./aside.ts";
import { SqliteStorage } from "./storage.ts";

let folder: string;
let storage: SqliteStorage;
let aside: AsideThread;
const DAY = idOf<"BusinessDay">("2027-01-15");
const ASK: ReportAsk = {
  filter: {
    family: "category",
    from: DAY,
    until: DAY,
    stores: null,
    channels: null,
    values: null,
    categories: null,
  },
  by: "value",
  group: "category",
  main: "total",
  before: null,
  offset: 0,
  limit: 10,
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onetill-aside-"));
  const file = join(folder, "server.sqlite");
  storage = new SqliteStorage(file);
  aside = createAside({ file, maxWaiting: 2 });
});
afterEach(async () => {
  await aside.close();
  await storage.close();
  rmSync(folder, { recursive: true, force: true });
});

test("a long question is answered beside the server's own thread, those that wait in their order", async () => {
  const order: number[] = [];
  await Promise.all(
    [1, 2, 3].map(async (place) => {
      const answer = await aside.read("report", ASK);
      expect(answer).toMatchObject({ ok: true, value: { rows: [], complete: true } });
      order.push(place);
    }),
  );
  expect(order).toEqual([1, 2, 3]);
});

test("when too many questions wait, another is refused at once and the others are answered", async () => {
  const all = await Promise.all([1, 2, 3, 4].map(() => aside.read("report", ASK)));
  expect(all.map((answer) => answer.ok)).toEqual([true, true, true, false]);
  expect(all[3]).toEqual({ ok: false, reason: "busy" });
});

test("a question that nobody waits for any more is dropped, and the next is answered", async () => {
  const [asking, waiting] = [new AbortController(), new AbortController()];
  const dropped = [aside.read("report", ASK, asking.signal), aside.read("report", ASK, waiting.signal)];
  const next = aside.read("report", ASK);
  waiting.abort();
  asking.abort();
  expect(await Promise.all(dropped)).toEqual([
    { ok: false, reason: "cancelled" },
    { ok: false, reason: "cancelled" },
  ]);
  expect((await next).ok).toBe(true);
});

test("a question that cannot be answered fails alone", async () => {
  const broken = aside.read("report", {
    ...ASK,
    filter: { ...ASK.filter, family: "tax", categories: ["Tea"] },
  });
  await expect(broken).rejects.toThrow("tax is no word of a line");
  expect((await aside.read("report", ASK)).ok).toBe(true);
});

test("what waits when the server stops fails, and nothing can be asked afterwards", async () => {
  const asked = aside.read("report", ASK);
  const closed = aside.close();
  await expect(asked).rejects.toThrow("the server stops");
  await closed;
  await expect(aside.read("report", ASK)).rejects.toThrow("closed");
});
