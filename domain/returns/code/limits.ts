/** Of the layout that is written and read here. */
export const CODE_VERSION = 1;
/** A signature covers this text followed by all bytes before it, so it can never be taken for another protocol's. */
export const CODE_CONTEXT = "onetill.receipt.v1:";
export const KEY_ID_BYTES = 8;
export const SIGNATURE_BYTES = 64;
export const DIGEST_BYTES = 16;

/** O N E T I L L on a telephone's keys. No GS1 element string begins with 6, and no GTIN is as long as the shortest code. */
export const CODE_PREFIX = "6638455";
/** Bytes are written as numbers of so many digits, so many bytes at a time. */
export const BLOCK_BYTES = 7;
export const BLOCK_DIGITS = 17;
/** The largest prime of five digits: every single digit that changes changes the remainder. */
export const CHECK_PRIME = 99_991;
export const CHECK_DIGITS = 5;

/**
 * What a QR code of version 25 holds in digits at error level M: 117 modules a side and 125 with the quiet zone, 500 of the 576 dots of 80 mm paper at 4 dots a
 * module and 375 of the 384 dots of 58 mm paper at 3.
 */
export const MAX_CODE_DIGITS = 2_395;
/** The longest that a scanner sends: a receipt's code and what it is set up to send around it. */
export const MAX_SCAN_CHARS = 2_500;
/** The most bytes, signature included, of which prefix, blocks and check digits stay within `MAX_CODE_DIGITS`. */
export const MAX_CODE_BYTES = 980;

/** What is kept of a card's approval code: its last characters. */
export const APPROVAL_CODE_CHARS = 8;
/** A summary names at most so many tenders, the first. */
export const MAX_TENDERS_IN_SUMMARY = 8;

/** What a code can say at most, as the journal and the server take it: above, no shop of the chain sold it. */
export const MAX_SKU_CHARS = 64;
export const MAX_NUMBER_CHARS = 100;
export const MAX_NAME_CHARS = 500;
export const MAX_RATES_PER_LINE = 10;
export const MAX_DISCOUNTS_PER_LINE = 50;
export const MAX_TENDERS = 50;
export const MAX_PPM = 1_000_000;
/** Minor units of a line, or of a whole purchase: sums of any ticket stay whole numbers. */
export const MAX_AMOUNT_MINOR = 999_999_999_999;
