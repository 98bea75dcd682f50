import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "#domain/journal/canonical-json.ts";
import { money } from "#domain/money/money.ts";
import { terminalSlipSchema } from "#protocol/sync/ticket.ts";
import { outcomeOfPayment, outcomeOfReversal } from "../../devices/payment-terminal/nexo-answers.ts";
import { EUR } from "../testing/shop-fixture.ts";

const asked = { service: "S1", amount: money(850, EUR), poiId: "P1" };
/** What no terminal should say, and some do: nothing, blanks, halves of signs, more than there is room for. */
const text = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "\u0000",
    "\ud83d",
    `${"x".repeat(39)}😀`,
    `${"x".repeat(79)}😀`,
    "4111111111111111",
  ),
  fc.string({ unit: "binary", maxLength: 150 }),
);
const slipLines = fc.array(
  text.map((Text) => ({ Text })),
  { maxLength: 70 },
);
const poi = fc.record({ TransactionID: text, TimeStamp: text }).map((id) => ({ POITransactionID: id }));

test("whatever a terminal writes into an approval, a sale with it can be written down and read again", () => {
  fc.assert(
    fc.property(poi, text, text, text, slipLines, (POIData, code, brand, terminal, OutputText) => {
      const outcome = outcomeOfPayment(
        {
          Response: { Result: "Success" },
          POIData,
          PaymentResult: {
            PaymentInstrumentData: { CardData: { PaymentBrand: brand, MaskedPan: code } },
            PaymentAcquirerData: { ApprovalCode: code, AcquirerPOIID: terminal },
          },
          PaymentReceipt: [{ DocumentQualifier: "CustomerReceipt", OutputContent: { OutputText } }],
        },
        asked,
      );
      if (outcome.kind !== "approved") throw new Error("an approval is one, whatever it is called");
      expect(terminalSlipSchema.safeParse(outcome.slip).error).toBeUndefined();
      expect(outcome.approvalCode).toMatch(/^.{1,40}$/su);
      expect(JSON.stringify(outcome)).not.toContain("4111111111111111");
      canonicalJson({ ...outcome });
    }),
    { numRuns: 500 },
  );
});

test("and so can a payment that went back", () => {
  fc.assert(
    fc.property(poi, (POIData) => {
      const outcome = outcomeOfReversal({ Response: { Result: "Success" }, POIData }, asked);
      if (outcome.kind !== "approved") throw new Error("an approval is one, whatever it is called");
      expect(terminalSlipSchema.safeParse(outcome.slip).error).toBeUndefined();
      canonicalJson({ ...outcome });
    }),
  );
});
