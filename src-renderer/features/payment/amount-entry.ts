import { type Currency, type Money, money } from "#domain/money/money.ts";

/** An amount typed digit by digit, as on a cash register: the digits are minor units. Null is nothing typed yet. */
export function amountOfDigits(digits: string, currency: Currency): Money | null {
  return digits === "" ? null : money(Number(digits), currency);
}
