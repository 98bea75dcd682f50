import { type Currency, type Money, money } from "./money.ts";

/** Throws when the two are of different currencies: adding euros to francs is a programming error. */
export function assertSameCurrency(a: Money, b: Money): void {
  if (a.currency !== b.currency) throw new RangeError(`${a.currency} and ${b.currency} do not mix`);
}

export function zeroMoney(currency: Currency): Money {
  return money(0, currency);
}

/** Throws on different currencies. */
export function addMoney(a: Money, b: Money): Money {
  assertSameCurrency(a, b);
  return money(a.minor + b.minor, a.currency);
}

/** a - b. Throws on different currencies. */
export function subtractMoney(a: Money, b: Money): Money {
  assertSameCurrency(a, b);
  return money(a.minor - b.minor, a.currency);
}

/** Sum of any number of amounts; zero of `currency` for none. */
export function sumMoney(amounts: readonly Money[], currency: Currency): Money {
  return amounts.reduce(addMoney, zeroMoney(currency));
}

export function negateMoney(amount: Money): Money {
  return money(-amount.minor, amount.currency);
}

/** Amount times a whole number (a price times pieces). Throws when `factor` is not whole. */
export function timesMoney(amount: Money, factor: number): Money {
  if (!Number.isSafeInteger(factor)) throw new RangeError(`not a whole number: ${factor}`);
  return money(amount.minor * factor, amount.currency);
}

/** Below, at or above zero as a is less than, equal to or more than b. Throws on different currencies. */
export function compareMoney(a: Money, b: Money): number {
  assertSameCurrency(a, b);
  return a.minor - b.minor;
}

export function isZero(amount: Money): boolean {
  return amount.minor === 0;
}

/** A limit as it counts for amounts of this currency: one in another allows nothing, for nobody can say what it comes to. */
export function limitIn(limit: Money, currency: Currency): Money {
  return limit.currency === currency ? limit : zeroMoney(currency);
}

/** The smaller of two amounts. */
export function lesserMoney(a: Money, b: Money): Money {
  return compareMoney(a, b) <= 0 ? a : b;
}
