import { describe, expect, test } from "vitest";
import { type DeviceId, idOf } from "../ids.ts";
import { money } from "../money/money.ts";
import { priceBasket } from "../pricing/price-basket.ts";
import { DAY_MS } from "../store/offline-state.ts";
import { basketOf } from "../testing/arbitrary-baskets.ts";
import { backOf, boughtLine, day, later, purchaseOf, standingWith } from "../testing/purchases.ts";
import { EUR, eur, GERMANY, variantOf } from "../testing/shop.ts";
import { TILL } from "../testing/written-chain.ts";
import { type ReturnLease, type ReturnScene, returnObstacles, standingInTheWay } from "./judge.ts";
import { DEFAULT_RETURN_POLICY, lastReturnDay, type ReturnPolicy, returnDaysOf } from "./policy.ts";
import type { Standing } from "./returned.ts";
import type { BasketReturn, Returning } from "./returning.ts";

const HELD: ReturnLease = { kind: "held" };
const OFFLINE: ReturnLease = { kind: "unknown" };

function returningOf(standings: readonly Standing[], ...lines: readonly BasketReturn[]): Returning {
  return { standings, lines, promotions: "keep", override: null, identity: null };
}

/** What stands in the way, each in a word, with what gets past it. */
function judged(
  returning: Returning,
  {
    policy = {},
    lease = HELD,
    ...scene
  }: Partial<Omit<ReturnScene, "policy" | "leaseOf">> & {
    readonly policy?: Partial<ReturnPolicy>;
    readonly lease?: ReturnLease;
  } = {},
) {
  const { lines } = priceBasket({
    basket: { ...basketOf([]), returning },
    tax: GERMANY,
    currency: EUR,
    cash: false,
  });
  const obstacles = returnObstacles({
    returning,
    lines,
    scene: {
      policy: { ...DEFAULT_RETURN_POLICY, ...policy },
      maxOffline: eur(5_000),
      currency: EUR,
      taxMode: "inclusive",
      device: TILL,
      isOnline: lease.kind === "held",
      leaseOf: () => lease,
      now: later(DAY_MS),
      today: day("2027-01-16"),
      ...scene,
    },
  });
  return obstacles.map(({ why, way }) => `${why}: ${way}`);
}

const purchase = purchaseOf([boughtLine(0, { quantity: 3, paid: 6_000 })]);
const whole = standingWith(purchase);
const one = returningOf([whole], backOf(purchase, 0));

describe("goods with a receipt", () => {
  test("in time and as new, with the server's word: nothing stands in the way", () => {
    expect(judged(one)).toEqual([]);
  });

  test("no more pieces than were bought and have not come back", () => {
    const standing = standingWith(purchase, { position: 0, pieces: 2, given: 4_000 });
    expect(judged(returningOf([standing], backOf(purchase, 0, 1)))).toEqual([]);
    expect(judged(returningOf([standing], backOf(purchase, 0, 2)))).toEqual(["tooMany: none"]);
    const twice = returningOf([standing], backOf(purchase, 0), {
      ...backOf(purchase, 0),
      id: idOf<"Line">("b"),
    });
    expect(judged(twice)).toEqual(["tooMany: none", "tooMany: none"]);
  });

  test("the last day is still in time, the day after is for a manager, or for nobody where the policy says so", () => {
    expect(judged(one, { today: day("2027-02-14") })).toEqual([]);
    expect(judged(one, { today: day("2027-02-15") })).toEqual(["late: manager"]);
    expect(judged(one, { today: day("2027-02-15"), policy: { late: "refuse" } })).toEqual(["late: none"]);
  });

  test("a final sale stays sold", () => {
    const sale = purchaseOf([boughtLine(0, { returnBy: null })]);
    const returning = returningOf([standingWith(sale)], backOf(sale, 0));
    expect(judged(returning)).toEqual(["finalSale: none"]);
    expect(judged(returning, { policy: { finalSale: "manager" } })).toEqual(["finalSale: manager"]);
  });

  test("worn or broken goods are looked at by a manager", () => {
    expect(judged(returningOf([whole], backOf(purchase, 0, 1, { condition: "damaged" })))).toEqual([
      "condition: manager",
    ]);
  });

  test("a purchase that was refunded twice, or that another till is at, asks for a manager", () => {
    const flagged = { ...whole, returned: { ...whole.returned, flagged: true } };
    expect(judged(returningOf([flagged], backOf(purchase, 0)))).toEqual(["refundedTwice: manager"]);
    const holder: DeviceId = idOf<"Device">("till-4");
    expect(judged(one, { lease: { kind: "another", holder } })).toContain("leaseHeldByAnother: manager");
  });
});

describe("without a connection", () => {
  test("up to the limit on the till's own word, to the cent", () => {
    expect(judged(one, { lease: OFFLINE, maxOffline: eur(2_000) })).toEqual([]);
    expect(judged(one, { lease: OFFLINE, maxOffline: eur(1_999) })).toEqual(["aboveOfflineLimit: server"]);
    expect(judged(one, { lease: HELD, maxOffline: eur(1) })).toEqual([]);
  });

  test("nothing where the limit is said in the currency that the store had before", () => {
    const before = money(500_000, idOf<"Currency">("USD"));
    expect(judged(one, { lease: OFFLINE, maxOffline: before })).toEqual(["aboveOfflineLimit: server"]);
    expect(judged(one, { lease: HELD, maxOffline: before })).toEqual([]);
  });

  test("also where prices are without tax: what leaves the till counts, tax and all", () => {
    const before = judged(one, { lease: OFFLINE, maxOffline: eur(2_000), taxMode: "exclusive" });
    expect(before).toEqual(["aboveOfflineLimit: server"]);
  });

  test("the limit is not begun anew with each visit to the same till", () => {
    const standing = standingWith(purchase, { position: 0, pieces: 1, given: 2_000 });
    const own = {
      ...standing,
      returned: {
        ...standing.returned,
        acts: standing.returned.acts.map((act) => ({ ...act, device: TILL })),
      },
    };
    const again = (of: Standing) =>
      judged(returningOf([of], backOf(purchase, 0)), { lease: OFFLINE, maxOffline: eur(3_999) });
    expect(again(own)).toEqual(["aboveOfflineLimit: server"]);
    expect(again(standing)).toEqual([]);
  });

  test("an old purchase needs the server or a manager", () => {
    const now = later(31 * DAY_MS);
    expect(judged(one, { lease: OFFLINE, now })).toEqual(["tooOldOffline: server"]);
    expect(judged(one, { lease: HELD, now })).toEqual([]);
  });
});

describe("above what a cashier may give back", () => {
  test("a manager is asked, also with the server's word", () => {
    expect(judged(one, { policy: { managerAbove: eur(1_999) } })).toEqual(["aboveLimit: manager"]);
    expect(judged(one, { policy: { managerAbove: eur(2_000) } })).toEqual([]);
  });
});

describe("goods without a receipt", () => {
  const mug: BasketReturn = {
    kind: "unreceipted",
    id: idOf<"Line">("mug"),
    variant: variantOf("mug"),
    sku: idOf<"Sku">("MUG"),
    name: "mug",
    options: [],
    taxClass: idOf<"TaxClass">("standard"),
    quantity: 2,
    unitPrice: eur(900),
    reason: "gift",
    condition: "asNew",
    disposition: "stock",
  };

  test("are taken as the policy says: with a manager and a look at a document, up to a limit", () => {
    expect(judged(returningOf([], mug))).toEqual(["withoutReceipt: manager", "identity: identity"]);
    const withoutReceipt = {
      lowestPriceDays: 30,
      identity: false,
      manager: false,
      creditOnly: true,
      most: eur(1_800),
    };
    expect(judged(returningOf([], mug), { policy: { withoutReceipt } })).toEqual([]);
    expect(
      judged(returningOf([], mug), { policy: { withoutReceipt: { ...withoutReceipt, most: eur(1_799) } } }),
    ).toEqual(["aboveWithoutReceipt: none"]);
  });

  test("are not taken at all where the policy knows no such thing", () => {
    expect(judged(returningOf([], mug), { policy: { withoutReceipt: null } })).toEqual([
      "notWithoutReceipt: none",
    ]);
  });
});

describe("getting past what stands in the way", () => {
  const obstacles = [
    { line: null, why: "refundedTwice", way: "manager" },
    { line: null, why: "identity", way: "identity" },
    { line: null, why: "tooOldOffline", way: "server" },
    { line: null, why: "finalSale", way: "none" },
  ] as const;
  const left = (override: Returning["override"], identity: string | null) =>
    standingInTheWay(obstacles, { override, identity }).map(({ way }) => way);

  test("a manager's word stands for the server's, a document for itself, and nothing for what is never allowed", () => {
    const word = { manager: idOf<"Staff">("johanna"), reason: "goodwill" };
    expect(left(null, null)).toEqual(["manager", "identity", "server", "none"]);
    expect(left(word, null)).toEqual(["identity", "none"]);
    expect(left(word, "passport")).toEqual(["none"]);
    expect(left(null, "passport")).toEqual(["manager", "server", "none"]);
  });
});

describe("a manager's word", () => {
  test("covers what stood in the way as it was given, and nothing that comes up later", () => {
    const seen = { line: null, why: "condition", way: "manager" } as const;
    const since = { line: null, why: "leaseHeldByAnother", way: "manager" } as const;
    const override = { manager: idOf<"Staff">("johanna"), reason: "goodwill", covers: ["condition"] };
    expect(standingInTheWay([seen, since], { override, identity: null })).toEqual([since]);
  });
});

describe("how long goods may be brought back", () => {
  test("as their category says, else as long as all others", () => {
    const policy = { ...DEFAULT_RETURN_POLICY, windows: [{ category: "Swimwear", days: 0 }] };
    expect([returnDaysOf(policy, "Swimwear"), returnDaysOf(policy, "Books")]).toEqual([0, 30]);
  });

  test("the window is counted in days of the calendar, over months, leap days and clock changes", () => {
    expect(lastReturnDay({ day: day("2028-02-20"), days: 14 })).toBe("2028-03-05");
    expect(lastReturnDay({ day: day("2027-03-20"), days: 14 })).toBe("2027-04-03");
    expect(lastReturnDay({ day: day("2027-03-20"), days: 0 })).toBeNull();
  });

  test("no window is longer than ten years, and none ends beyond the calendar", () => {
    expect(lastReturnDay({ day: day("2027-03-20"), days: Number.MAX_SAFE_INTEGER })).toBe("2037-03-17");
    expect(lastReturnDay({ day: day("9999-12-20"), days: 30 })).toBe("9999-12-31");
  });
});
