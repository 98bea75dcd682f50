import { describe, expect, it } from "vitest";
import { idOf } from "#domain/ids.ts";
import type { LoyaltyProgramme } from "#domain/loyalty/programme.ts";
import { money } from "#domain/money/money.ts";
import { draftOf, type LoyaltyDraft, newProgramme, programmeOf } from "./loyalty-draft.ts";

const EUR = idOf<"Currency">("EUR");
const FRIENDS: LoyaltyProgramme = {
  name: "Friends",
  earn: { points: 1, per: money(100, EUR), categories: [{ category: "Books", ppm: 0 }] },
  tiers: [
    { name: "Silver", from: 500, ppm: 1_250_000 },
    { name: "Gold", from: 2_000, ppm: 2_000_000, group: idOf<"CustomerGroup">("gold") },
  ],
  burn: { points: 100, worth: money(150, EUR), least: 200, most: null },
  expiresAfterMonths: 24,
};

describe("a loyalty programme that is being typed", () => {
  it("comes back as it was", () => {
    for (const programme of [FRIENDS, { ...FRIENDS, burn: null, expiresAfterMonths: null }])
      expect(programmeOf(draftOf(programme), EUR)).toEqual({ ok: true, value: programme });
  });

  it("sorts its tiers by their points", () => {
    const draft = draftOf(FRIENDS);
    expect(programmeOf({ ...draft, tiers: draft.tiers.toReversed() }, EUR)).toEqual({
      ok: true,
      value: FRIENDS,
    });
  });

  const wrong: readonly (readonly [string, Partial<LoyaltyDraft>])[] = [
    ["name", { name: " " }],
    ["earn", { earnPoints: "0" }],
    ["earn", { per: "1,2,3" }],
    ["categories", { categories: [{ category: "Books", factor: "twice" }] }],
    ["tiers", { tiers: [{ name: "", from: "1", factor: "1", group: "" }] }],
    ["burn", { worth: "0" }],
    ["burn", { most: "many" }],
    ["expires", { months: "0" }],
  ];
  it.each(wrong)("names the field that is wrong: %s", (field, changes) => {
    expect(programmeOf({ ...draftOf(FRIENDS), ...changes }, EUR)).toEqual({ ok: false, reason: field });
  });

  it("begins with a point per euro, and wants a name", () => {
    const draft = draftOf(newProgramme(EUR));
    expect(programmeOf(draft, EUR)).toEqual({ ok: false, reason: "name" });
    expect(programmeOf({ ...draft, name: "Friends" }, EUR)).toMatchObject({ ok: true });
  });
});
