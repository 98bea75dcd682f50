import { type PasswordFlaw, passwordFlaw } from "#domain/access/password.ts";
import { nextTryAt } from "#domain/access/sign-in-pace.ts";
import type { Instant } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Storage } from "../storage/port.ts";
import { hashPassword, isPassword } from "./password-hash.ts";
import { newRecoveryCodes } from "./second-step.ts";
import { type SignedIn, secretHash } from "./sessions.ts";
import { TOTP_SECRET_BYTES, takenStep, toBase32, totpAddress } from "./totp.ts";

export type AccountRefusal = "wrongPassword" | "wrongCode" | "wait" | PasswordFlaw;

/** What people do about their own way of signing in. Each asks for the password again, for a browser may be left open. */
export interface Account {
  /** All other sessions end. */
  changePassword(
    who: SignedIn,
    typed: { readonly password: string; readonly next: string },
  ): Promise<Result<null, AccountRefusal>>;
  /** A secret for an app; it counts once a code of it was confirmed. */
  offerTotp(who: SignedIn): { readonly secret: string; readonly address: string };
  /** Signing in asks for a code from now on. Answers the codes for when the app is lost. */
  confirmTotp(
    who: SignedIn,
    typed: { readonly password: string; readonly secret: string; readonly code: string },
  ): Promise<Result<readonly string[], AccountRefusal>>;
  dropTotp(who: SignedIn, typed: { readonly password: string }): Promise<Result<null, AccountRefusal>>;
}

export function createAccount({
  storage,
  now,
  randomBytes,
}: {
  readonly storage: Storage;
  readonly now: () => Instant;
  readonly randomBytes: (count: number) => Uint8Array;
}): Account {
  /** Guessing one's password from an open session waits as signing in does. */
  async function flawOf({ user }: SignedIn, password: string): Promise<"wrongPassword" | "wait" | null> {
    const key = `account:${secretHash(user.email)}`;
    const mayTry = await storage.write(async (tx) => {
      const tries = (await tx.signInTries(key)) ?? { failures: 0, lastAt: now() };
      if (nextTryAt("account", tries) > now()) return false;
      await tx.putSignInTries(key, { failures: tries.failures + 1, lastAt: now() });
      return true;
    });
    if (!mayTry) return "wait";
    if (!(await isPassword(password, user.passwordHash))) return "wrongPassword";
    await storage.write((tx) => tx.forgetSignInTries(key));
    return null;
  }

  /** Writes what is changed of the user as they are by now. */
  const change = (
    { user: { id }, session }: SignedIn,
    changes: { readonly passwordHash?: string; readonly totp?: SignedIn["user"]["totp"] },
    { endsOthers }: { readonly endsOthers: boolean },
  ) =>
    storage.write(async (tx) => {
      const user = await tx.user(id);
      if (user === null) return;
      await tx.putUser({ ...user, ...changes });
      if (endsOthers) await tx.endSessionsOf(id, session.hash);
      // A link to choose another password was for one that is no more.
      if (changes.passwordHash === undefined) return;
      await tx.removeLinks("reset", id);
      await tx.removeLinkMail(id);
    });

  return {
    async changePassword(who, { password, next }) {
      const flaw = (await flawOf(who, password)) ?? passwordFlaw(next, who.user);
      if (flaw !== null) return refused(flaw);
      await change(who, { passwordHash: await hashPassword(next, randomBytes) }, { endsOthers: true });
      return ok(null);
    },
    offerTotp({ user }) {
      const secret = toBase32(randomBytes(TOTP_SECRET_BYTES));
      return { secret, address: totpAddress(secret, user.email) };
    },
    async confirmTotp(who, { password, secret, code }) {
      const flaw = await flawOf(who, password);
      if (flaw !== null) return refused(flaw);
      const lastStep = takenStep(code.replaceAll(/\s/g, ""), { secret, lastStep: 0 }, now());
      if (lastStep === null) return refused("wrongCode");
      const { codes, hashes } = newRecoveryCodes(randomBytes);
      await change(who, { totp: { secret, lastStep, recovery: hashes } }, { endsOthers: true });
      return ok(codes);
    },
    async dropTotp(who, { password }) {
      const flaw = await flawOf(who, password);
      if (flaw !== null) return refused(flaw);
      await change(who, { totp: null }, { endsOthers: false });
      return ok(null);
    },
  };
}
