import { ok, type Result, refused } from "../../result.ts";
import {
  BLOCK_BYTES,
  BLOCK_DIGITS,
  CHECK_DIGITS,
  CHECK_PRIME,
  CODE_PREFIX,
  MAX_CODE_DIGITS,
} from "./limits.ts";

/** How many digits a block of 0, 1 … 7 bytes takes: the fewest that hold them, and different for each, so that digits tell how many bytes they are. */
const DIGITS_OF_BYTES: readonly number[] = [0, 3, 5, 8, 10, 13, 15, BLOCK_DIGITS];
const BITS_PER_BYTE = 8n;
const BYTE_VALUES = 256;
const LOW_BYTES = 4;
const LOW_VALUES = BYTE_VALUES ** LOW_BYTES;
const SPLIT_DIGITS = 8;
const SPLIT = 10 ** SPLIT_DIGITS;

/** Bytes as the text of a QR code: digits only. */
export function digitsOf(bytes: Uint8Array): string {
  let text = CODE_PREFIX;
  for (let start = 0; start < bytes.length; start += BLOCK_BYTES)
    text += blockDigits(bytes.subarray(start, start + BLOCK_BYTES));
  return text + checkDigits(text);
}

/** The bytes of a scanned text; white space around it does not count. */
export function bytesOfDigits(scanned: string): Result<Uint8Array, "notACode" | "tooLong" | "damaged"> {
  const text = scanned.trim();
  if (!text.startsWith(CODE_PREFIX)) return refused("notACode");
  if (text.length > MAX_CODE_DIGITS) return refused("tooLong");
  if (!/^\d+$/.test(text)) return refused("notACode");
  const end = text.length - CHECK_DIGITS;
  if (end < CODE_PREFIX.length || checkDigits(text.slice(0, end)) !== text.slice(end))
    return refused("damaged");
  const bytes: number[] = [];
  for (let start = CODE_PREFIX.length; start < end; start += BLOCK_DIGITS) {
    const block = blockBytes(text.slice(start, Math.min(start + BLOCK_DIGITS, end)));
    if (block === null) return refused("damaged");
    bytes.push(...block);
  }
  return ok(Uint8Array.from(bytes));
}

/** Whether a scanned text means to be a receipt's code, whole or not: what a till sorts scans by. */
export function looksLikeReceiptCode(scanned: string): boolean {
  return scanned.trim().startsWith(CODE_PREFIX) && scanned.trim().length > BLOCK_DIGITS * 2;
}

function blockDigits(block: Uint8Array): string {
  let [high, low] = [0, 0];
  for (const [place, byte] of block.entries()) {
    if (place < block.length - LOW_BYTES) high = high * BYTE_VALUES + byte;
    else low = low * BYTE_VALUES + byte;
  }
  // Seven bytes are more than a number holds exactly: divided in two where decimal digits are.
  const rest = high * (LOW_VALUES % SPLIT) + low;
  const top = high * Math.floor(LOW_VALUES / SPLIT) + Math.floor(rest / SPLIT);
  const text = `${top}${String(rest % SPLIT).padStart(SPLIT_DIGITS, "0")}`;
  const digits = DIGITS_OF_BYTES[block.length] ?? BLOCK_DIGITS;
  return text.length >= digits ? text.slice(-digits) : text.padStart(digits, "0");
}

/** Null: no block has so many digits, or so large a number. */
function blockBytes(digits: string): number[] | null {
  const length = DIGITS_OF_BYTES.indexOf(digits.length);
  if (length < 1) return null;
  let number = BigInt(digits);
  const bytes: number[] = Array.from({ length }, () => 0);
  for (let index = length - 1; index >= 0; index -= 1) {
    bytes[index] = Number(number & 0xffn);
    number >>= BITS_PER_BYTE;
  }
  return number === 0n ? bytes : null;
}

function checkDigits(text: string): string {
  let rest = 0;
  for (let at = 0; at < text.length; at += 1) rest = (rest * 10 + Number(text[at])) % CHECK_PRIME;
  return String(rest).padStart(CHECK_DIGITS, "0");
}
