import { type CouponSeriesId, idOf } from "../ids.ts";
import { ALPHABET, bareOf, checkCharacter } from "../value/credit-code.ts";

/** What every code begins with, so that a scanner and a person know one from a store credit or an article. */
const PREFIX = "CP";
const SERIES_CHARS = 3;
const SECRET_CHARS = 12;
const ALL_CHARS = PREFIX.length + SERIES_CHARS + SECRET_CHARS + 1;
const GROUPS = /^(.{5})(.{4})(.{4})(.{5})$/;

/** Random bytes that one code is made of: 60 of their 64 bits. */
export const COUPON_CODE_BYTES = 8;
/** Series that there can be. */
export const MAX_COUPON_SERIES = ALPHABET.length ** SERIES_CHARS;

/** A coupon's code as it is written, and the series that it was made in. */
export interface CouponCode {
  readonly code: string;
  readonly series: CouponSeriesId;
}

/** The name of the nth series, from 0 to below `MAX_COUPON_SERIES`; throws a RangeError beyond. */
export function couponSeriesOf(number: number): CouponSeriesId {
  if (!Number.isInteger(number) || number < 0 || number >= MAX_COUPON_SERIES)
    throw new RangeError(`there is no series ${number} of coupons`);
  return idOf<"CouponSeries">(written(BigInt(number), SERIES_CHARS));
}

/** A code of a series, e.g. `CP00A-7Q2M-X0VD-K8F3R`; its last character checks the others. `bytes` are `COUPON_CODE_BYTES` random ones. */
export function couponCodeOf(series: CouponSeriesId, bytes: Uint8Array): string {
  if (bytes.length !== COUPON_CODE_BYTES)
    throw new RangeError(`a coupon's code is made of ${COUPON_CODE_BYTES} bytes, not of ${bytes.length}`);
  const number = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const bare = PREFIX + series + written(number, SECRET_CHARS);
  return grouped(bare + checkCharacter(bare));
}

/** What was typed or scanned as a coupon's code; null when it is none, or was mistyped. */
export function readCouponCode(typed: string): CouponCode | null {
  const bare = bareOf(typed);
  if (!isShapedSo(bare)) return null;
  if (checkCharacter(bare.slice(0, -1)) !== bare.slice(-1)) return null;
  const series = idOf<"CouponSeries">(bare.slice(PREFIX.length, PREFIX.length + SERIES_CHARS));
  return { code: grouped(bare), series };
}

/** Whether it looks like a coupon's code, mistyped or not. */
export function isLikeCouponCode(typed: string): boolean {
  return isShapedSo(bareOf(typed));
}

/** A word that anybody may say, as promotions have it; null where it can be none. */
export function readCouponWord(typed: string): string | null {
  const word = typed.toUpperCase().replace(/[\s-]/g, "");
  return /^[A-Z0-9]{3,30}$/.test(word) ? word : null;
}

function isShapedSo(bare: string): boolean {
  return (
    bare.length === ALL_CHARS && bare.startsWith(PREFIX) && [...bare].every((each) => ALPHABET.includes(each))
  );
}

function written(number: bigint, chars: number): string {
  const size = BigInt(ALPHABET.length);
  let text = "";
  for (let rest = number; text.length < chars; rest /= size)
    text = ALPHABET.charAt(Number(rest % size)) + text;
  return text;
}

function grouped(bare: string): string {
  return GROUPS.exec(bare)?.slice(1).join("-") ?? bare;
}
