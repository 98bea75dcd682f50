/** What the members of a list are, as the statements say it. */
export type ListType = "text" | "bigint";

/** Type numbers of PostgreSQL (pg_type.oid). */
const OIDS: Readonly<Record<ListType, number>> = { text: 25, bigint: 20 };
const INT32_BYTES = 4;
const INT64_BYTES = 8;
/** Dimensions, whether a member is nothing, the type of the members; of the one dimension how many there are, and the number of the first. */
const HEADER_BYTES = 5 * INT32_BYTES;
/** What stands in the place of a member's length where there is none. */
const NOTHING = -1;
const TWO_TO_32 = 0x1_0000_0000;

/**
 * A list in the binary form of PostgreSQL's arrays, in which nothing has to be quoted on this side or read letter by letter on that one. Null: a member is none of the type, of which
 * PostgreSQL makes one of the list in words, or says that it is none.
 */
export function packedList(type: ListType, members: readonly unknown[]): Buffer | null {
  if (type === "text") return members.every(isTextOrNothing) ? packedTexts(members) : null;
  return members.every(isNumberOrNothing) ? packedNumbers(members) : null;
}

function isTextOrNothing(member: unknown): member is string | null {
  return member === null || typeof member === "string";
}

function isNumberOrNothing(member: unknown): member is number | null {
  return member === null || Number.isSafeInteger(member);
}

function packedTexts(texts: readonly (string | null)[]): Buffer {
  let bytes = HEADER_BYTES + texts.length * INT32_BYTES;
  for (const text of texts) if (text !== null) bytes += Buffer.byteLength(text);
  const packed = begun("text", bytes, texts);
  let at = HEADER_BYTES;
  for (const text of texts) {
    const length = text === null ? 0 : packed.write(text, at + INT32_BYTES);
    packed.writeInt32BE(text === null ? NOTHING : length, at);
    at += INT32_BYTES + length;
  }
  return packed;
}

function packedNumbers(numbers: readonly (number | null)[]): Buffer {
  const known = numbers.reduce<number>((sum, number) => sum + (number === null ? 0 : 1), 0);
  const packed = begun("bigint", HEADER_BYTES + numbers.length * INT32_BYTES + known * INT64_BYTES, numbers);
  let at = HEADER_BYTES;
  for (const number of numbers) {
    at = packed.writeInt32BE(number === null ? NOTHING : INT64_BYTES, at);
    if (number === null) continue;
    at = packed.writeInt32BE(Math.floor(number / TWO_TO_32), at);
    at = packed.writeUInt32BE(number >>> 0, at);
  }
  return packed;
}

function begun(type: ListType, bytes: number, members: readonly unknown[]): Buffer {
  const packed = Buffer.allocUnsafe(bytes);
  packed.writeInt32BE(1, 0);
  packed.writeInt32BE(members.includes(null) ? 1 : 0, INT32_BYTES);
  packed.writeInt32BE(OIDS[type], 2 * INT32_BYTES);
  packed.writeInt32BE(members.length, 3 * INT32_BYTES);
  packed.writeInt32BE(1, 4 * INT32_BYTES);
  return packed;
}
