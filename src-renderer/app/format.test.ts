import { afterEach, describe, expect, it } from "vitest";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { isLongText, minusText, moneyText } from "./format.ts";
import { useTill } from "./till.ts";

const before = useTill.getState().session;
const writeAs = (locale: string) =>
  useTill.setState({
    session: {
      state: "locked",
      storeName: "Kuwait",
      storeCode: "KWT1",
      register: 1,
      locale,
      timeZone: "UTC",
      currency: "KWD",
      staff: [],
    },
  });
const amount = (minor: number, code: string) => money(minor, idOf<"Currency">(code));

describe("an amount on screen", () => {
  afterEach(() => useTill.setState({ session: before }));

  it.each([
    ["en-GB", amount(1_250, "EUR"), "−€12.50"],
    ["de-DE", amount(1_250, "EUR"), "−12,50\u00a0€"],
    ["ja-JP", amount(1_250, "JPY"), "−￥1,250"],
  ])("that is taken off has its minus where people of %s put it", (locale, taken, written) => {
    writeAs(locale);
    expect(minusText(taken)).toBe(written);
  });

  it("of dinars has three decimals, its minus before the digits, and is long for the largest type", () => {
    writeAs("ar-KW-u-ca-gregory-nu-latn");
    const marks = /[\u200e\u200f]/g;
    expect(minusText(amount(255, "KWD")).replace(marks, "")).toBe("−0.255\u00a0د.ك.");
    expect(isLongText(moneyText(amount(14_262, "KWD")))).toBe(true);
    expect(isLongText(moneyText(amount(1_250, "JPY")))).toBe(false);
  });
});
