import { expect, test } from "vitest";
import { Refusal } from "./errors.ts";
import { Turns } from "./turns.ts";

const ADA = { id: "ada" };
const BEN = { id: "ben" };

test("whoever has as much as they may is refused, others are not, and what was given back is free again", () => {
  const turns = new Turns(2);
  const first = turns.take(ADA);
  turns.take(ADA);
  expect(() => turns.take(ADA)).toThrow(Refusal);
  turns.take(BEN);
  first();
  first();
  turns.take(ADA);
  expect(() => turns.take(ADA)).toThrow(Refusal);
});

test("a turn is given back also where the work fails", async () => {
  const turns = new Turns(1);
  await expect(turns.during(ADA, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(await turns.during(ADA, async () => "done")).toBe("done");
});
