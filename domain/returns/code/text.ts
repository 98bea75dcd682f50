import { type ByteReader, type ByteWriter, MalformedCode } from "./bytes.ts";

/** 64 characters that most ids and SKUs keep to, six bits each. */
const PLAIN = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-.";
const PLAIN_TEXT = /^[0-9A-Za-z.-]+$/;
const PLAIN_BITS = 6;
const DIGITS_TEXT = /^\d+$/;
/** Three digits in ten bits, as a QR code packs them. */
const DIGITS_AT_ONCE = 3;
const BITS_OF_DIGITS = [0, 4, 7, 10] as const;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const UUID_BYTES = 16;
const UUID_DASHES_BEFORE = [8, 12, 16, 20] as const;
const BYTE_BITS = 8;
/** Far above anything that fits a code. */
const MAX_TEXT_CHARS = 4_096;

const UTF8 = 0;
const PLAIN_MODE = 1;
const DIGITS_MODE = 2;
const UUID_MODE = 3;
const MODES = 4;

/** Writes any text in the shortest of four ways: as a UUID, as digits, in 64 plain characters, or as UTF-8. Half a surrogate pair becomes U+FFFD. */
export function writeText(writer: ByteWriter, text: string): void {
  if (UUID.test(text)) {
    writer.number(UUID_MODE);
    writer.raw(hexBytes(text.replaceAll("-", "")));
  } else if (DIGITS_TEXT.test(text)) {
    writer.number(text.length * MODES + DIGITS_MODE);
    writer.raw(packed(digitFields(text)));
  } else if (PLAIN_TEXT.test(text)) {
    writer.number(text.length * MODES + PLAIN_MODE);
    writer.raw(packed([...text].map((each) => ({ value: PLAIN.indexOf(each), bits: PLAIN_BITS }))));
  } else {
    const bytes = utf8Bytes(text);
    writer.number(bytes.length * MODES + UTF8);
    writer.raw(bytes);
  }
}

/** Reads what `writeText` wrote; throws `MalformedCode` on anything else. */
export function readText(reader: ByteReader): string {
  const head = reader.number();
  const length = Math.floor(head / MODES);
  if (length > MAX_TEXT_CHARS) throw new MalformedCode("a text longer than any");
  switch (head % MODES) {
    case UUID_MODE:
      if (length > 0) throw new MalformedCode("a UUID has one length");
      return uuidOf(reader.raw(UUID_BYTES));
    case DIGITS_MODE:
      return digitsOfFields(reader, length);
    case PLAIN_MODE:
      return unpacked(
        reader,
        Array.from({ length }, () => PLAIN_BITS),
      )
        .map((value) => PLAIN[value] ?? "")
        .join("");
    default:
      return utf8Text(reader.raw(length));
  }
}

interface BitField {
  readonly value: number;
  readonly bits: number;
}

function bitsOfDigits(count: number): number {
  return BITS_OF_DIGITS[count] ?? 0;
}

function digitFields(text: string): BitField[] {
  return chunksOf(text.length).map(({ start, count }) => ({
    value: Number(text.slice(start, start + count)),
    bits: bitsOfDigits(count),
  }));
}

function digitsOfFields(reader: ByteReader, length: number): string {
  const chunks = chunksOf(length);
  const values = unpacked(
    reader,
    chunks.map(({ count }) => bitsOfDigits(count)),
  );
  return chunks
    .map(({ count }, index) => {
      const digits = String(values[index] ?? 0).padStart(count, "0");
      if (digits.length > count) throw new MalformedCode("no digits");
      return digits;
    })
    .join("");
}

function chunksOf(length: number): { readonly start: number; readonly count: number }[] {
  return Array.from({ length: Math.ceil(length / DIGITS_AT_ONCE) }, (_, index) => {
    const start = index * DIGITS_AT_ONCE;
    return { start, count: Math.min(DIGITS_AT_ONCE, length - start) };
  });
}

/** Fields one after another, the highest bit first; what is left of the last byte is zero. */
function packed(fields: readonly BitField[]): number[] {
  const bytes: number[] = [];
  let held = 0;
  let bitsHeld = 0;
  for (const { value, bits } of fields) {
    held = (held << bits) | value;
    bitsHeld += bits;
    while (bitsHeld >= BYTE_BITS) {
      bitsHeld -= BYTE_BITS;
      bytes.push((held >> bitsHeld) & 0xff);
      held &= (1 << bitsHeld) - 1;
    }
  }
  if (bitsHeld > 0) bytes.push((held << (BYTE_BITS - bitsHeld)) & 0xff);
  return bytes;
}

function unpacked(reader: ByteReader, widths: readonly number[]): number[] {
  let held = 0;
  let bitsHeld = 0;
  const values = widths.map((bits) => {
    while (bitsHeld < bits) {
      held = (held << BYTE_BITS) | reader.byte();
      bitsHeld += BYTE_BITS;
    }
    bitsHeld -= bits;
    const value = held >> bitsHeld;
    held &= (1 << bitsHeld) - 1;
    return value;
  });
  if (held !== 0) throw new MalformedCode("bits that belong to nothing");
  return values;
}

function hexBytes(hex: string): number[] {
  return (hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
}

export function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function uuidOf(bytes: Uint8Array): string {
  const hex = hexOf(bytes);
  const [a, b, c, d] = UUID_DASHES_BEFORE;
  return [hex.slice(0, a), hex.slice(a, b), hex.slice(b, c), hex.slice(c, d), hex.slice(d)].join("-");
}

export function utf8Bytes(text: string): number[] {
  const encoded = encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\uFFFD"));
  const bytes: number[] = [];
  for (let at = 0; at < encoded.length; at += 1) {
    if (encoded[at] === "%") {
      bytes.push(Number.parseInt(encoded.slice(at + 1, at + 3), 16));
      at += 2;
    } else {
      bytes.push(encoded.charCodeAt(at));
    }
  }
  return bytes;
}

function utf8Text(bytes: Uint8Array): string {
  try {
    return decodeURIComponent([...bytes].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""));
  } catch (error) {
    if (error instanceof URIError) throw new MalformedCode("no UTF-8");
    throw error;
  }
}
