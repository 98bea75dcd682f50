import { describe, expect, test } from "vitest";
import { causeOf } from "../stock/movements.ts";
import { announced, arrived } from "../testing/mail-returns.ts";
import { boughtLine, purchaseOf, standingWith } from "../testing/purchases.ts";
import { BERLIN } from "../testing/written-chain.ts";
import {
  arrivedPieces,
  hasAllArrived,
  MAIL_ACTS,
  MAIL_RETURN_STATES,
  MAIL_TRANSITIONS,
  mailStateAfter,
  movementsOfArrival,
  movementsOfSendingBack,
  spokenFor,
} from "./mail-return.ts";

const standing = standingWith(purchaseOf([boughtLine(0, { quantity: 3, paid: 3_000 }), boughtLine(1)]));

describe("what can happen to a return by mail", () => {
  test("is in one table: goods come, the money is given back or the return is rejected, or nothing comes", () => {
    const possible = MAIL_RETURN_STATES.flatMap((state) =>
      MAIL_ACTS.flatMap((act) => {
        const after = mailStateAfter(state, act);
        return after === null ? [] : [`${state} -${act}-> ${after}`];
      }),
    );
    expect(possible).toEqual([
      "announced -receive-> received",
      "announced -reject-> rejected",
      "announced -lapse-> lapsed",
      "received -receive-> received",
      "received -refund-> refunded",
      "received -reject-> rejected",
      "lapsed -receive-> received",
    ]);
  });

  test("every state can be reached, money is never given back before goods came, and nothing follows on it", () => {
    const reached = new Set([
      "announced",
      ...Object.values(MAIL_TRANSITIONS).flatMap((acts) => Object.values(acts)),
    ]);
    expect([...reached].sort()).toEqual([...MAIL_RETURN_STATES].sort());
    const toRefund = MAIL_RETURN_STATES.filter((state) => mailStateAfter(state, "refund") !== null);
    expect(toRefund).toEqual(["received"]);
    expect(MAIL_TRANSITIONS.refunded).toEqual({});
  });
});

test("pieces are spoken for from the announcement on, also more than were announced, until it is over", () => {
  const wanted = announced(standing, [[0, 2]]);
  expect(spokenFor(wanted, 0)).toBe(2);
  expect(spokenFor(arrived(wanted, [{ position: 0, pieces: 1 }]), 0)).toBe(2);
  expect(spokenFor(arrived(wanted, [{ position: 0, pieces: 3 }]), 0)).toBe(3);
  for (const state of ["refunded", "rejected", "lapsed"] as const)
    expect(spokenFor({ ...wanted, state }, 0)).toBe(0);
});

test("a return may come in several parcels; it is all there when every announced piece is", () => {
  const one = arrived(announced(standing, [[0, 2]]), [{ position: 0, pieces: 1 }]);
  expect([arrivedPieces(one, 0), hasAllArrived(one)]).toEqual([1, false]);
  const two = arrived(one, [{ position: 0, pieces: 1 }]);
  expect([arrivedPieces(two, 0), hasAllArrived(two)]).toEqual([2, true]);
});

describe("stock", () => {
  const wanted = announced(standing, [
    [0, 3],
    [1, 1],
  ]);
  const variant = standing.purchase.lines[0]?.variant;
  const parcels = arrived(
    arrived(wanted, [
      { position: 0, pieces: 1 },
      { position: 1, pieces: 1 },
    ]),
    [{ position: 0, pieces: 2 }],
  );

  test("only what is on sale again goes to the store that took it in, each parcel once and by a cause of its own", () => {
    const first = arrived(wanted, [
      { position: 0, pieces: 1 },
      { position: 1, pieces: 1, disposition: "repair" },
    ]);
    const then = arrived(first, [{ position: 0, pieces: 2 }]);
    const moved = [...movementsOfArrival(first), ...movementsOfArrival(then)];
    expect(moved).toMatchObject([
      { store: BERLIN, variant, quantity: 1 },
      { store: BERLIN, variant, quantity: 2 },
    ]);
    expect(moved.map(({ reason }) => causeOf(reason))).toEqual(["return:mail-1", "return:mail-1:2"]);
  });

  test("goods of one article on two lines move together", () => {
    expect(
      movementsOfArrival(
        arrived(wanted, [
          { position: 0, pieces: 1 },
          { position: 1, pieces: 1 },
        ]),
      ),
    ).toMatchObject([{ variant, quantity: 2 }]);
  });

  test("what was rejected after it came leaves the stock again, all of it", () => {
    expect(movementsOfSendingBack(parcels)).toMatchObject([{ store: BERLIN, variant, quantity: -4 }]);
    expect(movementsOfSendingBack(wanted)).toEqual([]);
  });

  test("goods that went to no store's stock, or that the catalogue does not know, move nothing", () => {
    expect(movementsOfArrival(arrived(wanted, [{ position: 0, pieces: 1 }], null))).toEqual([]);
    const unknown = standingWith(purchaseOf([boughtLine(0, { variant: null })]));
    expect(movementsOfArrival(arrived(announced(unknown, [[0, 1]]), [{ position: 0, pieces: 1 }]))).toEqual(
      [],
    );
  });
});
