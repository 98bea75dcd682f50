import { expect, test } from "vitest";
import { AUDIT_CHECK_NAMES } from "#domain/data-audit/checks.ts";
import { idOf } from "#domain/ids.ts";
import { isKey } from "../translate.ts";
import { addressOfFix, channelText, factsText, trendText, weekText } from "./data-audit-words.ts";

test("every check has a name that people read", () => {
  expect(AUDIT_CHECK_NAMES.filter((check) => !isKey(`auditCheck.${check}`))).toEqual([]);
});

test("what is known of a row is said in words: amounts in their currency, moments by the clock, rights by their names", () => {
  expect(
    factsText("priceOverrides", {
      article: "Mug",
      from: 400,
      to: 350,
      currency: "EUR",
      reason: "Damaged box",
    }),
  ).toBe("Mug: €3.50 instead of €4.00 (Damaged box)");
  expect(factsText("priceGap", { begins: "2027-01-15T08:00", list: "Retail" })).toBe(
    "From 2027-01-15 08:00 on Retail",
  );
  expect(factsText("negativeStock", { onHand: -1_200 })).toBe("-1,200 on hand");
  expect(
    factsText("approvals", { kind: "drawerOpened", permission: "drawer.open", what: "", by: "Johanna" }),
  ).toMatch(/^[A-Z].*: – – by Johanna$/);
  expect(factsText("priceOverlap", { begins: "2027-01-15T08:00" })).not.toContain("{");
  expect(factsText("noPicture", {})).toBe("");
});

test("a row leads to its own page where whoever looks may see it, else to all of its check, else nowhere", () => {
  const tills = { page: "tills", ask: { store: "BER1" } };
  expect(addressOfFix("silentTills", tills, ["tills.read"])).toBe("#/tills?store=BER1");
  expect(addressOfFix("silentTills", tills, ["catalogue.read"])).toBeNull();
  expect(addressOfFix("noPicture", { page: "no such page", ask: {} }, ["catalogue.read"])).toBe(
    "#/catalogue?status=active&picture=no",
  );
});

test("a trend says its ends and its most, and how it was a week before", () => {
  const day = (text: string) => idOf<"BusinessDay">(text);
  const trend = [
    { day: day("2027-01-14"), count: 3 },
    { day: day("2027-01-15"), count: 1_200 },
    { day: day("2027-01-16"), count: 2 },
  ];
  expect(trendText(trend)).toBe("3 on Jan 14, 2027, 2 on Jan 16, 2027; at most 1,200");
  expect(trendText([])).toBe("");
  expect(weekText({ changeInWeek: -3 })).toBe("−3 in a week");
  expect(weekText({ changeInWeek: 0 })).toBe("as a week ago");
  expect(weekText({ changeInWeek: null })).toBe("");
  expect(channelText("store")).toBe("In store");
});
