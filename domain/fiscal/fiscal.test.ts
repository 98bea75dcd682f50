import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import { arbitraryTickets, ticketOf } from "../testing/arbitrary-tickets.ts";
import { eur, lineOf } from "../testing/shop.ts";
import type { TicketTender } from "../ticket/ticket.ts";
import type { FiscalSignature } from "./mark.ts";
import { receiptProcessData } from "./process-data.ts";
import { fiscalReceiptCode } from "./receipt-code.ts";

describe("what a security device signs", () => {
  test("names gross amounts per rate and how it was paid, and both come to what was due", () => {
    fc.assert(
      fc.property(arbitraryTickets, ([ticket]) => {
        const [kind, gross = "", paid = ""] = receiptProcessData(ticket!).split("^");
        expect(kind).toBe("Beleg");
        const amounts = gross.split("_").map((text) => Math.round(Number(text) * 100));
        expect(amounts).toHaveLength(5);
        expect(amounts.reduce((sum, each) => sum + each, 0)).toBe(ticket!.totals.due.minor);
        expect(paid).toBe(`${(ticket!.totals.due.minor / 100).toFixed(2)}:Bar`);
      }),
    );
  });

  test("takes what a voucher paid off what bears no tax, and puts what goes onto one there: it is no payment", () => {
    const lamp = ticketOf([lineOf({ name: "lamp", price: eur(11_900) })]);
    const byCredit: TicketTender = {
      id: idOf<"Tender">("slip"),
      kind: "credit",
      amount: eur(11_900),
      code: "A-CODE",
    };
    const all = receiptProcessData({ ...lamp, tenders: [byCredit] });
    expect(all).toBe("Beleg^119.00_0.00_0.00_0.00_-119.00^0.00:Bar");
    const card: TicketTender = {
      id: idOf<"Tender">("card"),
      kind: "card",
      amount: eur(1_900),
      approvalCode: "A1",
    };
    const some = receiptProcessData({ ...lamp, tenders: [{ ...byCredit, amount: eur(10_000) }, card] });
    expect(some).toBe("Beleg^119.00_0.00_0.00_0.00_-100.00^19.00:Unbar");
    const given: TicketTender = {
      id: idOf<"Tender">("back"),
      kind: "refund",
      amount: eur(11_900),
      to: { kind: "credit", code: "NEW" },
    };
    const [line] = lamp.lines;
    const back = { ...line!, total: eur(-11_900) };
    expect(receiptProcessData({ ...lamp, lines: [back], tenders: [given] })).toBe(
      "Beleg^-119.00_0.00_0.00_0.00_119.00^0.00:Bar",
    );
  });
});

test("the receipt's code has its twelve parts in their order", () => {
  const signed: FiscalSignature = {
    kind: "signed",
    device: {
      serial: "a".repeat(64),
      algorithm: "ecdsa-plain-SHA256",
      timeFormat: "unixTime",
      publicKey: "BEY=",
    },
    transaction: 7,
    counter: 14,
    startedAt: instant(1_800_000_000_000),
    finishedAt: instant(1_800_000_001_000),
    processType: "Kassenbeleg-V1",
    processData: "Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar",
    signature: "c2ln",
  };
  expect(fiscalReceiptCode(signed, idOf<"Device">("till-3"))).toBe(
    "V0;till-3;Kassenbeleg-V1;Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar;7;14;2027-01-15T08:00:00.000Z;2027-01-15T08:00:01.000Z;ecdsa-plain-SHA256;unixTime;c2ln;BEY=",
  );
});
