import { expect, it } from "vitest";
import { MAX_COUNTED } from "#domain/stock/stock.ts";
import type { Task } from "#protocol/till/tasks.ts";
import { useNotice, useTill } from "../../app/till.ts";
import { signedIn } from "../../testing/signed-in.ts";
import { articleName, countOne, countStock, isArticle, taskOfScan, typeCount } from "./counting.ts";

function only(): Task {
  const [task, ...more] = useTill.getState().tasks;
  if (task === undefined || more.length > 0) throw new Error("not one task");
  return task;
}

it("a count is typed digit by digit; nothing at all is a figure too, and no shelf holds a million", () => {
  expect(["1", "2", "a"].reduce(typeCount, "")).toBe("12");
  expect(["0", "0", "7"].reduce(typeCount, "")).toBe("7");
  expect(typeCount("", "0")).toBe("0");
  expect(typeCount(String(MAX_COUNTED), "0")).toBe(String(MAX_COUNTED));
});

it("scanned piece by piece it grows from what was typed", () => {
  expect([countOne(""), countOne("9"), countOne(String(MAX_COUNTED))]).toEqual([
    "1",
    "10",
    String(MAX_COUNTED),
  ]);
});

it("a scan counts the article whichever of its codes it is, and nothing else", async () => {
  const till = await signedIn();
  till.askToCount("MUG");
  await expect.poll(() => useTill.getState().tasks.length).toBe(1);
  const task = only();
  for (const code of ["4006381333931", "04006381333931", "MUG", "mug"])
    expect(await isArticle(task, code)).toBe(true);
  expect(useNotice.getState().notice).toBeNull();
  for (const code of ["OIL", "4006381333948", "no such code"]) {
    expect(await isArticle(task, code)).toBe(false);
    expect(useNotice.getState().notice?.text).toBe(`${code} is another article: it was not counted.`);
  }
});

it("a scan in the list opens the task of its article", async () => {
  const till = await signedIn();
  till.askToCount("MUG");
  await expect.poll(() => useTill.getState().tasks.length).toBe(1);
  expect(await taskOfScan("mug")).toBe(only().id);
  expect(await taskOfScan("OIL")).toBeNull();
  expect(useNotice.getState().notice?.text).toBe("Nobody asks to count OIL.");
});

it("what was counted is said once: the task is gone and the colleague is told so", async () => {
  const till = await signedIn();
  till.askToCount("MUG");
  await expect.poll(() => useTill.getState().tasks.length).toBe(1);
  const task = only();
  expect(articleName(task)).toBe("Enamel Mug");
  expect(await countStock(task.id, { name: "Enamel Mug", counted: 4 })).toBe(true);
  expect(till.counted).toEqual([4]);
  await expect.poll(() => useTill.getState().tasks).toEqual([]);
  expect(useNotice.getState().notice?.text).toBe("Enamel Mug: 4 counted. The stock is corrected.");
  expect(await countStock(task.id, { name: "Enamel Mug", counted: 4 })).toBe(false);
  expect(useNotice.getState().notice?.text).toBe("This task is done already.");
});
