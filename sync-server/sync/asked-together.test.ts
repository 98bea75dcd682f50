import { AsyncLocalStorage } from "node:async_hooks";
import { expect, test } from "vitest";
import { AskedTogether } from "./asked-together.ts";

test("what is asked at one go is looked up together, and what is asked later anew", async () => {
  const names = new Map([["BER1", "Berlin"]]);
  const asked: (readonly string[])[] = [];
  const together = new AskedTogether(async (keys: readonly string[]) => {
    asked.push(keys);
    return new Map(names);
  });
  expect(await Promise.all(["BER1", "nowhere", "BER1"].map((key) => together.of(key)))).toEqual([
    "Berlin",
    null,
    "Berlin",
  ]);
  names.set("BER1", "Berlin, other street");
  expect(await together.of("BER1")).toBe("Berlin, other street");
  expect(asked).toEqual([["BER1", "nowhere"], ["BER1"]]);
});

test("what cannot be looked up fails for all who asked, and for nobody who asks later", async () => {
  let isAway = true;
  const together = new AskedTogether(async (keys: readonly string[]) => {
    if (isAway) throw new Error("away");
    return new Map(keys.map((key) => [key, key]));
  });
  const both = await Promise.allSettled([together.of("one"), together.of("two")]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  isAway = false;
  expect(await together.of("one")).toBe("one");
});

test("what is looked up for all is in the trace of none", async () => {
  const asking = new AsyncLocalStorage<string>();
  const seen: unknown[] = [];
  const together = new AskedTogether(async (keys: readonly string[]) => {
    seen.push(asking.getStore());
    return new Map(keys.map((key) => [key, key]));
  });
  await asking.run("a till's request", () => together.of("one"));
  expect(seen).toEqual([undefined]);
});
