import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { TILL_CHANNEL } from "#domain/orders/till-channel.ts";
import type { Promotion } from "#domain/promotions/promotion.ts";
import { simulateRequestSchema } from "#protocol/hq/simulate.ts";
import { ServerForTests } from "../server-for-tests.ts";
import { BERLIN } from "../testing/shop.ts";
import {
  askedLines,
  askedShipping,
  decideWorked,
  isAskable,
  WORKED_BASKETS,
  type WorkedBasket,
  workedOutcome,
} from "../testing/worked-baskets.ts";
import { createSimulations } from "./simulations.ts";

const WEB = idOf<"Channel">("web");

let server: ServerForTests;
beforeEach(async () => {
  server = await ServerForTests.open();
});
afterEach(() => server.close());

/** The table calls the one store that it names by another id. */
function inBerlin(promotion: Promotion): Promotion {
  const { when } = promotion;
  return when?.stores === undefined ? promotion : { ...promotion, when: { ...when, stores: [BERLIN.store] } };
}

/** HQ keeps one promotion of the basket for itself and tries it as a draft. */
async function simulated(worked: WorkedBasket, at: "till" | "web") {
  const [draft, ...made] = worked.promotions;
  await decideWorked(server.deps.publisher, { ...worked, promotions: made });
  const { simulate } = createSimulations({ storage: server.storage, now: server.deps.now });
  const { customer } = worked;
  const answer = await simulate(
    simulateRequestSchema.parse({
      ...(at === "till" ? { channel: TILL_CHANNEL, store: BERLIN.store } : { channel: WEB }),
      lines: askedLines(worked),
      ...askedShipping(worked),
      at: "2026-11-26T12:00",
      coupons: worked.coupons,
      ...(draft === undefined ? {} : { draft: inBerlin(draft) }),
      ...(customer === undefined
        ? {}
        : {
            shopper: {
              groups: customer.groups,
              isFirstPurchase: customer.isFirstPurchase,
              uses: Object.entries(customer.uses).map(([promotion, times]) => ({ promotion, times })),
            },
          }),
    }),
  );
  if (!answer.ok) throw new Error(JSON.stringify(answer.reason));
  return answer.value.quote;
}

describe("what HQ tries comes to what was worked by hand, in a store and on the web", () => {
  // HQ tries promotions for groups, not for one customer with a certificate.
  for (const worked of WORKED_BASKETS.filter((each) => isAskable(each) && each.customer?.exempt !== true))
    for (const at of ["till", "web"] as const)
      if (worked.at === undefined || worked.at === at)
        test(`${at}: ${worked.name}`, async () => {
          expect(workedOutcome(worked, await simulated(worked, at))).toEqual(worked.expected);
        });
});
