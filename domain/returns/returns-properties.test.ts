import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PROMOTION_CHOICES } from "../promotions/promotion.ts";
import { arbitraryTax } from "../testing/arbitrary-baskets.ts";
import {
  arbitraryPromotions,
  arbitraryVisit,
  CustomerAtTheCounter,
} from "../testing/customers-at-the-counter.ts";
import { type LineRefund, piecesLeft, refundOfLine } from "./refund.ts";
import { PROMOTIONS_ON_RETURN } from "./repricing.ts";
import { isRefundedTwice, settledLeft } from "./returned.ts";
import { withTax } from "./with-tax.ts";

const arbitraryShop = fc.record({
  tax: arbitraryTax,
  promotions: arbitraryPromotions,
  choice: fc.constantFrom(...PROMOTION_CHOICES),
  mode: fc.constantFrom(...PROMOTIONS_ON_RETURN),
  taxExemption: fc.constantFrom(undefined, { certificate: "NATO 302/17", validUntil: null }),
});
const arbitraryVisits = fc.array(arbitraryVisit, { minLength: 1, maxLength: 6 });
const RUNS = { numRuns: 600 };

describe("whatever is bought, brought back and exchanged, under all taxes, roundings, discounts and promotions", () => {
  test("no more money is ever given back than was paid, for no purchase and in all", () => {
    fc.assert(
      fc.property(arbitraryShop, arbitraryVisits, fc.boolean(), (shop, visits, inCash) => {
        const customer = new CustomerAtTheCounter(shop);
        const isSound = () => {
          expect(customer.paidOut.minor).toBeLessThanOrEqual(customer.paidIn.minor);
          for (const standing of customer.standings) {
            expect(settledLeft(standing).minor).toBeGreaterThanOrEqual(0);
            expect(isRefundedTwice(standing)).toBe(false);
          }
        };
        for (const visit of visits) {
          customer.visit(visit);
          isSound();
        }
        customer.bringAllBack(inCash);
        isSound();
      }),
      RUNS,
    );
  });

  test("who brings everything back, piece by piece, has paid nothing: goods and tax sum to zero", () => {
    fc.assert(
      fc.property(arbitraryShop, arbitraryVisits, (shop, visits) => {
        const customer = new CustomerAtTheCounter(shop);
        for (const visit of visits) customer.visit(visit);
        customer.bringAllBack(false);
        const sum = (of: "total" | "tax" | "net") =>
          customer.tickets.reduce((all, { totals }) => all + totals[of].minor, 0);
        expect([sum("total"), sum("tax"), sum("net")]).toEqual([0, 0, 0]);
        for (const standing of customer.standings)
          for (const line of standing.purchase.lines) expect(piecesLeft(standing, line)).toBe(0);
      }),
      RUNS,
    );
  });

  test("without coins to round for, every cent that was paid comes back with the last piece", () => {
    fc.assert(
      fc.property(arbitraryShop, arbitraryVisits, fc.boolean(), (shop, visits, inCash) => {
        const customer = new CustomerAtTheCounter({ ...shop, tax: { ...shop.tax, cashRounding: null } });
        for (const visit of visits) customer.visit(visit);
        customer.bringAllBack(inCash);
        expect(customer.paidOut).toEqual(customer.paidIn);
      }),
      RUNS,
    );
  });

  test("a ticket says the same of money and goods: tenders settle what is due, lines add up to its totals", () => {
    fc.assert(
      fc.property(arbitraryShop, arbitraryVisits, (shop, visits) => {
        const customer = new CustomerAtTheCounter(shop);
        for (const visit of visits) customer.visit(visit);
        for (const { tenders, totals, lines, taxes } of customer.tickets) {
          const settled = tenders.reduce((sum, tender) => {
            if (tender.kind === "refund") return sum - tender.amount.minor;
            return (
              sum +
              (tender.kind === "cash" ? tender.tendered.minor - tender.change.minor : tender.amount.minor)
            );
          }, 0);
          expect(settled).toBe(totals.due.minor);
          expect(totals.gross.minor - totals.discount.minor).toBe(
            lines.reduce((sum, { total }) => sum + total.minor, 0),
          );
          expect(taxes.reduce((sum, { tax }) => sum + tax.minor, 0)).toBe(totals.tax.minor);
        }
      }),
      RUNS,
    );
  });

  test("who only brings something back never pays for it, also when it costs them a promotion", () => {
    fc.assert(
      fc.property(arbitraryShop, arbitraryVisits, (shop, visits) => {
        const customer = new CustomerAtTheCounter(shop);
        for (const visit of visits) {
          customer.visit(visit);
          const back = customer.visit({ ...visit, bought: [], discount: null });
          if (back !== null) expect(back.totals.due.minor).toBeLessThanOrEqual(0);
        }
      }),
      RUNS,
    );
  });

  test("two tills that do not know of each other give back no more for different pieces than was paid for them", () => {
    fc.assert(
      fc.property(
        arbitraryShop,
        arbitraryVisits,
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 4 }),
        (shop, visits, tills) => {
          const customer = new CustomerAtTheCounter(shop);
          for (const visit of visits) customer.visit(visit);
          for (const standing of customer.standings) {
            for (const line of standing.purchase.lines) {
              const left = piecesLeft(standing, line);
              if (tills.reduce((sum, pieces) => sum + pieces, 0) > left) continue;
              const given = tills.map((pieces) => refundOfLine(standing, line, pieces));
              const all = refundOfLine(standing, line, left);
              const sum = (of: (refund: LineRefund) => number) =>
                given.reduce((so, refund) => so + of(refund), 0);
              expect(sum(({ total }) => total.minor)).toBeLessThanOrEqual(all.total.minor);
              const { taxMode } = standing.purchase;
              expect(sum((refund) => withTax(refund, taxMode).minor)).toBeLessThanOrEqual(
                withTax(all, taxMode).minor,
              );
            }
          }
        },
      ),
      RUNS,
    );
  });
});
