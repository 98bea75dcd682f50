import { describe, expect, it } from "vitest";
import { instant } from "#domain/ids.ts";
import { recordsText } from "./records-words.ts";

const time = (at: number) => `at ${at}`;

describe("what is said of the till's own records", () => {
  it("names the receipts that are lost, and between which times they were given out", () => {
    const missing = [
      { from: instant(1), until: instant(2), firstReceipt: "BER1-03-000004", lastReceipt: "BER1-03-000006" },
      { from: instant(5), until: null, firstReceipt: "BER1-03-000009", lastReceipt: null },
    ];
    const text = recordsText({ state: "incomplete", at: instant(0), missing }, time);
    expect(text).toContain("receipts BER1-03-000004 to BER1-03-000006, written between at 1 and at 2; ");
    expect(text).toContain("receipts BER1-03-000009 to (not known), written between at 5 and (not known).");
    expect(text).toContain("call support");
  });

  it("names one alone as one", () => {
    const missing = [
      { from: instant(1), until: instant(2), firstReceipt: "BER1-03-000004", lastReceipt: "BER1-03-000004" },
    ];
    expect(recordsText({ state: "incomplete", at: instant(0), missing }, time)).toContain(
      "receipt BER1-03-000004, written between at 1 and at 2.",
    );
  });

  it("says so where no receipt was given out among them", () => {
    const missing = [{ from: instant(1), until: instant(2), firstReceipt: null, lastReceipt: null }];
    expect(recordsText({ state: "incomplete", at: instant(0), missing }, time)).toContain(
      "entries without a receipt, written between at 1 and at 2",
    );
  });

  it("does not say that every sale is there where nobody can tell", () => {
    const missing = [{ from: instant(1), until: null, firstReceipt: "BER1-03-000004", lastReceipt: null }];
    const text = recordsText({ state: "both", at: instant(0), missing }, time);
    expect(text).toContain("receipts BER1-03-000004 to (not known), written between at 1 and (not known)");
    expect(text).not.toContain("every completed sale is there");
  });

  it("says of a till that asks the server that it goes on by itself", () => {
    expect(recordsText({ state: "asking", at: instant(0) }, time)).toContain("sells again by itself");
  });
});
