import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import type { Quote } from "#protocol/shop/quote.ts";
import { ServerForTests } from "../server-for-tests.ts";
import {
  askedLines,
  askedShipping,
  decideWorked,
  isAskable,
  WORKED_BASKETS,
  WORKED_CUSTOMER,
  WORKED_NOON,
  type WorkedBasket,
  workedOutcome,
} from "../testing/worked-baskets.ts";
import { createQuotes } from "./quotes.ts";

let server: ServerForTests;
beforeEach(async () => {
  server = await ServerForTests.open();
});
afterEach(() => server.close());

async function quoted(worked: WorkedBasket): Promise<Quote> {
  await decideWorked(server.deps.publisher, worked);
  const quotes = createQuotes({ storage: server.storage, now: () => WORKED_NOON });
  const answer = await quotes.quote({
    channel: idOf<"Channel">("web"),
    lines: askedLines(worked),
    coupons: [...worked.coupons],
    ...askedShipping(worked),
    ...(worked.customer === undefined ? {} : { customer: WORKED_CUSTOMER.id }),
  });
  if (!answer.ok) throw new Error(JSON.stringify(answer.reason));
  return answer.value;
}

describe("a web shop's quote comes to what was worked by hand", () => {
  for (const worked of WORKED_BASKETS.filter((each) => each.at !== "till" && isAskable(each)))
    test(worked.name, async () => {
      expect(workedOutcome(worked, await quoted(worked))).toEqual(worked.expected);
    });
});
