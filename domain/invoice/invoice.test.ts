import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import type { ReceiptRow } from "../receipt/row.ts";
import type { StoreSettings } from "../store/store.ts";
import { arbitraryTickets, ticketOf } from "../testing/arbitrary-tickets.ts";
import { EUR, eur, GERMANY, lineOf } from "../testing/shop.ts";
import { BERLIN } from "../testing/written-chain.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { checkInvoice } from "./invoice.ts";
import { invoiceRows } from "./invoice-rows.ts";
import { type InvoiceRecipient, isSameRecipient, tidyRecipient } from "./recipient.ts";
import { unitNetText } from "./unit-net.ts";

const SETTINGS: StoreSettings = {
  store: BERLIN,
  code: "BER1",
  name: "Kreuzberg",
  retailer: "Nordlicht GmbH",
  address: ["Oranienstr. 1", "10999 Berlin"],
  vatId: "DE123456789",
  currency: EUR,
  locale: "de-DE",
  timeZone: "Europe/Berlin",
  priceLists: [],
  tax: GERMANY,
  receiptHeader: [],
  receiptFooter: ["Danke"],
  offlinePolicy: { warnAfterDays: 3, managerAfterDays: 7, rosterMaxAgeDays: 7, maxRefund: eur(0) },
};
const CUSTOMER: InvoiceRecipient = {
  name: "Kontor Süd AG",
  address: ["Hauptstraße 5", "80331 München"],
  vatId: "DE999999999",
};
const ISSUED_AT = instant(Date.UTC(2026, 11, 3, 9));

function read(rows: readonly ReceiptRow[]): string[] {
  return rows.map((row) => {
    const text = "text" in row ? row.text : "left" in row ? `${row.left} | ${row.right}` : row.kind;
    return text.replaceAll(/[\u00a0\u202f]/g, " ").replace(/ \| $/, "");
  });
}

function invoice(ticket: Ticket, changes: Partial<Parameters<typeof invoiceRows>[0]> = {}): string[] {
  return read(
    invoiceRows({
      ticket,
      settings: SETTINGS,
      recipient: CUSTOMER,
      issuedAt: ISSUED_AT,
      nth: 1,
      isCopy: false,
      ...changes,
    }),
  );
}

const SALE = ticketOf([lineOf({ name: "Teekanne", price: eur(1_999), quantity: 2 })]);

describe("an invoice", () => {
  test("made out to another recipient has a number of its own and names the one it replaces", () => {
    const rows = invoice(SALE, { nth: 3 });
    expect(rows).toContain("Rechnungsnummer | BER1-03-000001-3");
    expect(rows).toContain("Ersetzt Rechnung | BER1-03-000001-2");
    expect(invoice(SALE).join()).not.toContain("Ersetzt");
  });

  test("names both sides, its number, both days, and each line's price without tax, rate and tax", () => {
    const rows = invoice(SALE);
    expect(rows).toEqual(
      expect.arrayContaining([
        "Nordlicht GmbH",
        "Oranienstr. 1",
        "10999 Berlin",
        "USt-IdNr. DE123456789",
        "Rechnung",
        "Rechnungsnummer | BER1-03-000001",
        "Rechnungsdatum | 3. Dezember 2026",
        "Rechnung an",
        "Kontor Süd AG",
        "Hauptstraße 5",
        "80331 München",
        "USt-IdNr. DE999999999",
        "Teekanne | 39,98 €",
        "  2 x 16,7983 € ohne Steuer",
        "Summe | 39,98 €",
        "Danke",
      ]),
    );
    expect(rows.filter((row) => /auf netto 33,60 € \| 6,38 €$/.test(row))).toHaveLength(2);
    expect(rows.some((row) => row.startsWith("Lieferdatum | "))).toBe(true);
    expect(rows).not.toContain("KOPIE");
  });

  test("asked for again it is a copy and says so first", () => {
    expect(invoice(SALE, { isCopy: true }).slice(0, 2)).toEqual(["language", "KOPIE"]);
  });

  test("reads in the customer's language, with the seller's legal data as they are", () => {
    const rows = invoice(SALE, { language: "en" });
    expect(rows).toEqual(expect.arrayContaining(["Invoice", "Invoice to", "VAT ID DE123456789"]));
    expect(invoice(SALE, { language: "ar" })[0]).toBe("language");
  });

  test("of a company without a VAT id has no line for it", () => {
    const rows = invoice(SALE, { recipient: { ...CUSTOMER, vatId: "" } });
    expect(rows.filter((row) => row.startsWith("USt-IdNr."))).toEqual(["USt-IdNr. DE123456789"]);
  });

  test("needs goods that were sold, a name and an address", () => {
    expect(checkInvoice({ ticket: SALE, recipient: CUSTOMER })).toEqual({ ok: true, value: CUSTOMER });
    expect(checkInvoice({ ticket: { lines: [] }, recipient: CUSTOMER })).toMatchObject({
      reason: "nothingSold",
    });
    for (const gap of [{ name: "" }, { address: [] }])
      expect(checkInvoice({ ticket: SALE, recipient: { ...CUSTOMER, ...gap } })).toMatchObject({
        reason: "recipientIncomplete",
      });
    expect(checkInvoice({ ticket: SALE, recipient: { ...CUSTOMER, vatId: "DE<1>" } })).toMatchObject({
      reason: "vatIdNotValid",
    });
  });

  test("every line and every rate of a sale stands on it, to the cent", () => {
    fc.assert(
      fc.property(arbitraryTickets, ([ticket]) => {
        if (ticket === undefined) return;
        const rows = invoiceRows({
          ticket,
          settings: SETTINGS,
          recipient: CUSTOMER,
          issuedAt: ISSUED_AT,
          nth: 1,
          isCopy: false,
        });
        const taxRows = rows.filter((row) => row.kind === "pair" && row.left.includes("auf netto"));
        const rates = ticket.taxes.length + ticket.lines.flatMap(({ taxes }) => taxes).length;
        expect(taxRows).toHaveLength(rates);
      }),
    );
  });
});

describe("the price of a piece without tax", () => {
  const [line] = SALE.lines;

  test("is the price itself where tax is added on top", () => {
    expect(unitNetText(line!, "exclusive")).toBe("19.9900");
  });

  test("with its tax put back on is the price again, to the hundredth of a cent", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (minor) => {
        const net = unitNetText({ ...line!, unitPrice: eur(minor) }, "inclusive");
        const hundredths = BigInt(net.replace(".", ""));
        const ppm = BigInt(line!.taxes.reduce((sum, { rate }) => sum + rate.ppm, 1_000_000));
        const back = (hundredths * ppm) / 1_000_000n;
        const off = back - BigInt(minor) * 100n;
        expect(off >= -1n && off <= 1n).toBe(true);
      }),
    );
  });

  test("is without the tax that a customer is exempt from", () => {
    const off = { source: "taxExemption", reason: "EX-1", amount: eur(159) } as const;
    const exempt = {
      ...line!,
      unitPrice: eur(995),
      quantity: 1,
      total: eur(836),
      taxes: [],
      discounts: [off],
    };
    expect(unitNetText(exempt, "inclusive")).toBe("8.3600");
    const free = { ...exempt, unitPrice: eur(0), total: eur(0), discounts: [] };
    expect(unitNetText(free, "inclusive")).toBe("0.0000");
  });

  test("of a currency without decimals has two", () => {
    const unitPrice = { minor: 1_000, currency: idOf<"Currency">("JPY") };
    expect(unitNetText({ ...line!, unitPrice }, "exclusive")).toBe("1000.00");
  });
});

describe("whom an invoice is for", () => {
  test("is the same company however it was typed", () => {
    const typed = {
      name: " kontor süd AG ",
      address: ["Hauptstraße 5 ", "", "80331 München"],
      vatId: "de 999.999.999",
    };
    expect(isSameRecipient(CUSTOMER, typed)).toBe(true);
    expect(tidyRecipient(typed).vatId).toBe("DE999999999");
    expect(isSameRecipient(CUSTOMER, { ...CUSTOMER, address: ["Nebenstraße 1"] })).toBe(false);
  });
});
