import { expect, test } from "vitest";
import { type PlanDraft, planRequestOf } from "./plan-count-draft.ts";

const DRAFT: PlanDraft = {
  name: "November",
  store: "BER1",
  kind: "all",
  category: "",
  skus: "",
  articles: "",
  blind: true,
  day: "2026-11-30",
  note: "",
};

test("a count has a name, a store and a day, and something to count", () => {
  expect(planRequestOf(DRAFT)).toMatchObject({ store: "BER1", scope: { kind: "all" }, blind: true });
  expect(planRequestOf({ ...DRAFT, name: " " })).toBeNull();
  expect(planRequestOf({ ...DRAFT, day: "" })).toBeNull();
  expect(planRequestOf({ ...DRAFT, kind: "category" })).toBeNull();
  expect(planRequestOf({ ...DRAFT, kind: "longest", articles: "none" })).toBeNull();
});

test("a list of SKUs is read however it was copied", () => {
  expect(planRequestOf({ ...DRAFT, kind: "skus", skus: "A-1, B-2\nC-3;\n" })?.scope).toEqual({
    kind: "skus",
    skus: ["A-1", "B-2", "C-3"],
  });
});
