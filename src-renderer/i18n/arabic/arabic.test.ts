import { afterEach, describe, expect, it, vi } from "vitest";
import { numberText, speak, t, tCount } from "../translate.ts";

/** What is filled in, kept together in right-to-left text. */
const kept = (text: string) => `\u2068${text}\u2069`;

describe("the till in Arabic", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    speak("en");
  });

  it("says none, one, two, few and many each in its own form, in the digits of the price tags", () => {
    speak("ar-KW");
    expect([0, 1, 2, 3, 10, 11, 99, 100, 2_147].map((count) => tCount("basket.pieces", count))).toEqual([
      "لا قطع",
      "قطعة واحدة",
      "قطعتان",
      `${kept("3")} قطع`,
      `${kept("10")} قطع`,
      `${kept("11")} قطعة`,
      `${kept("99")} قطعة`,
      `${kept("100")} قطعة`,
      `${kept("2,147")} قطعة`,
    ]);
    expect(numberText(1_234.5)).toBe("1,234.5");
  });

  it("says what points pay in the form for their number", () => {
    speak("ar-KW");
    const paying = (count: number) => tCount("payment.pointsSteps", count, { worth: "5" });
    expect([1, 2, 5, 10, 11, 50, 100, 103].map(paying)).toEqual([
      `كل نقطة تدفع ${kept("5")}`,
      `كل نقطتين تدفعان ${kept("5")}`,
      `كل ${kept("5")} نقاط تدفع ${kept("5")}`,
      `كل ${kept("10")} نقاط تدفع ${kept("5")}`,
      `كل ${kept("11")} نقطة تدفع ${kept("5")}`,
      `كل ${kept("50")} نقطة تدفع ${kept("5")}`,
      `كل ${kept("100")} نقطة تدفع ${kept("5")}`,
      `كل ${kept("103")} نقاط تدفع ${kept("5")}`,
    ]);
  });

  it("keeps a Latin name and its digits together inside an Arabic sentence", () => {
    speak("ar-KW");
    expect(t("basket.removed", { name: "USB-C cable (2 m)" })).toBe(`أُزيل ${kept("USB-C cable (2 m)")}`);
    speak("en");
    expect(t("basket.removed", { name: "USB-C cable (2 m)" })).toBe("USB-C cable (2 m) removed");
  });

  it("turns the page from right to left, and back with another language", () => {
    const page = { documentElement: { lang: "", dir: "" } };
    vi.stubGlobal("document", page);
    speak("ar-KW");
    expect(page.documentElement).toEqual({ lang: "ar", dir: "rtl" });
    speak("fr-FR");
    expect(page.documentElement).toEqual({ lang: "fr", dir: "ltr" });
  });
});
