import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { RIGHTS } from "#domain/access/rights.ts";
import { sessionEnd } from "#domain/access/users.ts";
import type { Instant } from "#domain/ids.ts";
import {
  acceptLinkSchema,
  linkAnswerSchema,
  lookAtLinkSchema,
  ownSessionsSchema,
  type SessionAnswer,
  sessionAnswerSchema,
  signInRequestSchema,
} from "#protocol/hq/access.ts";
import type { AcceptRefusal } from "../access/links.ts";
import { type SignedIn, sessionId } from "../access/sessions.ts";
import type { Begun, SignInRefusal } from "../access/sign-in.ts";
import { type Asker, hasRight } from "./asker.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { hqCall, serve } from "./hq-call.ts";
import { openCall, serveOpen } from "./open-call.ts";
import { passwordRefusal } from "./password-refusal.ts";
import { dropSessionCookie, setSessionCookie } from "./session-cookie.ts";
import { userRows } from "./user-rows.ts";

const OWN = { right: null, reach: "shared", params: null, query: null, body: null } as const;
const OPEN = { ...OWN, open: true, method: "POST", trail: "none" } as const;
const ownSessionParams = z.strictObject({ id: z.string().regex(/^[0-9a-f]{12}$/) });

export const SESSION_CALLS = {
  signIn: openCall({
    ...OPEN,
    path: "/hq/v1/session",
    summary: "Sign in: the answer sets the cookie of the session",
    words:
      "Asked with the header `onetill-console: 1` from a page of this server. An unknown e-mail address and a wrong password are answered alike. `codeNeeded` in `details`: ask again with the code of the app.",
    body: signInRequestSchema,
    answer: sessionAnswerSchema,
    refusals: ["unauthorised", "forbidden", "tooManyRequests"],
  }),
  lookAtLink: openCall({
    ...OPEN,
    path: "/hq/v1/links/look",
    summary: "Whom a one-time link is for",
    body: lookAtLinkSchema,
    answer: linkAnswerSchema,
    refusals: ["forbidden", "notFound"],
  }),
  acceptLink: openCall({
    ...OPEN,
    path: "/hq/v1/links/accept",
    summary: "Choose a password by a one-time link, which opens nothing afterwards",
    body: acceptLinkSchema,
    answer: z.strictObject({ email: z.string() }),
    refusals: ["badRequest", "forbidden", "notFound"],
  }),
  session: hqCall({
    ...OWN,
    method: "GET",
    path: "/hq/v1/session",
    summary: "Who asks, and what they may do",
    answer: sessionAnswerSchema,
    refusals: [],
    trail: "none",
  }),
  signOut: hqCall({
    ...OWN,
    method: "DELETE",
    path: "/hq/v1/session",
    summary: "Sign out",
    answer: z.strictObject({}),
    refusals: ["conflict"],
    trail: { subject: "session", id: () => "" },
  }),
  ownSessions: hqCall({
    ...OWN,
    method: "GET",
    path: "/hq/v1/session/all",
    summary: "One's open sessions, the newest first",
    answer: ownSessionsSchema,
    refusals: ["conflict"],
    trail: "none",
  }),
  endOtherSessions: hqCall({
    ...OWN,
    method: "DELETE",
    path: "/hq/v1/session/others",
    summary: "End every session of one's own but this one",
    answer: z.strictObject({}),
    refusals: ["conflict"],
    trail: { subject: "session", id: () => "" },
  }),
  endOwnSession: hqCall({
    ...OWN,
    method: "DELETE",
    path: "/hq/v1/session/all/:id",
    summary: "End one session of one's own",
    params: ownSessionParams,
    answer: z.strictObject({}),
    refusals: ["conflict", "notFound"],
    trail: { subject: "session", id: ({ params }) => params.id },
  }),
};

/** Signing in and out, and one's own sessions (protocol/hq/access.ts, docs/access.md). */
export function registerSessionRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { sessions, links } = deps.access;
  registerSignIn(app, deps);
  serveOpen(app, SESSION_CALLS.lookAtLink, async ({ body: { kind, token } }) => {
    const found = await links.look(kind, token);
    if (found === null) throw acceptRefusal("noSuchLink");
    const { user } = found;
    return { user: user === null ? null : { email: user.email, name: user.name } };
  });
  serveOpen(app, SESSION_CALLS.acceptLink, async ({ body: { email, name, ...wanted } }) => {
    const newcomer = email === undefined || name === undefined ? null : { email, name };
    const accepted = await links.accept({ ...wanted, newcomer });
    if (!accepted.ok) throw acceptRefusal(accepted.reason);
    return { email: accepted.value.email };
  });
  serve(app, deps, SESSION_CALLS.session, ({ asker }) => answerFor(deps, asker));
  serve(app, deps, SESSION_CALLS.signOut, async ({ asker, request, reply }) => {
    await sessions.end(personOf(asker).session);
    dropSessionCookie(request, reply);
    return {};
  });
  serve(app, deps, SESSION_CALLS.ownSessions, async ({ asker }) => {
    const { user, session } = personOf(asker);
    const found = await sessions.list(user.id);
    return {
      sessions: found.map(({ hash, createdAt, seenAt, agent, address }) => ({
        id: sessionId({ hash }),
        isThis: hash === session.hash,
        createdAt,
        seenAt,
        agent,
        address,
      })),
    };
  });
  serve(app, deps, SESSION_CALLS.endOtherSessions, async ({ asker }) => {
    await sessions.endOthers(personOf(asker).session);
    return {};
  });
  serve(app, deps, SESSION_CALLS.endOwnSession, async ({ asker, params: { id } }) => {
    if (!(await sessions.endOne(personOf(asker).user.id, id)))
      throw new Refusal("notFound", "This session has ended already.");
    return {};
  });
}

function registerSignIn(app: FastifyInstance, deps: ServerDeps): void {
  const { signIn } = deps.access;
  serveOpen(app, SESSION_CALLS.signIn, async ({ body, request, reply }) => {
    const whence = { agent: request.headers["user-agent"] ?? "", address: request.ip };
    const begun =
      "link" in body ? await signIn.withLink(body.link, whence) : await signIn.withPassword(body, whence);
    if (!begun.ok) throw signInRefusal(begun.reason, { reply, now: deps.now() });
    setSessionCookie(request, reply, begun.value.token);
    return answerFor(deps, askerOfSession(begun.value));
  });
}

function askerOfSession(begun: Begun): Asker {
  const { user } = begun;
  return {
    kind: "user",
    id: user.id,
    name: user.name,
    role: user.role,
    stores: user.stores,
    signedIn: begun,
  };
}

async function answerFor({ storage }: ServerDeps, asker: Asker): Promise<SessionAnswer> {
  const person = asker.kind === "user" ? asker.signedIn : null;
  const [user = null] = await storage.read((tx) => userRows(tx, person === null ? [] : [person.user]));
  return {
    user,
    name: asker.name,
    rights: RIGHTS.filter((right) => hasRight(asker, right)),
    stores: user === null ? null : user.stores,
    endsAt: person === null ? null : sessionEnd(person.session),
  };
}

/** The person who asks; a key has neither session nor password. */
export function personOf(asker: Asker): SignedIn {
  if (asker.kind === "user") return asker.signedIn;
  throw new Refusal("conflict", "This is for people who signed in; a key has no session and no password.");
}

function signInRefusal(
  reason: SignInRefusal,
  { reply, now }: { readonly reply: FastifyReply; readonly now: Instant },
): Refusal {
  switch (reason.kind) {
    case "wrong":
      return new Refusal("unauthorised", "The e-mail address or the password is wrong.", ["wrong"]);
    case "codeNeeded":
      return new Refusal("unauthorised", "Type the code that your app shows.", ["codeNeeded"]);
    case "codeWrong":
      return new Refusal("unauthorised", "The code is wrong, or was used already.", ["codeWrong"]);
    case "noSuchLink":
      return new Refusal("unauthorised", "This link opens nothing any more.", ["noSuchLink"]);
    case "wait": {
      const seconds = Math.max(1, Math.ceil((reason.until - now) / 1_000));
      void reply.header("retry-after", String(seconds));
      return new Refusal("tooManyRequests", `Too many tries. Wait ${seconds} seconds and try again.`, [
        "wait",
      ]);
    }
  }
}

function acceptRefusal(reason: AcceptRefusal): Refusal {
  if (reason === "noSuchLink")
    return new Refusal("notFound", "This link was used already or has run out. Ask an admin for another.");
  if (reason === "noName")
    return new Refusal("badRequest", "The first admin needs an e-mail address and a name.");
  return passwordRefusal(reason);
}
