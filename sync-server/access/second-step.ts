import type { Instant } from "#domain/ids.ts";
import { secretHash } from "./sessions.ts";
import { takenStep, toBase32 } from "./totp.ts";
import type { Totp } from "./users-port.ts";

const RECOVERY_CODES = 10;
/** 80 bits each: long enough to be kept as a fast hash. */
const RECOVERY_BYTES = 10;

/** The second step once this code was taken, so that it is taken once only; null where it is no code of it. */
export function afterCode(totp: Totp, typed: string, now: Instant): Totp | null {
  const code = typed.replaceAll(/[\s-]/g, "").toUpperCase();
  const step = takenStep(code, totp, now);
  if (step !== null) return { ...totp, lastStep: step };
  const hash = secretHash(code);
  return totp.recovery.includes(hash)
    ? { ...totp, recovery: totp.recovery.filter((each) => each !== hash) }
    : null;
}

/** Codes for when the app is lost, as they are told once: `ABCD-EFGH-JKLM-NPQR`. */
export function newRecoveryCodes(randomBytes: (count: number) => Uint8Array): {
  readonly codes: readonly string[];
  readonly hashes: readonly string[];
} {
  const plain = Array.from({ length: RECOVERY_CODES }, () => toBase32(randomBytes(RECOVERY_BYTES)));
  return {
    codes: plain.map((code) => (code.match(/.{4}/g) ?? []).join("-")),
    hashes: plain.map(secretHash),
  };
}
