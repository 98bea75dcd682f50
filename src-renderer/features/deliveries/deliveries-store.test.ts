import { beforeEach, expect, it } from "vitest";
import type { FakeTill } from "../../testing/fake-till.ts";
import { signedIn } from "../../testing/signed-in.ts";
import { takeFirstLike } from "./deliveries-store.ts";

let till: FakeTill;
let written: string;
let taken: string[];
beforeEach(async () => {
  till = await signedIn();
  written = "mug";
  taken = [];
});

const enter = () =>
  takeFirstLike(written, {
    isStillWritten: (text) => text === written,
    take: ({ sku }) => {
      taken.push(sku);
      written = "";
    },
  });

it("Enter that is pressed again before the answer takes one piece, and one that is pressed after it none", async () => {
  await Promise.all([enter(), enter(), enter()]);
  expect(taken).toEqual(["MUG"]);
  await enter();
  expect(taken).toEqual(["MUG"]);
  expect(till.calls.filter((verb) => verb === "search")).toHaveLength(1);
});

it("a late answer takes nothing once something else is written, and leaves that there", async () => {
  const late = enter();
  written = "cup";
  await late;
  expect([taken, written]).toEqual([[], "cup"]);
});
