import { nextTryAt, type Paced, placeOfAddress } from "#domain/access/sign-in-pace.ts";
import { emailOf, isLinkOpen } from "#domain/access/users.ts";
import type { Instant } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Storage, WriteTransaction } from "../storage/port.ts";
import { noteOwn } from "./own-trail.ts";
import { isPassword } from "./password-hash.ts";
import { afterCode } from "./second-step.ts";
import { beginSession, newSecret, type SignedIn, secretHash, sessionId, type Whence } from "./sessions.ts";
import type { UserRecord } from "./users-port.ts";

const SIGN_IN = { call: "POST /hq/v1/session", subject: { kind: "session", id: "" } } as const;

export interface Credentials {
  readonly email: string;
  readonly password: string;
  /** Of the app, or one for when it is lost; empty where there is none. */
  readonly code: string;
}

export type SignInRefusal =
  | { readonly kind: "wrong" | "codeNeeded" | "codeWrong" | "noSuchLink" }
  | { readonly kind: "wait"; readonly until: Instant };

/** Somebody who has just signed in, and what their cookie is to hold. */
export type Begun = SignedIn & { readonly token: string };

export interface SignIn {
  /**
   * Opens a session. Whether the e-mail address is unknown or the password is wrong, the answer and the time it takes are the same. Each try is
   * counted before it is looked at, so that tries at the same time are no way around waiting.
   */
  withPassword(credentials: Credentials, whence: Whence): Promise<Result<Begun, SignInRefusal>>;
  /** Opens a session by the demo's link, which opens as often as one likes. */
  withLink(token: string, whence: Whence): Promise<Result<Begun, SignInRefusal>>;
}

export function createSignIn({
  storage,
  now,
  randomBytes,
}: {
  readonly storage: Storage;
  readonly now: () => Instant;
  readonly randomBytes: (count: number) => Uint8Array;
}): SignIn {
  async function begin(tx: WriteTransaction, user: UserRecord, whence: Whence): Promise<Begun> {
    const token = newSecret(randomBytes);
    const begun = await beginSession(tx, { user, whence, now: now(), token });
    await noteOwn(tx, {
      user,
      ...SIGN_IN,
      subject: { kind: "session", id: sessionId(begun.session) },
      at: now(),
    });
    return { ...begun, token };
  }

  return {
    async withPassword({ email, password, code }, whence) {
      const account = emailOf(email);
      const at = now();
      const tried: readonly Tried[] = [
        { of: "account", key: `account:${secretHash(account)}` },
        { of: "address", key: `address:${placeOfAddress(whence.address)}` },
      ];
      const taken = await storage.write((tx) => takeTry(tx, tried, at));
      if (!taken.ok) return taken;
      const user = await storage.read((tx) => tx.userByEmail(account));
      const isRight = await isPassword(password, user?.active === true ? user.passwordHash : null);
      return storage.write(async (tx) => {
        const fresh = isRight && user !== null ? await tx.user(user.id) : null;
        if (fresh === null || !fresh.active || fresh.passwordHash !== user?.passwordHash) {
          await noteOwn(tx, { user, ...SIGN_IN, at, refusal: "Wrong e-mail address or password." });
          return refused({ kind: "wrong" });
        }
        if (fresh.totp === null) {
          await giveTriesBack(tx, tried);
          return ok(await begin(tx, fresh, whence));
        }
        if (code === "") {
          // The password was right: asking for the code is no failure.
          await giveTriesBack(tx, tried, { forgets: false });
          return refused({ kind: "codeNeeded" });
        }
        const totp = afterCode(fresh.totp, code, at);
        if (totp === null) {
          await noteOwn(tx, { user, ...SIGN_IN, at, refusal: "Wrong code." });
          return refused({ kind: "codeWrong" });
        }
        await giveTriesBack(tx, tried);
        return ok(await begin(tx, { ...fresh, totp }, whence));
      });
    },
    withLink: (token, whence) =>
      storage.write(async (tx) => {
        const link = await tx.link(secretHash(token));
        const user = link?.kind === "signIn" && link.user !== null ? await tx.user(link.user) : null;
        if (link === null || user === null || !user.active || !isLinkOpen(link, now()))
          return refused({ kind: "noSuchLink" });
        return ok(await begin(tx, user, whence));
      }),
  };
}

interface Tried {
  readonly of: Paced;
  readonly key: string;
}

/** Counts a try as failed until it has turned out well; refused where one has to wait. */
async function takeTry(
  tx: WriteTransaction,
  tried: readonly Tried[],
  at: Instant,
): Promise<Result<null, SignInRefusal>> {
  for (const { of, key } of tried) {
    const tries = await tx.signInTries(key);
    const until = tries === null ? at : nextTryAt(of, tries);
    if (until > at) return refused({ kind: "wait", until });
  }
  for (const { key } of tried) {
    const tries = await tx.signInTries(key);
    await tx.putSignInTries(key, { failures: (tries?.failures ?? 0) + 1, lastAt: at });
  }
  return ok(null);
}

/** An account that was opened has none against it; an address has one fewer, for others may be guessing from it. */
async function giveTriesBack(
  tx: WriteTransaction,
  tried: readonly Tried[],
  { forgets }: { readonly forgets: boolean } = { forgets: true },
): Promise<void> {
  for (const { of, key } of tried) {
    const tries = await tx.signInTries(key);
    if (tries === null) continue;
    if ((of === "account" && forgets) || tries.failures <= 1) await tx.forgetSignInTries(key);
    else await tx.putSignInTries(key, { ...tries, failures: tries.failures - 1 });
  }
}
