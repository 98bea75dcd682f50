import { expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { ticketOf } from "../testing/arbitrary-tickets.ts";
import { eur, lineOf } from "../testing/shop.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { languageFor, RECEIPT_LANGUAGES } from "./language.ts";
import { tenderRows } from "./total-rows.ts";

const SLIP = {
  service: "S1",
  brand: "Visa",
  lastFour: "0042",
  reference: "SIM-000001",
  at: "2026-11-26T09:00:00Z",
  terminal: "61234567",
  lines: ["AID A0000000031010", "", "APPROVED"],
};
const SALE = ticketOf([lineOf({ name: "mug", price: eur(850) })]);
const BY_CARD: Ticket = {
  ...SALE,
  tenders: [{ id: idOf<"Tender">("t"), kind: "card", amount: eur(850), approvalCode: "A1", terminal: SLIP }],
};

function rowsIn(wished: string, ticket: Ticket): string[] {
  const language = languageFor({ wished, storeLocale: "de-DE", printed: null, timeZone: "Europe/Berlin" });
  return tenderRows(ticket, language).flatMap((row) =>
    row.kind === "pair" ? [row.left.replace(/\p{Cf}/gu, "")] : [],
  );
}

test("a card payment names card, terminal and transaction, and what the card's scheme wants its holder to have", () => {
  expect(rowsIn("en", BY_CARD)).toEqual([
    "Card",
    "  Approval code A1",
    "  Visa …0042",
    "  Terminal 61234567",
    "  Transaction SIM-000001",
    "  AID A0000000031010",
    "  APPROVED",
  ]);
});

test("so it does in every language of receipts, and for money that went back to a card", () => {
  const refunded: Ticket = {
    ...SALE,
    tenders: [
      {
        id: idOf<"Tender">("t"),
        kind: "refund",
        amount: eur(850),
        to: { kind: "card", approvalCode: "A1", terminal: SLIP },
      },
    ],
  };
  for (const language of RECEIPT_LANGUAGES)
    for (const ticket of [BY_CARD, refunded]) {
      const rows = rowsIn(language, ticket);
      expect(rows).toHaveLength(7);
      expect(rows.join()).toContain("0042");
      expect(rows.join()).toContain("SIM-000001");
    }
});
