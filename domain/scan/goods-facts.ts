import { type BusinessDay, type Gtin, idOf } from "../ids.ts";
import { minorDigits } from "../money/format.ts";
import { type Currency, money } from "../money/money.ts";
import { parseGtin } from "../product/gtin.ts";
import { type ScaleValue, shifted } from "../product/scale-label.ts";
import type { Gs1Field } from "./application-identifiers.ts";

const KILO_DECIMALS = 3;
const YEARS = 100;
const FAR_AHEAD_YEARS = 51;
const FAR_BACK_YEARS = -50;

/** What is printed on one package beside the article's number, as far as it is kept with a sale. */
export interface GoodsMarks {
  readonly lot?: string;
  readonly serial?: string;
  /** The last day on which it may be sold and used. */
  readonly expires?: BusinessDay;
}

/** All that a GS1 code says of the goods in hand that matters at a till. */
export interface GoodsFacts {
  readonly gtin: Gtin;
  readonly marks: GoodsMarks;
  /** Best before; later it may still be sold. */
  readonly bestBefore: BusinessDay | null;
  /** Net weight, or the price of this package. */
  readonly value: ScaleValue | null;
  /** How many pieces of the article a carton holds; 1: it is the article itself. */
  readonly pieces: number;
}

/** What the fields say of goods; null where they name no article, or one whose number is wrong. `today`: which century a year of two digits is of. */
export function goodsFacts(
  fields: readonly Gs1Field[],
  { today, currency }: { readonly today: BusinessDay; readonly currency: Currency },
): GoodsFacts | null {
  const said = (ai: string) => fields.find((field) => field.ai === ai)?.value;
  const gtin = gtinIn(fields);
  if (gtin === null) return null;
  const lot = said("10");
  const serial = said("21");
  const expires = dayOf(said("17") ?? said("7003"), today);
  const pieces = said("01") === undefined ? Number(said("37") ?? 1) : 1;
  return {
    gtin,
    marks: {
      ...(lot === undefined ? {} : { lot }),
      ...(serial === undefined ? {} : { serial }),
      ...(expires === null ? {} : { expires }),
    },
    bestBefore: dayOf(said("15"), today),
    value: measuredIn(fields, currency),
    pieces: Math.max(1, pieces),
  };
}

/** The article that the fields name: itself, or what the carton holds. Null where they name none, or its number is wrong. */
export function gtinIn(fields: readonly Gs1Field[]): Gtin | null {
  const numbers = ["01", "02"].flatMap((ai) => fields.filter((field) => field.ai === ai));
  const gtin = parseGtin(numbers[0]?.value ?? "");
  return gtin.ok ? gtin.value : null;
}

/** Whether goods may no longer be sold on a day. */
export function isExpired({ expires }: GoodsMarks, today: BusinessDay): boolean {
  return expires !== undefined && expires < today;
}

export function isSameMarks(one: GoodsMarks | undefined, other: GoodsMarks | undefined): boolean {
  return one?.lot === other?.lot && one?.serial === other?.serial && one?.expires === other?.expires;
}

/** A day of two digits each; day 00 is the month's last. Null where the calendar has no such day. */
function dayOf(digits: string | undefined, today: BusinessDay): BusinessDay | null {
  const [, year, month, day] = /^(\d\d)(\d\d)(\d\d)/.exec(digits ?? "") ?? [];
  if (year === undefined || Number(month) < 1 || Number(month) > 12) return null;
  const full = fullYear(Number(year), Number(today.slice(0, 4)));
  const days = daysIn(full, Number(month));
  const at = Number(day) === 0 ? days : Number(day);
  return at > days ? null : idOf<"BusinessDay">(`${full}-${month}-${String(at).padStart(2, "0")}`);
}

/** GS1 General Specifications, section 7.12: the century that is nearest. */
function fullYear(year: number, current: number): number {
  const century = current - (current % YEARS);
  const ahead = year - (current % YEARS);
  if (ahead >= FAR_AHEAD_YEARS) return century - YEARS + year;
  return ahead <= FAR_BACK_YEARS ? century + YEARS + year : century + year;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** A net weight in kilograms (310n), else the amount to pay in the shop's currency (392n), each with n decimals. */
function measuredIn(fields: readonly Gs1Field[], currency: Currency): ScaleValue | null {
  for (const { ai, value } of fields) {
    const decimals = Number(ai.at(-1));
    if (/^310[0-6]$/.test(ai)) {
      const grams = shifted(BigInt(value), KILO_DECIMALS - decimals);
      if (grams > 0) return { kind: "weight", grams };
    }
    if (/^392[0-4]$/.test(ai) && /^\d{1,12}$/.test(value)) {
      const minor = shifted(BigInt(value), minorDigits(currency) - decimals);
      if (minor > 0) return { kind: "price", price: money(minor, currency) };
    }
  }
  return null;
}
