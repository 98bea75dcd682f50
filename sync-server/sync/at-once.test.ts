import { expect, test } from "vitest";
import { atOnce } from "./at-once.ts";

test("answers in the order in which it was asked", async () => {
  let answer: (text: string) => void = () => undefined;
  const late = new Promise<string>((resolve) => {
    answer = resolve;
  });
  const all = atOnce([late, Promise.resolve(2)]);
  answer("one");
  expect(await all).toEqual(["one", 2]);
});

test("throws what failed first, and only once nothing of it goes on", async () => {
  const ended: string[] = [];
  let goOn: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const slow = held.then(() => {
    ended.push("slow");
    throw new Error("because of the first");
  });
  const all = atOnce([slow, Promise.reject(new Error("first"))]).catch((error: Error) => {
    ended.push(error.message);
  });
  await Promise.resolve();
  expect(ended).toEqual([]);
  goOn();
  await all;
  expect(ended).toEqual(["slow", "first"]);
});
