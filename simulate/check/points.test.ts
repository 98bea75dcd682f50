import { expect, test } from "vitest";
import { idOf, instant, type TicketId } from "#domain/ids.ts";
import { type PointsMove, pointsAccount, pointsEntryOf } from "#domain/loyalty/ledger.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { cents } from "../retailer.ts";
import type { BookedPoints, People } from "./people.ts";
import { pointsWrong } from "./points.ts";

const ADA = idOf<"Customer">("ada");
const SALE: TicketId = idOf<"Ticket">("sale");
const NOBODY = { purchase: null, number: null, store: null, device: null, staff: null } as const;

/** Goods for 25.50, of which 10 are paid with 100 points. */
function sale(earned: number): Ticket {
  const told = {
    id: SALE,
    number: "BER1-01-000001",
    customer: ADA,
    lines: [{ kind: "sale", total: cents(2_550) }],
    tenders: [
      { id: "t1", kind: "points", points: 100, amount: cents(1_000), customer: ADA },
      { id: "t2", kind: "cash", amount: cents(1_550) },
    ],
    loyalty: { earned, shares: [{ position: 0, pieces: 1, points: earned }] },
  };
  return told as unknown as Ticket;
}

function moved(id: string, kind: PointsMove["kind"], points: number, bookedAt: number): BookedPoints {
  const purchase = kind === "earned" ? `ticket:${SALE}` : null;
  const move = { ...NOBODY, id, kind, customer: ADA, points, at: instant(1), purchase };
  return { ...pointsEntryOf(move), bookedAt };
}

function wrongWith({
  points,
  balance,
  earned = 15,
  raised = [],
}: {
  readonly points: People["points"];
  readonly balance: number;
  readonly earned?: number;
  readonly raised?: readonly string[];
}): readonly string[] {
  const account = idOf<"Balance">(pointsAccount(ADA));
  const standing = { earnedInYear: 0, tier: null, expiry: null, moves: [] };
  const people: People = {
    profiles: [{ id: ADA, name: "Ada", email: null, phone: null, cardNumber: null }],
    edits: [],
    erased: new Set(),
    keysOf: [],
    points,
    fed: new Map(),
    balances: new Map([[account, { id: account, kind: "points", customer: ADA, balance, ...standing }]]),
  };
  const exceptions = raised.map((id) => ({
    id,
    kind: "pointsOverdrawn",
    store: "",
    detail: "",
    order: null,
  }));
  const adjusted = new Map([["gift", { points: 90, isDone: true, adjust: async () => undefined }]]);
  const books = {
    tickets: [sale(earned)],
    receivedAt: new Map(),
    orders: [],
    returned: [],
    exceptions,
    stood: [],
  };
  return pointsWrong({ adjusted }, books, people);
}

const GIVEN = moved("adjusted:gift", "adjusted", 90, 1);
const BURNED = moved(`${SALE}:t1`, "burned", 100, 2);
const EARNED = moved(`earned:ticket:${SALE}`, "earned", 15, 2);

test("what tickets and HQ come to is right, and who paid with more than there was has to be told", () => {
  const points = [GIVEN, BURNED, EARNED];
  expect(wrongWith({ points, balance: 5 })).toEqual([]);
  const overdrawn = [BURNED, EARNED, moved("adjusted:gift", "adjusted", 80, 1)];
  const wrong = wrongWith({ points: overdrawn, balance: -5 });
  expect(wrong).toEqual([
    "HQ gave 90 by gift: 80",
    "ada paid with 5 points that were not there, and nobody was told",
  ]);
  expect(wrongWith({ points: overdrawn, balance: -5, raised: ["overdrawn:points:ada"] })).toEqual([wrong[0]]);
});

test("what is booked twice, not at all, or told otherwise is found", () => {
  expect(wrongWith({ points: [GIVEN, BURNED], balance: -10 })).toContain(
    `the books have nothing for points earned:ticket:${SALE}, which moved 15 of ada`,
  );
  const twice = { ...EARNED, id: "again" };
  expect(wrongWith({ points: [GIVEN, BURNED, EARNED, twice], balance: 20 })).toEqual([
    "the books have 15 of ada for points again, which moved nothing",
  ]);
  expect(wrongWith({ points: [GIVEN, BURNED, EARNED], balance: 6 })).toEqual([
    "tills are told of 6 points of ada, the books have 5",
  ]);
  expect(wrongWith({ points: [GIVEN, BURNED, EARNED], balance: 5, earned: 25 })).toEqual([
    "BER1-01-000001 says that it earned 25, 25 of it by its lines, and it earned 15",
  ]);
});
