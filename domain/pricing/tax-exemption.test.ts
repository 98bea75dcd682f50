import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exemptionOn } from "../customer/exemption.ts";
import { idOf } from "../ids.ts";
import { subtractMoney, sumMoney } from "../money/arithmetic.ts";
import { arbitraryBasket, arbitraryTax, basketOf, MIRA, NOON } from "../testing/arbitrary-baskets.ts";
import { EUR, eur, GERMANY, lineOf } from "../testing/shop.ts";
import { completeTicket } from "../ticket/complete.ts";
import { priceBasket } from "./price-basket.ts";

const EXEMPTION = { certificate: "NATO 302/17", validUntil: null };
const day = (text: string) => idOf<"BusinessDay">(text);

describe("a customer who is exempt from tax", () => {
  test("pays the price without the tax in it, and the line says what was taken off and by which certificate", () => {
    const basket = { ...basketOf([lineOf({ name: "mug", price: eur(1_190) })]), taxExemption: EXEMPTION };
    const { lines, taxes, totals } = priceBasket({ basket, tax: GERMANY, currency: EUR, cash: false });
    expect(lines).toMatchObject([
      {
        gross: eur(1_190),
        total: eur(1_000),
        taxes: [],
        discounts: [{ source: "taxExemption", reason: "NATO 302/17", amount: eur(190) }],
      },
    ]);
    expect(taxes).toEqual([]);
    expect(totals).toMatchObject({ discount: eur(190), net: eur(1_000), tax: eur(0), due: eur(1_000) });
  });

  test("pays for what was ordered what was promised, with its tax", () => {
    const ordered = { order: { order: idOf<"Order">("web-1"), line: idOf<"Line">("line-1") } };
    const line = { ...lineOf({ name: "mug", price: eur(1_190) }), ...ordered };
    const basket = { ...basketOf([line]), taxExemption: EXEMPTION };
    const { totals } = priceBasket({ basket, tax: GERMANY, currency: EUR, cash: false });
    expect(totals).toMatchObject({ tax: eur(190), due: eur(1_190) });
  });

  test("has the certificate on the ticket", () => {
    const tenders = [{ id: idOf<"Tender">("note"), kind: "cash", tendered: eur(1_000) }] as const;
    const goods = basketOf([lineOf({ name: "mug", price: eur(1_190) })]);
    const completed = completeTicket({
      basket: { ...goods, tenders, taxExemption: EXEMPTION },
      tax: GERMANY,
      currency: EUR,
      timeZone: "Europe/Berlin",
      id: idOf<"Ticket">("ticket-1"),
      number: idOf<"ReceiptNumber">("BER1-03-000123"),
      store: idOf<"Store">("berlin"),
      device: idOf<"Device">("till-3"),
      staff: MIRA,
      at: NOON,
    });
    expect(completed).toMatchObject({ ok: true, value: { taxExemption: "NATO 302/17", taxes: [] } });
  });

  test("is so up to the certificate's last day", () => {
    const until = { taxExemption: { certificate: "A 1", validUntil: day("2026-11-30") } };
    expect(exemptionOn(until, day("2026-11-30"))?.certificate).toBe("A 1");
    expect(exemptionOn(until, day("2026-12-01"))).toBeNull();
    expect(exemptionOn({ taxExemption: EXEMPTION }, day("2099-01-01"))).toBe(EXEMPTION);
    expect(exemptionOn({}, day("2026-11-30"))).toBeNull();
  });

  test("pays exactly the tax less than anybody else, whatever is in the basket and however it is taxed", () => {
    fc.assert(
      fc.property(arbitraryBasket, arbitraryTax, (basket, tax) => {
        const price = (taxExemption: object) =>
          priceBasket({ basket: { ...basket, ...taxExemption }, tax, currency: EUR, cash: false });
        const usual = price({});
        const exempt = price({ taxExemption: EXEMPTION });
        expect(exempt.totals.tax).toEqual(eur(0));
        expect(exempt.totals.total).toEqual(subtractMoney(usual.totals.total, usual.totals.tax));
        for (const line of exempt.lines) {
          const off = sumMoney(
            line.discounts.map(({ amount }) => amount),
            EUR,
          );
          expect(line.total).toEqual(subtractMoney(line.gross, off));
          expect(line.total.minor).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
