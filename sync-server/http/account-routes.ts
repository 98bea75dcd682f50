import type { FastifyInstance } from "fastify";
import { z } from "zod";
import {
  changePasswordSchema,
  confirmTotpSchema,
  dropTotpSchema,
  recoveryCodesSchema,
  totpOfferSchema,
} from "#protocol/hq/access.ts";
import type { AccountRefusal } from "../access/account.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { hqCall, serve } from "./hq-call.ts";
import { passwordRefusal } from "./password-refusal.ts";
import { personOf } from "./session-routes.ts";

const OWN = { right: null, reach: "shared", params: null, query: null } as const;
const TRAIL = { subject: "account", id: () => "", secrets: ["password", "next", "secret", "code"] } as const;

export const ACCOUNT_CALLS = {
  changePassword: hqCall({
    ...OWN,
    method: "PUT",
    path: "/hq/v1/account/password",
    summary: "Change one's own password; every other session ends",
    body: changePasswordSchema,
    answer: z.strictObject({}),
    refusals: ["badRequest", "conflict", "tooManyRequests"],
    trail: TRAIL,
  }),
  totpOffer: hqCall({
    ...OWN,
    method: "GET",
    path: "/hq/v1/account/totp",
    summary: "A secret for an authenticator app; it counts once a code of it was confirmed",
    body: null,
    answer: totpOfferSchema,
    refusals: ["conflict"],
    trail: "none",
  }),
  confirmTotp: hqCall({
    ...OWN,
    method: "PUT",
    path: "/hq/v1/account/totp",
    summary: "Ask for a code of the app at every sign-in from now on; every other session ends",
    body: confirmTotpSchema,
    answer: recoveryCodesSchema,
    refusals: ["badRequest", "conflict", "tooManyRequests"],
    trail: TRAIL,
  }),
  dropTotp: hqCall({
    ...OWN,
    method: "POST",
    path: "/hq/v1/account/totp/drop",
    summary: "Sign in by password alone again",
    body: dropTotpSchema,
    answer: z.strictObject({}),
    refusals: ["conflict", "tooManyRequests"],
    trail: TRAIL,
  }),
};

/** One's own way of signing in (protocol/hq/access.ts). */
export function registerAccountRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { account } = deps.access;
  serve(app, deps, ACCOUNT_CALLS.changePassword, async ({ asker, body }) => {
    const done = await account.changePassword(personOf(asker), body);
    if (!done.ok) throw accountRefusal(done.reason);
    return {};
  });
  serve(app, deps, ACCOUNT_CALLS.totpOffer, async ({ asker, reply }) => {
    void reply.header("cache-control", "no-store");
    return account.offerTotp(personOf(asker));
  });
  serve(app, deps, ACCOUNT_CALLS.confirmTotp, async ({ asker, body, reply }) => {
    const done = await account.confirmTotp(personOf(asker), body);
    if (!done.ok) throw accountRefusal(done.reason);
    void reply.header("cache-control", "no-store");
    return { recoveryCodes: done.value };
  });
  serve(app, deps, ACCOUNT_CALLS.dropTotp, async ({ asker, body }) => {
    const done = await account.dropTotp(personOf(asker), body);
    if (!done.ok) throw accountRefusal(done.reason);
    return {};
  });
}

function accountRefusal(reason: AccountRefusal): Refusal {
  if (reason === "wrongPassword") return new Refusal("conflict", "The password is wrong.", [reason]);
  if (reason === "wrongCode")
    return new Refusal("conflict", "The code is wrong. Is the clock of the phone right?", [reason]);
  if (reason === "wait") return new Refusal("tooManyRequests", "Too many tries. Wait a while and try again.");
  return passwordRefusal(reason);
}
