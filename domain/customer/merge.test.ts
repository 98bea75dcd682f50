import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import { withChanges } from "./changes.ts";
import { CONSENT_PURPOSES, type Consent, type Customer } from "./customer.ts";
import { keptConsents, MAX_CONSENTS_KEPT, mergedProfile, unmergedProfiles } from "./merge.ts";

const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
const consents = fc.array(
  fc.record({
    purpose: fc.constantFrom(...CONSENT_PURPOSES),
    given: fc.boolean(),
    source: fc.constantFrom("till BER1-01", "hq Ada"),
    at: fc.integer({ min: 0, max: 9 }).map(instant),
  }),
  { minLength: 1, maxLength: 4 },
);

/** Consents of a profile stand in order, each once. */
function profile(id: string): fc.Arbitrary<Customer> {
  return fc
    .record({
      name: fc.constantFrom("", "Anna", "Ben"),
      email: fc.constantFrom(null, "a@x.de", "b@x.de"),
      phone: fc.constantFrom(null, "1", "2"),
      cardNumber: fc.constantFrom(null, "3"),
      notes: maybe(fc.constantFrom("blue", "red")),
      groups: maybe(fc.constantFrom([idOf<"CustomerGroup">("trade")], [idOf<"CustomerGroup">("staff")])),
      hasBought: maybe(fc.constant(true as const)),
      promotionUses: maybe(
        fc.integer({ min: 1, max: 3 }).map((times) => [{ promotion: idOf<"Promotion">("p"), times }]),
      ),
      consents: maybe(consents.map(keptConsents)),
    })
    .map((fields) => {
      const there = Object.entries(fields).filter(([, value]) => value !== undefined);
      return { id: idOf<"Customer">(id), ...Object.fromEntries(there) } as unknown as Customer;
    });
}

describe("two profiles that are one person", () => {
  const anna: Customer = {
    id: idOf<"Customer">("a1"),
    name: "Anna",
    email: "a@x.de",
    phone: null,
    cardNumber: null,
    promotionUses: [{ promotion: idOf<"Promotion">("p"), times: 1 }],
  };
  const other: Customer = {
    ...anna,
    id: idOf<"Customer">("a2"),
    name: "Anna A.",
    phone: "030",
    notes: "likes blue",
    hasBought: true,
    formerIds: [idOf<"Customer">("a3")],
  };

  test("what one lacks comes from the other, and what was used of a promotion is added up", () => {
    expect(mergedProfile(anna, other)).toEqual({
      id: "a1",
      name: "Anna",
      email: "a@x.de",
      phone: "030",
      cardNumber: null,
      notes: "likes blue",
      hasBought: true,
      promotionUses: [{ promotion: "p", times: 2 }],
      formerIds: ["a2", "a3"],
    });
  });

  test("undone, what was said of the one since stays with it", () => {
    const merged = mergedProfile(anna, other);
    const said: Consent = { purpose: "email", given: true, source: "hq Ada", at: instant(5) };
    const edited = withChanges(merged, { phone: "040", consents: [said] });
    const now: Customer = { ...edited, promotionUses: [{ promotion: idOf<"Promotion">("p"), times: 5 }] };
    expect(unmergedProfiles({ survivor: anna, former: other, merged }, now)).toEqual({
      survivor: {
        ...anna,
        phone: "040",
        consents: [said],
        promotionUses: [{ promotion: "p", times: 4 }],
      },
      former: other,
    });
  });
});

test("to merge and to undo it changes nothing, also of one that was merged before", () => {
  fc.assert(
    fc.property(profile("a"), profile("b"), profile("c"), (a, b, c) => {
      const first = mergedProfile(b, c);
      const second = mergedProfile(a, first);
      expect([...(second.formerIds ?? [])].toSorted()).toEqual(["b", "c"]);
      const undone = unmergedProfiles({ survivor: a, former: first, merged: second }, second);
      expect(undone).toEqual({ survivor: a, former: first });
      expect(unmergedProfiles({ survivor: b, former: c, merged: first }, undone.former)).toEqual({
        survivor: b,
        former: c,
      });
    }),
    { numRuns: 500 },
  );
});

test("of two merges into one profile the earlier one is undone first: nobody keeps groups, addresses or consents of the others", () => {
  fc.assert(
    fc.property(profile("a"), profile("b"), profile("c"), (a, b, c) => {
      const first = mergedProfile(a, b);
      const second = mergedProfile(first, c);
      const { survivor: now } = unmergedProfiles({ survivor: a, former: b, merged: first }, second);
      const { survivor } = unmergedProfiles({ survivor: first, former: c, merged: second }, now);
      for (const field of ["groups", "addresses", "consents", "formerIds"] as const)
        expect(survivor[field]).toEqual(a[field]);
    }),
    { numRuns: 500 },
  );
});

test("no consent is lost by a merge, and the last word of each purpose never is", () => {
  fc.assert(
    fc.property(profile("a"), profile("b"), (a, b) => {
      const { consents: all = [] } = mergedProfile(a, b);
      for (const each of [...(a.consents ?? []), ...(b.consents ?? [])]) expect(all).toContainEqual(each);
    }),
  );
  const many = Array.from(
    { length: MAX_CONSENTS_KEPT + 10 },
    (_, at): Consent => ({
      purpose: at === 0 ? "post" : "email",
      given: true,
      source: "hq Ada",
      at: instant(at),
    }),
  );
  const kept = keptConsents(many);
  expect([kept.length, kept[0]?.purpose]).toEqual([MAX_CONSENTS_KEPT, "post"]);
});
