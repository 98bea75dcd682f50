import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "../../ids.ts";
import { money } from "../../money/money.ts";
import { ANY_SIZE, arbitraryPurchase, TWELVE_LINES } from "../../testing/arbitrary-purchases.ts";
import { SERVER_KEY, sha256, TILL_KEY, trusting } from "../../testing/receipt-codes.ts";
import type { Purchase } from "../purchase.ts";
import { bytesOfDigits, digitsOf, looksLikeReceiptCode } from "./digits.ts";
import { codedTender } from "./head.ts";
import { MAX_CODE_BYTES, MAX_CODE_DIGITS } from "./limits.ts";
import { type CodeSigner, makeReceiptCode, signedBytes } from "./make-code.ts";
import { CODE_REFUSALS, isSummaryOf, readReceiptCode } from "./read-code.ts";
import { fullContent } from "./write-content.ts";

const TRUST = trusting(TILL_KEY, SERVER_KEY);
const TICKET = {
  ref: { kind: "ticket", id: idOf<"Ticket">("t-1") },
  number: "BER1-03-000123",
  store: idOf<"Store">("berlin"),
} as const;

/** By whom such a purchase is signed for. */
const signerFor = ({ ref }: Purchase): CodeSigner => (ref.kind === "order" ? SERVER_KEY : TILL_KEY);

function codeOf(purchase: Purchase, signer: CodeSigner = signerFor(purchase)): string {
  return makeReceiptCode(purchase, { signer, sha256 });
}

/** What a code keeps of a purchase. */
function kept(purchase: Purchase, { names }: { names: boolean }): Purchase {
  return {
    ...purchase,
    paidWith: purchase.paidWith.map(codedTender),
    lines: purchase.lines.map((line) => ({
      ...line,
      discounts: line.discounts.map((discount) => (names ? discount : { ...discount, name: "" })),
    })),
  };
}

describe("a receipt's code", () => {
  test("says of any purchase exactly what it was, or in short what it was", () => {
    fc.assert(
      fc.property(arbitraryPurchase(ANY_SIZE), (purchase) => {
        const code = codeOf(purchase);
        expect(code).toMatch(/^6638455\d+$/);
        expect(code.length).toBeLessThanOrEqual(MAX_CODE_DIGITS);
        const read = readReceiptCode(code, TRUST);
        if (!read.ok) throw new Error(read.reason);
        if (read.value.kind === "summary") {
          if (read.value.gift) throw new Error("nobody asked for a gift's");
          const { lineCount, settled, ref, number, paidWith } = read.value.summary;
          expect({ lineCount, settled, ref, number, paidWith }).toEqual({
            lineCount: purchase.lines.length,
            settled: purchase.settled,
            ref: purchase.ref,
            number: purchase.number,
            paidWith: purchase.paidWith.map(codedTender),
          });
          expect(isSummaryOf(read.value.summary, purchase, sha256)).toBe(true);
        } else {
          const bytes = fullContent(purchase, { nameless: false }).length + 9 + 64;
          expect(read.value.purchase).toEqual(kept(purchase, { names: bytes <= MAX_CODE_BYTES }));
        }
      }),
    );
  });

  test("holds all of any twelve ordinary lines, two tax rates and a promotion by name", () => {
    fc.assert(
      fc.property(arbitraryPurchase(TWELVE_LINES), (purchase) => {
        const read = readReceiptCode(codeOf(purchase), TRUST);
        expect(read).toEqual({
          ok: true,
          value: { kind: "full", purchase: kept(purchase, { names: true }) },
        });
      }),
      { numRuns: 300 },
    );
  });

  test("leaves the names of promotions out first, and then the lines", () => {
    const named = (length: number, lines: number): Purchase => {
      const [purchase] = fc.sample(arbitraryPurchase({ ...TWELVE_LINES, promotions: 0 }), {
        numRuns: 1,
        seed: 1,
      });
      const [line] = purchase!.lines;
      const discount = {
        promotion: idOf<"Promotion">("three-for-two"),
        name: "n".repeat(length),
        needs: { kind: "groups", size: 3, pays: 2 } as const,
        amount: money(100, purchase!.currency),
      };
      return {
        ...purchase!,
        lines: Array.from({ length: lines }, (_, position) => ({
          ...line!,
          position,
          discounts: [discount],
        })),
      };
    };
    const kindOf = (purchase: Purchase) => {
      const read = readReceiptCode(codeOf(purchase), TRUST);
      if (!read.ok || read.value.kind === "summary") return read.ok ? "summary" : read.reason;
      return read.value.purchase.lines[0]?.discounts[0]?.name === "" ? "nameless" : "full";
    };
    expect(kindOf(named(20, 12))).toBe("full");
    expect(kindOf(named(1_000, 12))).toBe("nameless");
    expect(kindOf(named(20, 200))).toBe("summary");
  });

  test("is the same each time it is made", () => {
    fc.assert(
      fc.property(arbitraryPurchase(TWELVE_LINES), (purchase) => {
        expect(codeOf(purchase)).toBe(codeOf(structuredClone(purchase)));
      }),
      { numRuns: 20 },
    );
  });

  test("of a purchase that is summed up tells it from another", () => {
    const long = { ...TWELVE_LINES, lines: { min: 100, max: 100 } };
    fc.assert(
      fc.property(arbitraryPurchase(long), fc.nat(99), (purchase, at) => {
        const read = readReceiptCode(codeOf(purchase), TRUST);
        if (!read.ok || read.value.kind !== "summary" || read.value.gift)
          throw new Error("a hundred lines do not fit");
        const { summary } = read.value;
        const later = purchase.lines.map((line) => ({ ...line, returnBy: null }));
        const more = purchase.lines.map((line, index) =>
          index === at ? { ...line, quantity: line.quantity + 1 } : line,
        );
        expect(isSummaryOf(summary, purchase, sha256)).toBe(true);
        expect(isSummaryOf(summary, { ...purchase, lines: later }, sha256)).toBe(true);
        expect(isSummaryOf(summary, { ...purchase, lines: more }, sha256)).toBe(false);
        const other = { kind: "ticket" as const, id: idOf<"Ticket">("another") };
        expect(isSummaryOf(summary, { ...purchase, ref: other }, sha256)).toBe(false);
      }),
      { numRuns: 20 },
    );
  });
});

describe("what is no receipt of this chain is refused", () => {
  const [drawn] = fc.sample(arbitraryPurchase(TWELVE_LINES), { numRuns: 1, seed: 7 });
  const purchase = { ...drawn!, ...TICKET };
  const code = codeOf(purchase);
  const bytes = ((read) => (read.ok ? read.value : new Uint8Array()))(bytesOfDigits(code));

  test("every digit that is misread is noticed", () => {
    for (let at = 0; at < code.length; at += 1) {
      const wrong = code.slice(0, at) + ((Number(code[at]) + 1 + (at % 9)) % 10) + code.slice(at + 1);
      expect(readReceiptCode(wrong, TRUST).ok).toBe(false);
    }
  });

  test("every byte that is altered makes it forged, of another version or of nobody", () => {
    for (let at = 0; at < bytes.length; at += 1) {
      const altered = Uint8Array.from(bytes);
      altered[at] = bytes[at]! ^ (1 << (at % 8));
      const read = readReceiptCode(digitsOf(altered), TRUST);
      expect(read).toEqual({
        ok: false,
        reason: at === 0 ? "unknownVersion" : at < 9 ? "unknownKey" : "forged",
      });
    }
  });

  test("half of a code is damaged wherever it was cut off, and never throws", () => {
    const refusals = Array.from({ length: code.length }, (_, end) => {
      const read = readReceiptCode(code.slice(0, end), TRUST);
      return read.ok ? "read" : read.reason;
    });
    expect(new Set(refusals)).toEqual(new Set(["notACode", "damaged"]));
    for (let end = 0; end < bytes.length; end += 1)
      expect(readReceiptCode(digitsOf(bytes.slice(0, end)), TRUST).ok).toBe(false);
  });

  test("what somebody trusted signed, but is no receipt, is malformed", () => {
    const signed = (content: Uint8Array) => {
      const unsigned = Uint8Array.from([...bytes.slice(0, 9), ...content]);
      return digitsOf(Uint8Array.from([...unsigned, ...TILL_KEY.sign(signedBytes(unsigned))]));
    };
    // A till's key signs for no order, which one bit makes of a ticket.
    const reasons: readonly string[] = ["ok", "malformed", "forged"];
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (content) => {
        const read = readReceiptCode(signed(content), TRUST);
        expect(reasons).toContain(read.ok ? "ok" : read.reason);
      }),
    );
    const content = bytes.slice(9, -64);
    fc.assert(
      fc.property(fc.nat(content.length - 1), fc.nat(255), (at, value) => {
        const altered = Uint8Array.from(content);
        altered[at] = value;
        const read = readReceiptCode(signed(altered), TRUST);
        expect(reasons).toContain(read.ok ? "ok" : read.reason);
      }),
      { numRuns: 500 },
    );
    for (let end = 0; end < content.length; end += 1)
      expect(readReceiptCode(signed(content.slice(0, end)), TRUST)).toEqual({
        ok: false,
        reason: "malformed",
      });
    expect(readReceiptCode(signed(Uint8Array.from([...content, 0])), TRUST)).toEqual({
      ok: false,
      reason: "malformed",
    });
  });

  test("no text at all makes the till stumble", () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.stringMatching(/^6638455\d{0,200}$/),
      fc.uint8Array({ maxLength: 400 }).map(digitsOf),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const read = readReceiptCode(text, TRUST);
        expect(read.ok || CODE_REFUSALS.includes(read.reason)).toBe(true);
        expect(read.ok).toBe(false);
      }),
    );
  });

  test("a key that nobody knows, one that is revoked, and a text that is too long each have their reason", () => {
    expect(readReceiptCode(code, trusting(SERVER_KEY))).toEqual({ ok: false, reason: "unknownKey" });
    const revoked = trusting({ publicKey: TILL_KEY.publicKey, revoked: true });
    expect(readReceiptCode(code, revoked)).toEqual({ ok: false, reason: "revokedKey" });
    expect(readReceiptCode(digitsOf(new Uint8Array(MAX_CODE_BYTES + 10)), TRUST)).toEqual({
      ok: false,
      reason: "tooLong",
    });
    expect(readReceiptCode("4006381333931", TRUST)).toEqual({ ok: false, reason: "notACode" });
  });

  test("white space around a scan does not count", () => {
    expect(readReceiptCode(` ${code}\r\n`, TRUST).ok).toBe(true);
    expect(looksLikeReceiptCode(`${code}\n`)).toBe(true);
    expect(looksLikeReceiptCode("6638455000012")).toBe(false);
  });
});

test("bytes of any length are digits and bytes again, within the limit at their most", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(bytesOfDigits(digitsOf(bytes))).toEqual({ ok: true, value: bytes });
    }),
  );
  expect(digitsOf(new Uint8Array(MAX_CODE_BYTES)).length).toBeLessThanOrEqual(MAX_CODE_DIGITS);
  expect(digitsOf(new Uint8Array(MAX_CODE_BYTES + 1)).length).toBeGreaterThan(MAX_CODE_DIGITS - 17);
});
