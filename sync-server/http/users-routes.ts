import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { storesOf, type UserId } from "#domain/access/users.ts";
import { idOf, type StoreId } from "#domain/ids.ts";
import type { Result } from "#domain/result.ts";
import {
  type InvitedAnswer,
  invitedAnswerSchema,
  inviteRequestSchema,
  userParamsSchema,
  userRequestSchema,
  userRowSchema,
  usersAnswerSchema,
  usersQuerySchema,
} from "#protocol/hq/access.ts";
import type { ErrorBody } from "#protocol/sync/error.ts";
import { publicUser } from "../access/sessions.ts";
import type { Handover, Invited, UserRefusal } from "../access/users.ts";
import type { UserRecord } from "../access/users-port.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { hqCall, serve } from "./hq-call.ts";
import { serverAddress } from "./session-cookie.ts";
import { userRows } from "./user-rows.ts";

const PAGE = 100;
const ONE = { reach: "allStores", params: userParamsSchema, query: null } as const;
const TRAIL = {
  subject: "user",
  id: ({ params }: { readonly params: { readonly id: string } }) => params.id,
  state: async (tx: ReadTransaction, { params }: { readonly params: { readonly id: UserId } }) => {
    const user = await tx.user(params.id);
    return user === null ? null : publicUser(user);
  },
};

function act(path: `/hq/v1/users/:id/${string}`, summary: string, method: "POST" | "DELETE" = "POST") {
  return hqCall({
    ...ONE,
    method,
    path,
    summary,
    right: "users.edit",
    body: null,
    answer: userRowSchema,
    refusals: ["notFound", "conflict"],
    trail: TRAIL,
  });
}

export const USER_CALLS = {
  users: hqCall({
    method: "GET",
    path: "/hq/v1/users",
    summary: "Who may sign in to the console, by name",
    right: "users.read",
    reach: "allStores",
    params: null,
    query: usersQuerySchema,
    body: null,
    answer: usersAnswerSchema,
    refusals: [],
    trail: "none",
  }),
  inviteUser: hqCall({
    method: "POST",
    path: "/hq/v1/users",
    summary:
      "Invite somebody: the link by which they choose a password within 72 hours is in the answer, or with `mail` in a mail to them",
    right: "users.edit",
    reach: "allStores",
    params: null,
    query: null,
    body: inviteRequestSchema,
    answer: invitedAnswerSchema,
    status: 201,
    refusals: ["badRequest", "conflict"],
    trail: { subject: "user", id: () => null },
  }),
  changeUser: hqCall({
    ...ONE,
    method: "PUT",
    path: "/hq/v1/users/:id",
    summary: "Change a user's name, role or stores; it holds at their next click",
    right: "users.edit",
    body: userRequestSchema,
    answer: userRowSchema,
    refusals: ["badRequest", "notFound", "conflict"],
    trail: TRAIL,
  }),
  linkForUser: hqCall({
    ...ONE,
    method: "POST",
    path: "/hq/v1/users/:id/link",
    summary:
      "A link to choose a password by: anew within 24 hours, or for the first time within 72 where they did not come yet",
    right: "users.edit",
    body: null,
    answer: invitedAnswerSchema,
    refusals: ["notFound", "conflict"],
    trail: TRAIL,
  }),
  user: hqCall({
    ...ONE,
    method: "GET",
    path: "/hq/v1/users/:id",
    summary: "A user, and how the mail with their link stands",
    right: "users.read",
    body: null,
    answer: userRowSchema,
    refusals: ["notFound"],
    trail: "none",
  }),
  mailLinkToUser: act(
    "/hq/v1/users/:id/link/mail",
    "Mail a user a link to choose a password by; it is made as the mail leaves, and nobody else sees it",
  ),
  dismissUser: act("/hq/v1/users/:id/dismiss", "Dismiss a user: signed out everywhere at once"),
  takeBackUser: act("/hq/v1/users/:id/take-back", "Take a user back, with the password of before"),
  endUserSessions: act("/hq/v1/users/:id/sessions", "End every session of a user", "DELETE"),
  dropUserTotp: act("/hq/v1/users/:id/totp", "Let a user sign in without the code of a lost app", "DELETE"),
};

/** Who may sign in to the console (protocol/hq/access.ts, docs/access.md). */
export function registerUsersRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, access, mails } = deps;
  const { users } = access;
  serve(app, deps, USER_CALLS.users, ({ query: { search, active, after } }) =>
    storage.read(async (tx) => {
      const found = await tx.users({
        search,
        active: active ?? null,
        after: placeOf(after),
        limit: PAGE + 1,
      });
      const shown = found.slice(0, PAGE);
      const last = found.length > PAGE ? shown.at(-1) : undefined;
      return {
        users: await userRows(tx, shown),
        next: last === undefined ? null : JSON.stringify([last.name, last.id]),
        sendsMail: mails.sends,
      };
    }),
  );
  serve(app, deps, USER_CALLS.inviteUser, async ({ body, request, reply }) => {
    const stores = await storesCalled(deps, body.stores);
    const by: Handover = body.mail ? byMail(deps, request) : { kind: "hand" };
    const invited = await users.invite({ ...body, stores }, by);
    void reply.header("cache-control", "no-store");
    return invitedAnswer(deps, done(invited));
  });
  serve(app, deps, USER_CALLS.changeUser, async ({ params: { id }, body }) => {
    const stores = await storesCalled(deps, body.stores);
    return row(deps, done(await users.change(id, { ...body, stores })));
  });
  serve(app, deps, USER_CALLS.linkForUser, async ({ params: { id }, reply }) => {
    void reply.header("cache-control", "no-store");
    return invitedAnswer(deps, done(await users.link(id, { kind: "hand" })));
  });
  serve(app, deps, USER_CALLS.mailLinkToUser, async ({ params: { id }, request }) =>
    row(deps, done(await users.link(id, byMail(deps, request))).user),
  );
  serve(app, deps, USER_CALLS.user, async ({ params: { id } }) => {
    const user = await storage.read((tx) => tx.user(id));
    if (user === null) throw new Refusal("notFound", REFUSALS.noSuchUser.words);
    return row(deps, user);
  });
  const { dismissUser, takeBackUser, endUserSessions, dropUserTotp } = USER_CALLS;
  serve(app, deps, dismissUser, async ({ params: { id } }) => row(deps, done(await users.dismiss(id))));
  serve(app, deps, takeBackUser, async ({ params: { id } }) => row(deps, done(await users.takeBack(id))));
  serve(app, deps, endUserSessions, async ({ params: { id } }) =>
    row(deps, done(await users.endSessions(id))),
  );
  serve(app, deps, dropUserTotp, async ({ params: { id } }) => row(deps, done(await users.dropTotp(id))));
}

async function row({ storage }: ServerDeps, user: UserRecord) {
  const [told] = await storage.read((tx) => userRows(tx, [user]));
  return told;
}

async function invitedAnswer(deps: ServerDeps, { user, link }: Invited): Promise<InvitedAnswer> {
  const [told] = await deps.storage.read((tx) => userRows(tx, [user]));
  if (told === undefined) throw new Refusal("notFound", REFUSALS.noSuchUser.words);
  if (link === null) return { id: user.id, user: told, link: null, expiresAt: null };
  const { kind, token, expiresAt } = link;
  return { id: user.id, user: told, link: `/console/#${kind}=${token}`, expiresAt };
}

/** Throws a refusal where this server was not told how to send mail. */
function byMail({ mails }: ServerDeps, request: FastifyRequest): Handover {
  if (mails.sends) return { kind: "mail", consoleAt: serverAddress(request) };
  throw new Refusal("conflict", "This server sends no mail. Make a link and hand it over yourself.", [
    "noMail",
  ]);
}

async function storesCalled(
  { storage }: ServerDeps,
  codes: readonly string[] | null,
): Promise<readonly StoreId[] | null> {
  const found = storesOf(codes, await storage.read((tx) => tx.stores()));
  if (!found.ok) throw new Refusal("badRequest", `There is no store ${found.reason}.`);
  return found.value;
}

const placeSchema = z.tuple([z.string(), z.string()]);

/** Where the page before ended, as its `next` says. */
function placeOf(after: string | undefined): { readonly name: string; readonly id: UserId } | null {
  if (after === undefined) return null;
  try {
    const [name, id] = placeSchema.parse(JSON.parse(after));
    return { name, id: idOf<"User">(id) };
  } catch {
    throw new Refusal("badRequest", "`after` is the `next` of the page before.");
  }
}

const REFUSALS: Readonly<Record<UserRefusal, { readonly as: ErrorBody["reason"]; readonly words: string }>> =
  {
    noSuchUser: { as: "notFound", words: "There is no such user." },
    emailTaken: { as: "conflict", words: "Somebody has this e-mail address already." },
    noStores: { as: "badRequest", words: "A store manager works for one store at least." },
    lastAdmin: { as: "conflict", words: "This is the last admin. Make another one first." },
    dismissed: { as: "conflict", words: "This user was dismissed. Take them back first." },
  };

function done<T>(result: Result<T, UserRefusal>): T {
  if (result.ok) return result.value;
  const { as, words } = REFUSALS[result.reason];
  throw new Refusal(as, words, [result.reason]);
}
