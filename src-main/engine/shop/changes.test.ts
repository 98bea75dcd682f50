import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { Changes, watchBehindTheAnswer } from "./changes.ts";

test("who watches behind the answer hears once of all that changed until then, and nothing once it is over", async () => {
  const changes = new Changes();
  let heard = 0;
  const unwatch = watchBehindTheAnswer(
    changes,
    () => {
      heard += 1;
    },
    () => expect.unreachable(),
  );
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

test("what goes wrong behind the answer is told, ends nothing, and does not keep who watches from hearing of the next", async () => {
  const changes = new Changes();
  const troubles: unknown[] = [];
  let isBroken = true;
  let heard = 0;
  const broken = new Error("a screen that cannot be put together");
  watchBehindTheAnswer(
    changes,
    () => {
      if (isBroken) throw broken;
      heard += 1;
    },
    (error) => troubles.push(error),
  );
  changes.tell();
  await setImmediate();
  expect(troubles).toEqual([broken]);
  isBroken = false;
  changes.tell();
  await setImmediate();
  expect(heard).toBe(1);
  expect(troubles).toEqual([broken]);
});
