import { expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { announced } from "../testing/mail-returns.ts";
import { boughtLine, day, purchaseOf, standingWith } from "../testing/purchases.ts";
import { announcedReturn, arriveByDay, type WantedByMail } from "./announce.ts";
import type { Standing } from "./returned.ts";

const TODAY = day("2027-01-20");
const TEA = idOf<"Sku">("TEA");
const purchase = purchaseOf([
  boughtLine(0, { quantity: 2, paid: 2_380 }),
  boughtLine(1, { name: "mug" }),
  boughtLine(2, { quantity: 1 }),
  boughtLine(3, { name: "book", returnBy: null }),
  boughtLine(4, { name: "shirt", returnBy: "2027-01-19" }),
]);
const nothingBack = standingWith(purchase);

function ask(
  wanted: Partial<WantedByMail>,
  standing: Standing = nothingBack,
  others: Parameters<typeof announcedReturn>[0]["others"] = [],
) {
  const line = { position: null, sku: null, pieces: 1, reason: "gift", ...wanted } as const;
  const { lines, refused } = announcedReturn({ standing, wanted: [line], others, today: TODAY });
  return refused[0] === undefined
    ? lines.map(({ position, pieces }) => [position, pieces])
    : [refused[0].why, refused[0].left, refused[0].day];
}

test("goods within their window are taken, by their place or by their article over all lines that have it", () => {
  expect(ask({ position: 1 })).toEqual([[1, 1]]);
  expect(ask({ sku: TEA, pieces: 3 })).toEqual([
    [0, 2],
    [2, 1],
  ]);
});

test("what is not taken says why: unknown, too many, too late, a final sale", () => {
  expect(ask({ position: 9 })).toEqual(["unknownLine", 0, null]);
  expect(ask({ sku: idOf<"Sku">("LAMP") })).toEqual(["unknownLine", 0, null]);
  expect(ask({ sku: TEA, pieces: 4 })).toEqual(["tooMany", 3, null]);
  expect(ask({ position: 3 })).toEqual(["finalSale", 0, null]);
  expect(ask({ position: 4 })).toEqual(["late", 0, "2027-01-19"]);
});

test("pieces that came back at a till, or are on their way by mail already, cannot be announced again", () => {
  const oneBack = standingWith(purchase, { position: 0, pieces: 1, given: 1_190 });
  expect(ask({ position: 0, pieces: 2 }, oneBack)).toEqual(["tooMany", 1, null]);
  const other = announced(oneBack, [[0, 1]], { today: TODAY });
  expect(ask({ position: 0 }, oneBack, [other])).toEqual(["tooMany", 0, null]);
  expect(ask({ position: 0 }, oneBack, [{ ...other, state: "lapsed" }])).toEqual([[0, 1]]);
});

test("one announcement cannot name the same piece twice", () => {
  const wanted = { position: null, sku: TEA, pieces: 2, reason: "gift" } as const;
  const { lines, refused } = announcedReturn({
    standing: nothingBack,
    wanted: [wanted, wanted],
    others: [],
    today: TODAY,
  });
  expect(lines).toMatchObject([{ position: 0, pieces: 2 }]);
  expect(refused).toMatchObject([{ why: "tooMany", left: 1 }]);
});

test("a purchase that was refunded twice is looked at by people first", () => {
  const { returned } = nothingBack;
  expect(ask({ position: 1 }, { purchase, returned: { ...returned, flagged: true } })).toEqual([
    "refundedTwice",
    0,
    null,
  ]);
});

test("a parcel may come until the window ends, and has two weeks in any case", () => {
  const line = (returnBy: string) => ({ returnBy: day(returnBy) });
  expect(arriveByDay([line("2027-02-14"), line("2027-03-01")], TODAY)).toBe("2027-03-01");
  expect(arriveByDay([line("2027-01-20")], TODAY)).toBe("2027-02-03");
});
