import { setImmediate } from "node:timers/promises";
import { beforeEach, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import type { NoticeDocument } from "#protocol/documents/notice.ts";
import { MUG, product, variant } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

const TASK = idOf<"Notice">("task-1");

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  await till.signIn("mira");
});

function asked(changes: Partial<NoticeDocument> = {}): NoticeDocument {
  return {
    id: TASK,
    kind: "oversold",
    raisedAt: instant(1_800_000_000_000),
    detail: { task: "recount", variant: MUG, onHand: "-2", by: "Hanna", note: "Please look twice" },
    resolved: false,
    ...changes,
  };
}

const tasks = () => till.shop.views.tasks.current();

test("a shelf to count is a task with the article's name and who asks for it, but without the figure of the books", () => {
  till.replica.put("notices", asked());
  expect(tasks()).toMatchObject([
    {
      id: TASK,
      kind: "oversold",
      variant: MUG,
      article: { sku: "SKU-mug-v", name: "Emaille-Becher" },
      by: "Hanna",
      note: "Please look twice",
    },
  ]);
  expect(JSON.stringify(tasks())).not.toContain("-2");
});

test("the oldest comes first; what only tells of something, or is done, is no task", () => {
  till.replica.put(
    "notices",
    asked({ id: idOf<"Notice">("newer"), raisedAt: instant(1_800_000_000_001) }),
    asked(),
    asked({ id: idOf<"Notice">("told"), detail: { variant: MUG } }),
    asked({ id: idOf<"Notice">("done"), resolved: true }),
  );
  expect(tasks().map(({ id }) => id)).toEqual([TASK, "newer"]);
});

test("counted without the server it is journaled, gone from the list and on the shelf at once, also after a restart", async () => {
  till.replica.put("notices", asked());
  expect(await till.verbs.countStock({ task: TASK, counted: 4 })).toEqual({ ok: true, value: {} });
  expect(till.journal.facts("stock.counted")).toEqual([
    { type: "stock.counted", task: TASK, variant: MUG, counted: 4 },
  ]);
  expect(tasks()).toEqual([]);
  const onHand = async () => (await till.verbs.search({ text: "Becher", limit: 1 }))[0]?.onHand;
  expect(await onHand()).toBe(4);
  await till.restart();
  await till.signIn("mira");
  expect(tasks()).toEqual([]);
  expect(await onHand()).toBe(4);
});

test("two presses count once", async () => {
  till.replica.put("notices", asked());
  const count = () => till.verbs.countStock({ task: TASK, counted: 4 });
  const answers = await Promise.all([count(), count()]);
  expect(answers).toEqual([
    { ok: true, value: {} },
    { ok: false, reason: "noSuchTask" },
  ]);
  expect(till.journal.facts("stock.counted")).toHaveLength(1);
  expect(till.troubles).toEqual([]);
});

test("a disk that is full counts nothing, and the task stays", async () => {
  till.replica.put("notices", asked());
  till.journal.fail(new Error("disk full"));
  expect(await till.verbs.countStock({ task: TASK, counted: 4 })).toEqual({ ok: false, reason: "storage" });
  expect(tasks()).toHaveLength(1);
});

test("the locked till shows no tasks, and nobody counts on it", async () => {
  till.replica.put("notices", asked());
  await till.verbs.signOut({});
  expect(tasks()).toEqual([]);
  const answer = await till.verbs.countStock({ task: TASK, counted: 4 });
  expect(answer).toEqual({ ok: false, reason: "notSignedIn" });
});

test("the screen hears of a task that comes and of one that is done, and of nothing else", async () => {
  let told = 0;
  till.shop.views.tasks.watch(() => {
    told += 1;
  });
  till.replica.put("notices", asked({ id: idOf<"Notice">("told"), detail: {} }));
  expect(told).toBe(0);
  till.replica.put("notices", asked());
  expect(told).toBe(1);
  await till.verbs.countStock({ task: TASK, counted: 0 });
  await setImmediate();
  expect(told).toBe(2);
});

test("a scanned code finds the shelf's article by any of its codes, however they are written", async () => {
  const gtins = ["4006381333979", "042100005264"].map((gtin) => idOf<"Gtin">(gtin));
  till.replica.put("products", product("tin", { variants: [variant("tin-v", { gtins })] }));
  const variantOf = async (code: string) => (await till.verbs.variantOf({ code })).variant;
  for (const code of ["4006381333979", "042100005264", "0042100005264", "SKU-tin-v", "sku-TIN-V"])
    expect(await variantOf(code)).toBe("tin-v");
  expect(await variantOf("SKU-mug-v")).toBe(MUG);
  expect(await variantOf("4006381333948")).toBeNull();
});
