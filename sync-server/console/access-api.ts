import { emailOf, type UserId } from "#domain/access/users.ts";
import {
  type AcceptLinkRequest,
  auditLogAnswerSchema,
  auditLogChoicesSchema,
  type InviteRequest,
  invitedAnswerSchema,
  type JoiningLinkName,
  linkAnswerSchema,
  ownSessionsSchema,
  recoveryCodesSchema,
  type SessionAnswer,
  sessionAnswerSchema,
  totpOfferSchema,
  type UserRequest,
  userRowSchema,
  usersAnswerSchema,
} from "#protocol/hq/access.ts";
import { type Answer, type Ask, asJson, LOOKS, type Schema } from "./ask.ts";

/** What the audit log is asked for; what is empty is not. `from` and `until` in milliseconds. */
export interface AuditLogAsk {
  readonly by: string;
  readonly subject: string;
  readonly id: string;
  readonly from: number | null;
  readonly until: number | null;
  readonly before: number | null;
}

const DONE: Schema<object> = {
  safeParse: (value) =>
    typeof value === "object" && value !== null ? { success: true, data: value } : { success: false },
};

/** Signing in, one's own account, who may sign in and what they did. */
export class AccessApi {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  session = () => this.#ask("GET", "/hq/v1/session", sessionAnswerSchema);
  signIn = (typed: { readonly email: string; readonly password: string; readonly code: string }) =>
    this.#begin(typed, typed.email);
  signInByLink = (link: string) => this.#begin({ link }, null);
  signOut = () => this.#ask("DELETE", "/hq/v1/session", DONE);

  /**
   * Where no answer came, the session may have begun all the same, and what led to it is used up: it is asked for, once. Whoever typed their address is not
   * let in by the session of somebody else, which the cookie may still be of. `email`: null where none was typed.
   */
  async #begin(by: object, email: string | null): Promise<Answer<SessionAnswer>> {
    const begun = await this.#ask("POST", "/hq/v1/session", sessionAnswerSchema, asJson(by));
    if (begun.ok || begun.reason.kind !== "unanswered") return begun;
    const session = await this.session();
    if (!session.ok) return begun;
    const isTheirs = email === null || emailOf(session.value.user?.email ?? "") === emailOf(email);
    return isTheirs ? session : begun;
  }

  lookAtLink = (link: { readonly kind: JoiningLinkName; readonly token: string }) =>
    this.#ask("POST", "/hq/v1/links/look", linkAnswerSchema, asJson(link), LOOKS);
  acceptLink = (wanted: AcceptLinkRequest) => this.#ask("POST", "/hq/v1/links/accept", DONE, asJson(wanted));

  ownSessions = () => this.#ask("GET", "/hq/v1/session/all", ownSessionsSchema);
  endSession = (id: string) => this.#ask("DELETE", `/hq/v1/session/all/${encodeURIComponent(id)}`, DONE);
  endOtherSessions = () => this.#ask("DELETE", "/hq/v1/session/others", DONE);
  changePassword = (typed: { readonly password: string; readonly next: string }) =>
    this.#ask("PUT", "/hq/v1/account/password", DONE, asJson(typed));
  totpOffer = () => this.#ask("GET", "/hq/v1/account/totp", totpOfferSchema);
  confirmTotp = (typed: { readonly password: string; readonly secret: string; readonly code: string }) =>
    this.#ask("PUT", "/hq/v1/account/totp", recoveryCodesSchema, asJson(typed));
  dropTotp = (password: string) => this.#ask("POST", "/hq/v1/account/totp/drop", DONE, asJson({ password }));

  users(ask: { readonly search: string; readonly active: boolean | null; readonly after: string | null }) {
    const query = new URLSearchParams({ search: ask.search });
    if (ask.active !== null) query.set("active", String(ask.active));
    if (ask.after !== null) query.set("after", ask.after);
    return this.#ask("GET", `/hq/v1/users?${query}`, usersAnswerSchema);
  }

  user = (id: UserId) => this.#ask("GET", pathOf(id), userRowSchema);
  invite = (wanted: InviteRequest) => this.#ask("POST", "/hq/v1/users", invitedAnswerSchema, asJson(wanted));
  changeUser = (id: UserId, wanted: UserRequest) =>
    this.#ask("PUT", pathOf(id), userRowSchema, asJson(wanted));
  linkFor = (id: UserId) => this.#ask("POST", `${pathOf(id)}/link`, invitedAnswerSchema);
  mailLinkTo = (id: UserId) => this.#ask("POST", `${pathOf(id)}/link/mail`, userRowSchema);
  dismiss = (id: UserId) => this.#ask("POST", `${pathOf(id)}/dismiss`, userRowSchema);
  takeBack = (id: UserId) => this.#ask("POST", `${pathOf(id)}/take-back`, userRowSchema);
  endSessionsOf = (id: UserId) => this.#ask("DELETE", `${pathOf(id)}/sessions`, userRowSchema);
  dropTotpOf = (id: UserId) => this.#ask("DELETE", `${pathOf(id)}/totp`, userRowSchema);

  auditLog(ask: AuditLogAsk) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(ask))
      if (value !== null && value !== "") query.set(name, String(value));
    return this.#ask("GET", `/hq/v1/audit-log?${query}`, auditLogAnswerSchema);
  }

  auditLogChoices = () => this.#ask("GET", "/hq/v1/audit-log/choices", auditLogChoicesSchema);
}

function pathOf(id: UserId): string {
  return `/hq/v1/users/${encodeURIComponent(id)}`;
}
