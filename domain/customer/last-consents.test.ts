import { expect, test } from "vitest";
import { instant } from "../ids.ts";
import type { Consent } from "./customer.ts";
import { lastConsents } from "./last-consents.ts";

test("of each purpose the last word counts, in whatever order the words are told", () => {
  const said = (purpose: Consent["purpose"], given: boolean, at: number): Consent => ({
    purpose,
    given,
    source: "shop web",
    at: instant(at),
  });
  const words = [said("email", false, 30), said("post", true, 20), said("email", true, 10)];
  for (const told of [words, words.toReversed()])
    expect(lastConsents(told)).toEqual([said("email", false, 30), said("post", true, 20)]);
});
