import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf, instant } from "../../ids.ts";
import { money } from "../../money/money.ts";
import { arbitraryPurchase, TWELVE_LINES } from "../../testing/arbitrary-purchases.ts";
import { SERVER_KEY, sha256, signerOf, TILL_KEY, trusting } from "../../testing/receipt-codes.ts";
import { EUR } from "../../testing/shop.ts";
import type { Purchase, PurchasedLine } from "../purchase.ts";
import { bytesOfDigits } from "./digits.ts";
import { MAX_AMOUNT_MINOR } from "./limits.ts";
import { type CodeMaking, makeReceiptCode } from "./make-code.ts";
import { type CodeKeyOwner, readReceiptCode } from "./read-code.ts";

const OTHER_TILL = signerOf("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");
const BERLIN = idOf<"Store">("berlin");
const HAMBURG = idOf<"Store">("hamburg");
const ORDER = { kind: "order", id: idOf<"Order">("0198b7c0") } as const;

function till(...tills: readonly [typeof BERLIN, number][]): CodeKeyOwner {
  return { kind: "till", tills: tills.map(([store, register]) => ({ store, register })) };
}

const TRUST = trusting(
  SERVER_KEY,
  { ...TILL_KEY, owner: till([HAMBURG, 1], [BERLIN, 3]) },
  { ...OTHER_TILL, owner: till([BERLIN, 4]) },
);

const LINE: PurchasedLine = {
  position: 0,
  variant: null,
  sku: idOf<"Sku">("MUG"),
  name: "",
  options: [],
  taxClass: idOf<"TaxClass">("standard"),
  quantity: 2,
  unitPrice: money(1_190, EUR),
  total: money(2_380, EUR),
  taxes: [
    { rate: { id: "de-19", name: "MwSt.", ppm: 190_000 }, net: money(2_000, EUR), tax: money(380, EUR) },
  ],
  returnBy: null,
  discounts: [],
};
const SOLD: Purchase = {
  ref: { kind: "ticket", id: idOf<"Ticket">("01999999-0000-7000-8000-00000000a001") },
  number: "BER1-03-000123",
  channel: idOf<"Channel">("till"),
  store: BERLIN,
  at: instant(1_800_000_000_000),
  day: idOf<"BusinessDay">("2027-01-15"),
  currency: EUR,
  taxMode: "inclusive",
  customer: null,
  settled: money(2_380, EUR),
  paidWith: [{ kind: "card", amount: money(2_380, EUR), approvalCode: "482913" }],
  lines: [LINE],
};

function reading(purchase: Purchase, making: Partial<CodeMaking> = {}, trust = TRUST): string {
  const read = readReceiptCode(makeReceiptCode(purchase, { signer: TILL_KEY, sha256, ...making }), trust);
  return read.ok ? "read" : read.reason;
}

const line = (change: Partial<PurchasedLine>): Purchase => ({ ...SOLD, lines: [{ ...LINE, ...change }] });

describe("a code says nothing that no shop could have sold, whoever signed it", () => {
  const tax = { rate: { id: "de-19", name: "MwSt.", ppm: 190_000 }, net: money(1, EUR), tax: money(0, EUR) };
  const discount = {
    promotion: idOf<"Promotion">("three"),
    name: "",
    needs: { kind: "groups", size: 3, pays: 2 },
    amount: money(1, EUR),
  } as const;
  const online = { kind: "online", amount: money(1, EUR), order: idOf<"Order">("-1") } as const;
  const card = { kind: "card", amount: money(1, EUR), approvalCode: "" } as const;
  const tooMuch = money(MAX_AMOUNT_MINOR + 1, EUR);

  test("an ordinary sale is read", () => {
    expect(reading(SOLD)).toBe("read");
  });

  test.each<[string, Purchase]>([
    ["an id with a space", { ...SOLD, ref: { kind: "ticket", id: idOf<"Ticket">("x y") } }],
    ["an id that is too long", { ...SOLD, ref: { kind: "ticket", id: idOf<"Ticket">("x".repeat(65)) } }],
    ["no id", { ...SOLD, ref: { kind: "ticket", id: idOf<"Ticket">("") } }],
    ["a receipt's number that no till writes", { ...SOLD, number: "4711" }],
    ["a channel that is none", { ...SOLD, channel: idOf<"Channel">("web shop") }],
    ["a moment before all clocks", { ...SOLD, at: instant(-1_000) }],
    ["a moment after all calendars", { ...SOLD, at: instant(8_000_000_000_000_000) }],
    ["more than can be paid", { ...SOLD, settled: tooMuch }],
    ["money paid below zero", { ...SOLD, paidWith: [{ kind: "cash", amount: money(-1, EUR) }] }],
    ["a card without approval", { ...SOLD, paidWith: [card] }],
    ["paid for an order that is none", { ...SOLD, paidWith: [online] }],
    [
      "more tenders than any sale",
      { ...SOLD, paidWith: Array(51).fill({ kind: "cash", amount: money(1, EUR) }) },
    ],
    ["a SKU that is too long", line({ sku: idOf<"Sku">("S".repeat(65)) })],
    ["no SKU", line({ sku: idOf<"Sku">("") })],
    ["a SKU that no database keeps", line({ sku: idOf<"Sku">("MUG\0") })],
    ["no piece", line({ quantity: 0 })],
    ["more pieces than a line has", line({ quantity: 10_000 })],
    ["a place beyond all tickets", line({ position: 500 })],
    ["a tax class that is none", line({ taxClass: idOf<"TaxClass">("{}") })],
    ["a price below zero", line({ unitPrice: money(-1, EUR) })],
    ["a price beyond all goods", line({ unitPrice: tooMuch, quantity: 1 })],
    ["pieces that are too much together", line({ unitPrice: money(MAX_AMOUNT_MINOR, EUR) })],
    ["a line below zero", line({ total: money(-1, EUR) })],
    ["a tax below zero", line({ taxes: [{ ...tax, tax: money(-1, EUR) }] })],
    ["a tax on less than nothing", line({ taxes: [{ ...tax, net: money(-1, EUR) }] })],
    ["a tax of more than all", line({ taxes: [{ ...tax, rate: { ...tax.rate, ppm: 1_000_001 } }] })],
    ["a promotion that is none", line({ discounts: [{ ...discount, promotion: idOf<"Promotion">("a b") }] })],
    ["a discount below zero", line({ discounts: [{ ...discount, amount: money(-1, EUR) }] })],
  ])("%s is malformed", (_, purchase) => {
    expect(reading(purchase)).toBe("malformed");
    expect(reading(purchase, { signer: SERVER_KEY, origin: TILL_KEY.publicKey })).toBe("malformed");
  });

  test("a store that is none is malformed", () => {
    expect(reading({ ...SOLD, store: idOf<"Store">("ber lin") })).toBe("malformed");
  });

  test("a sale of which rounding left less than nothing is one of which nothing is left", () => {
    const code = makeReceiptCode({ ...SOLD, settled: money(-2, EUR) }, { signer: TILL_KEY, sha256 });
    expect(readReceiptCode(code, TRUST)).toMatchObject({ value: { purchase: { settled: money(0, EUR) } } });
  });
});

describe("each signs for what is its own", () => {
  test("a till's key makes no order's code, and the server's does", () => {
    const order = { ...SOLD, ref: ORDER, number: "FEN-1042" };
    expect(reading(order)).toBe("forged");
    expect(reading(order, { signer: SERVER_KEY })).toBe("read");
  });

  test("a till's key makes no other till's, wherever that stands", () => {
    expect(reading({ ...SOLD, number: "BER1-04-000123" })).toBe("forged");
    expect(reading({ ...SOLD, store: HAMBURG })).toBe("forged");
    expect(reading({ ...SOLD, store: null })).toBe("forged");
    expect(reading(SOLD, { signer: OTHER_TILL })).toBe("forged");
    expect(reading({ ...SOLD, number: "HAM1-01-000123", store: HAMBURG })).toBe("read");
  });

  test("of a till that a server of before told of, whatever it signed is taken, but no order", () => {
    const before = trusting({ ...TILL_KEY, owner: { kind: "till", tills: null } });
    expect(reading({ ...SOLD, number: "BER1-09-000123" }, {}, before)).toBe("read");
    expect(reading({ ...SOLD, ref: ORDER }, {}, before)).toBe("forged");
  });

  test("the server signs for a till while that is a till of the chain, and only for its own sales", () => {
    const relayed = { signer: SERVER_KEY, origin: TILL_KEY.publicKey };
    const at = (revoked: boolean) => trusting(SERVER_KEY, { ...TILL_KEY, revoked, owner: till([BERLIN, 3]) });
    expect(reading(SOLD, relayed, at(false))).toBe("read");
    expect(reading(SOLD, relayed, at(true))).toBe("revokedKey");
    expect(reading(SOLD, relayed, trusting(SERVER_KEY))).toBe("unknownKey");
    expect(reading({ ...SOLD, number: "BER1-04-000123" }, relayed, at(false))).toBe("forged");
    expect(reading(SOLD, { ...relayed, origin: SERVER_KEY.publicKey })).toBe("forged");
    expect(reading(SOLD, { signer: SERVER_KEY })).not.toBe("read");
  });

  test("a sale that the server signs for says the same as where its till does", () => {
    fc.assert(
      fc.property(arbitraryPurchase({ ...TWELVE_LINES, lines: { min: 1, max: 8 } }), (drawn) => {
        const sold = { ...drawn, ref: SOLD.ref, number: SOLD.number, store: BERLIN };
        const read = (making: Partial<CodeMaking>) =>
          readReceiptCode(makeReceiptCode(sold, { signer: TILL_KEY, sha256, ...making }), TRUST);
        expect(read({}).ok).toBe(true);
        expect(read({ signer: SERVER_KEY, origin: TILL_KEY.publicKey })).toEqual(read({}));
      }),
      { numRuns: 50 },
    );
  });
});

describe("the code on a gift's receipt", () => {
  test("says which purchase it was, and that it was given to whoever brings it", () => {
    fc.assert(
      fc.property(arbitraryPurchase(TWELVE_LINES), (drawn) => {
        const sold = { ...drawn, ref: SOLD.ref, number: SOLD.number, store: BERLIN };
        const { ref, number, channel, store, at, day } = sold;
        const value = { kind: "summary", gift: true, summary: { ref, number, channel, store, at, day } };
        for (const making of [{}, { signer: SERVER_KEY, origin: TILL_KEY.publicKey }]) {
          const code = makeReceiptCode(sold, { signer: TILL_KEY, sha256, gift: true, ...making });
          expect(readReceiptCode(code, TRUST)).toEqual({ ok: true, value });
        }
      }),
      { numRuns: 50 },
    );
  });

  test("is the same whatever was bought and paid, so that nobody reads prices off it", () => {
    fc.assert(
      fc.property(arbitraryPurchase(TWELVE_LINES), arbitraryPurchase(TWELVE_LINES), (one, other) => {
        const { ref, number, channel, store, at, day } = SOLD;
        const codes = [one, other].map((each) =>
          makeReceiptCode(
            { ...each, ref, number, channel, store, at, day },
            { signer: TILL_KEY, sha256, gift: true },
          ),
        );
        expect(codes[0]).toBe(codes[1]);
      }),
      { numRuns: 50 },
    );
  });

  test("is marked as a gift and far shorter than any other", () => {
    const gift = bytesOfDigits(makeReceiptCode(SOLD, { signer: TILL_KEY, sha256, gift: true }));
    expect(gift.ok && gift.value[9]).toBe(128 + 16 + 4 + 2);
    expect(gift.ok && gift.value.length).toBeLessThan(130);
  });
});
