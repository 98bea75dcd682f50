import { createHmac, timingSafeEqual } from "node:crypto";
import type { Instant } from "#domain/ids.ts";

/** What every authenticator app takes: RFC 6238 with SHA-1, six digits, thirty seconds. */
const STEP_MS = 30_000;
const DIGITS = 6;
/** RFC 4226 section 4 asks for 160 bits. */
export const TOTP_SECRET_BYTES = 20;
/** A phone's clock may be one step off (RFC 6238 section 5.2). */
const STEPS_OFF = [0, -1, 1] as const;
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** RFC 4648 without padding. */
export function toBase32(bytes: Uint8Array): string {
  let bits = "";
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => BASE32[Number.parseInt(five.padEnd(5, "0"), 2)])
    .join("");
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((char) => BASE32.indexOf(char).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}

/** The code of a step (RFC 4226 section 5.3). */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac("sha1", fromBase32(secret)).update(counter).digest();
  const offset = digest.readUInt8(digest.length - 1) & 0x0f;
  const number = digest.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, "0");
}

export function totpStep(at: Instant): number {
  return Math.floor(at / STEP_MS);
}

/** The step whose code this is, around now and later than `lastStep`; null: none, or its code was taken already. */
export function takenStep(
  code: string,
  { secret, lastStep }: { readonly secret: string; readonly lastStep: number },
  now: Instant,
): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const step = STEPS_OFF.map((off) => totpStep(now) + off).find((each) =>
    timingSafeEqual(Buffer.from(totpCode(secret, each)), Buffer.from(code)),
  );
  return step === undefined || step <= lastStep ? null : step;
}

/** What an authenticator app reads from a QR code (Key Uri Format). */
export function totpAddress(secret: string, email: string): string {
  const label = `Onetill HQ:${email}`;
  return `otpauth://totp/${encodeURIComponent(label)}?${new URLSearchParams({ secret, issuer: "Onetill HQ" })}`.replaceAll(
    "+",
    "%20",
  );
}
