import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { Changes, watchBehindTheAnswer } from "./changes.ts";

test("who watches behind the answer hears once of all that changed until then, and nothing once it is over", async () => {
  const changes = new Changes();
  let heard = 0;
  const unwatch = watchBehindTheAnswer(changes, () => {
    heard += 1;
  });
  changes.tell();
  changes.tell();
  await Promise.resolve();
  expect(heard).toBe(0);
  await setImmediate();
  expect(heard).toBe(1);
  changes.tell();
  await setImmediate();
  expect(heard).toBe(2);
  changes.tell();
  unwatch();
  await setImmediate();
  expect(heard).toBe(2);
});
