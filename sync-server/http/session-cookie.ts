import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { SESSION_LIFE_MS } from "#domain/access/users.ts";
import type { Access } from "../access/access.ts";
import type { SignedIn } from "../access/sessions.ts";
import { Refusal } from "./errors.ts";

const COOKIE = "onetill_session";
/** Over TLS browsers take a cookie of this prefix from this very server alone, and from no neighbour of its domain (RFC 6265bis, section 4.1.3.2). */
const SECURE_PREFIX = "__Host-";
/** A page of another site cannot send a header of its own without being asked first, and nobody is told yes. */
const CONSOLE_HEADER = "onetill-console";
/** What a page of the console sends with what it asks by itself, with nobody at it. */
const UNATTENDED_HEADER = "onetill-unattended";
const ACCESS = "access";

/** Lets every address know who has signed in; once for an app. */
export function prepareSessions(app: FastifyInstance, access: Access): void {
  app.decorate(ACCESS, access);
}

/** Gives the browser its session: out of scripts' reach, and sent by pages of this server alone. */
export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  writeCookie(request, reply, `${token}; Max-Age=${SESSION_LIFE_MS / 1_000}`);
}

export function dropSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  writeCookie(request, reply, "; Max-Age=0");
}

/** A proxy that ends TLS says so; whoever lies about it gets a cookie that only TLS carries. */
function isByTls(request: FastifyRequest): boolean {
  return request.protocol === "https" || request.headers["x-forwarded-proto"] === "https";
}

/** Where whoever asks has found this server, `https://hq.example`: what is mailed about it opens there. Throws a refusal where they do not say. */
export function serverAddress(request: FastifyRequest): string {
  // A page says it itself, and was checked to be one of ours.
  const said = request.headers.origin ?? `${isByTls(request) ? "https" : "http"}://${request.headers.host}`;
  const address = URL.canParse(said) ? new URL(said) : null;
  if (address !== null && /^https?:$/.test(address.protocol)) return address.origin;
  throw new Refusal("badRequest", "The request does not say by which address this server was asked.");
}

function writeCookie(request: FastifyRequest, reply: FastifyReply, value: string): void {
  const isSecure = isByTls(request);
  void reply.header("cache-control", "no-store");
  void reply.header(
    "set-cookie",
    `${isSecure ? SECURE_PREFIX : ""}${COOKIE}=${value}; Path=/; HttpOnly; SameSite=Strict${isSecure ? "; Secure" : ""}`,
  );
}

/**
 * Who has signed in, by the cookie; null where there is none. Where a program sends a key the cookie counts for nothing. Throws a refusal where the
 * session has ended, or where something is to be changed and the question is not known to come from a page of this server.
 */
export async function signedIn(request: FastifyRequest): Promise<SignedIn | null> {
  if (request.headers.authorization !== undefined) return null;
  const token = cookieOf(request);
  if (token === null) return null;
  const found = await request.server.getDecorator<Access>(ACCESS).sessions.whoIs(token, {
    isUsed: !isByItself(request),
  });
  if (found === null) throw new Refusal("unauthorised", "Your session has ended. Sign in again.");
  if (request.method !== "GET" && request.method !== "HEAD") requireOwnPage(request);
  return found;
}

/** Whether a page asks by itself: pictures are asked for by what is drawn, and not by whoever looks at it. */
function isByItself({ headers }: FastifyRequest): boolean {
  return headers[UNATTENDED_HEADER] === "1" || headers["sec-fetch-dest"] === "image";
}

/** Throws a refusal unless a page of this very server asks, or a program that is no browser and says so. */
export function requireOwnPage(request: FastifyRequest): void {
  const { origin, host } = request.headers;
  const site = request.headers["sec-fetch-site"];
  const isConsole = request.headers[CONSOLE_HEADER] === "1";
  const fitsOrigin = origin === undefined ? null : URL.canParse(origin) && new URL(origin).host === host;
  const fitsSite = site === undefined ? null : site === "same-origin";
  const isKnown = fitsOrigin !== null || fitsSite !== null;
  if (!isConsole || !isKnown || fitsOrigin === false || fitsSite === false)
    throw new Refusal("forbidden", "This did not come from a page of this server, so nothing was done.", [
      `${CONSOLE_HEADER}: 1`,
    ]);
}

/** By TLS only the cookie of the prefix counts: the other may have come from a neighbour. */
function cookieOf(request: FastifyRequest): string | null {
  const name = `${isByTls(request) ? SECURE_PREFIX : ""}${COOKIE}=`;
  const sent = (request.headers.cookie ?? "").split(/;\s*/).find((each) => each.startsWith(name));
  const token = sent?.slice(name.length) ?? "";
  return /^[A-Za-z0-9_-]{20,200}$/.test(token) ? token : null;
}
