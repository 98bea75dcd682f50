import { z } from "zod";
import { RIGHTS } from "#domain/access/rights.ts";
import { HQ_ROLES } from "#domain/access/roles.ts";
import { instant } from "#domain/ids.ts";
import { emailSchema, idSchema, instantSchema, textSchema } from "../scalars.ts";

const storeCode = z.string().min(1).max(8);
const nameSchema = z.string().trim().min(1).max(80);
const MAX_STORES = 1_000;
/** A password on its way to the server, which keeps what it is checked by alone. */
const typedPassword = z.string().max(1_000);
const typedCode = z.string().max(40);
/** What a one-time link holds. */
const linkToken = z.string().regex(/^[A-Za-z0-9_-]{20,100}$/);
/** A moment in an address: milliseconds since the epoch. */
const momentSchema = z.coerce.number().int().nonnegative().max(8_640_000_000_000_000).transform(instant);
const roleSchema = z.enum(HQ_ROLES);

/** How the mail stands that brings somebody a link to choose a password by. The link lies in the mail alone. */
export const linkMailSchema = z.strictObject({
  /** `dead`: given up, for the reason in `lastFailure`. */
  state: z.enum(["waiting", "sent", "dead"]),
  askedAt: instantSchema,
  tries: z.number().int().nonnegative(),
  nextTryAt: instantSchema.nullable(),
  sentAt: instantSchema.nullable(),
  /** In the words of the mail server, or of the way to it. */
  lastFailure: z.string().nullable(),
});
export type LinkMailState = z.infer<typeof linkMailSchema>;

/** Somebody who may sign in at HQ. `stores`: codes of those they work for; null: all. */
export const userRowSchema = z.strictObject({
  id: idSchema<"User">(),
  email: textSchema,
  name: textSchema,
  role: roleSchema,
  stores: z.array(z.string()).nullable(),
  active: z.boolean(),
  /** False: was invited and has not chosen a password yet. */
  joined: z.boolean(),
  hasTotp: z.boolean(),
  createdAt: instantSchema,
  lastSignInAt: instantSchema.nullable(),
  /** Null: none is on its way, and none has come that still matters. */
  linkMail: linkMailSchema.nullable(),
});
export type UserRow = z.infer<typeof userRowSchema>;

/** `POST /hq/v1/session`: by e-mail address and password, with the code of an app where one was set up; or by the demo's link. */
export const signInRequestSchema = z.union([
  z.strictObject({
    email: z.string().max(320),
    password: typedPassword,
    code: typedCode.default(""),
  }),
  z.strictObject({ link: linkToken }),
]);

/** `GET /hq/v1/session`: who asks and what they may do. For a key `user` is null. */
export const sessionAnswerSchema = z.strictObject({
  user: userRowSchema.nullable(),
  name: textSchema,
  rights: z.array(z.enum(RIGHTS)),
  /** Codes of the stores they see; null: all. */
  stores: z.array(z.string()).nullable(),
  /** When the session ends if nothing more is done; null for a key. */
  endsAt: instantSchema.nullable(),
});
export type SessionAnswer = z.infer<typeof sessionAnswerSchema>;

/** Links by which a password is chosen: the first admin's, an invitation, a reset. */
export const joiningLinkSchema = z.enum(["setUp", "invite", "reset"]);
export type JoiningLinkName = z.infer<typeof joiningLinkSchema>;
/** `POST /hq/v1/links/look`: whom a link is for; null where it makes the first admin. */
export const lookAtLinkSchema = z.strictObject({ kind: joiningLinkSchema, token: linkToken });
export const linkAnswerSchema = z.strictObject({
  user: z.strictObject({ email: textSchema, name: textSchema }).nullable(),
});
/** `POST /hq/v1/links/accept`; e-mail address and name for the first admin alone. */
export const acceptLinkSchema = z.strictObject({
  kind: joiningLinkSchema,
  token: linkToken,
  password: typedPassword,
  email: emailSchema.optional(),
  name: nameSchema.optional(),
});
export type AcceptLinkRequest = z.infer<typeof acceptLinkSchema>;

/** `GET /hq/v1/session/others`: one's open sessions, the newest first. */
export const ownSessionsSchema = z.strictObject({
  sessions: z.array(
    z.strictObject({
      id: z.string(),
      isThis: z.boolean(),
      createdAt: instantSchema,
      seenAt: instantSchema,
      agent: z.string(),
      address: z.string(),
    }),
  ),
});
export type OwnSession = z.infer<typeof ownSessionsSchema>["sessions"][number];

/** `PUT /hq/v1/account/password`: every other session ends. */
export const changePasswordSchema = z.strictObject({ password: typedPassword, next: typedPassword });
/** `GET /hq/v1/account/totp`: a secret for an app, as it reads it; it counts once it was confirmed. */
export const totpOfferSchema = z.strictObject({ secret: z.string(), address: z.string() });
/** `PUT /hq/v1/account/totp` */
export const confirmTotpSchema = z.strictObject({
  password: typedPassword,
  secret: z.string().regex(/^[A-Z2-7]{32}$/),
  code: typedCode,
});
/** Each opens once where the app is lost; they are told this once. */
export const recoveryCodesSchema = z.strictObject({ recoveryCodes: z.array(z.string()) });
/** `POST /hq/v1/account/totp/drop` */
export const dropTotpSchema = z.strictObject({ password: typedPassword });

/** `GET /hq/v1/users?search&active&after`: by name; `after` is the `next` of the page before. */
export const usersQuerySchema = z.strictObject({
  search: z.string().max(120).default(""),
  active: z
    .enum(["true", "false"])
    .transform((text) => text === "true")
    .optional(),
  after: z.string().max(400).optional(),
});
export const usersAnswerSchema = z.strictObject({
  users: z.array(userRowSchema),
  next: z.string().nullable(),
  /** Whether this server can mail a link; else an admin hands it over. */
  sendsMail: z.boolean(),
});
/** `PUT /hq/v1/users/{id}`; `stores`: codes, for a store manager alone. */
export const userRequestSchema = z.strictObject({
  name: nameSchema,
  role: roleSchema,
  stores: z.array(storeCode).max(MAX_STORES).nullable(),
});
export type UserRequest = z.infer<typeof userRequestSchema>;
/** `POST /hq/v1/users`; with `mail` the server sends them the link. */
export const inviteRequestSchema = userRequestSchema.extend({
  email: emailSchema,
  mail: z.boolean().default(false),
});
export type InviteRequest = z.input<typeof inviteRequestSchema>;
/** A user, and what is to be opened in the console by them: `/console/#invite=…`. It is told this once; null: it was mailed. */
export const invitedAnswerSchema = z.strictObject({
  id: idSchema<"User">(),
  user: userRowSchema,
  link: z.string().nullable(),
  expiresAt: instantSchema.nullable(),
});
export type InvitedAnswer = z.infer<typeof invitedAnswerSchema>;
export const userParamsSchema = z.strictObject({ id: idSchema<"User">() });

/** `GET /hq/v1/audit-log?by&subject&id&from&until&before`: the newest first; `before` is the `next` of the page before. */
export const auditLogQuerySchema = z.strictObject({
  by: z.string().max(64).optional(),
  subject: z.string().max(64).optional(),
  id: z.string().max(300).optional(),
  from: momentSchema.optional(),
  until: momentSchema.optional(),
  before: z.coerce.number().int().positive().optional(),
});
export const trailRowSchema = z.strictObject({
  cursor: z.number().int(),
  at: instantSchema,
  by: z.strictObject({ kind: z.enum(["user", "key", "till"]), id: z.string(), name: z.string() }),
  call: z.string(),
  subject: z.strictObject({ kind: z.string(), id: z.string() }),
  asked: z.unknown(),
  before: z.unknown(),
  after: z.unknown(),
  outcome: z.enum(["begun", "done", "refused"]),
  refusal: z.string(),
});
export type TrailRow = z.infer<typeof trailRowSchema>;
export const auditLogAnswerSchema = z.strictObject({
  entries: z.array(trailRowSchema),
  next: z.number().int().nullable(),
});
/** `GET /hq/v1/audit-log/choices`: whom and what the log knows. */
export const auditLogChoicesSchema = z.strictObject({
  people: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  subjects: z.array(z.string()),
});
