import type { PointsMove } from "#domain/loyalty/ledger.ts";
import type { LoyaltyProgramme } from "#domain/loyalty/programme.ts";
import { money } from "#domain/money/money.ts";
import type { DemoLoyalty } from "../demo-context.ts";
import type { DemoData } from "./demo-data.ts";
import { CURRENCY } from "./retailer.ts";

const DAY_MS = 86_400_000;
/** Customers who had a card before the demo was opened. */
const OLD_CARDS = 60;
/** Whatever was on a card came onto it in so many parts, each this long before the next. */
const PARTS = 3;
const PART_EVERY_DAYS = 97;
const NEWEST_DAYS = 5;
/** Points of one part: from a coffee to a coat, the same for the same customer at each start. */
const LEAST_POINTS = 20;
const MORE_POINTS = 83;
const MOST_MORE = 420;

const PROGRAMME: LoyaltyProgramme = {
  name: "Fennholm Friends",
  earn: {
    points: 1,
    per: money(100, CURRENCY),
    categories: [{ category: "Café", ppm: 2_000_000 }],
  },
  tiers: [
    { name: "Silver", from: 250, ppm: 1_250_000 },
    { name: "Gold", from: 700, ppm: 1_500_000 },
  ],
  burn: { points: 100, worth: money(500, CURRENCY), least: 100, most: 2_000 },
  expiresAfterMonths: 24,
};

/** The demo's programme, and what customers brought over from the cards of before; `agoMs` before the demo was opened. */
export function demoLoyalty({ customers }: Pick<DemoData, "customers">): DemoLoyalty {
  const moves = customers.slice(0, OLD_CARDS).flatMap(({ id: customer }, at) =>
    Array.from({ length: PARTS }, (_, part) => {
      const move: Omit<PointsMove, "at"> = {
        id: `demo-card:${customer}:${part}`,
        kind: "earned",
        customer,
        points: LEAST_POINTS + ((at * MORE_POINTS + part * LEAST_POINTS) % MOST_MORE),
        purchase: null,
        number: null,
        store: null,
        device: null,
        staff: null,
        note: "Brought over from the old card",
      };
      return { move, agoMs: (NEWEST_DAYS + part * PART_EVERY_DAYS) * DAY_MS };
    }),
  );
  return { programme: PROGRAMME, moves };
}
