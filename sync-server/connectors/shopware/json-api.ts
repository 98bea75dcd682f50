import type { Instant } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Http, HttpRequest, Told } from "../port.ts";

/** Why a platform does not know yet what it was to be told. */
export type NotTold = Exclude<Told, { readonly kind: "told" }>;

/** A call that was answered with success: its body as JSON, null where it has none. */
export type Answer = Result<unknown, NotTold & { readonly status: number | null }>;

/** Answers that may be others at another time: in conflict with what is going on, locked, too many. */
const PASSING: readonly number[] = [408, 409, 423, 425, 429];
const MAX_WORDS = 300;

/**
 * Calls a platform's JSON API. What cannot be reached, is overloaded or stumbles is `later`, after the `Retry-After` it names; what it refuses for good is
 * `refused`, in the words that `wordsOf` finds in its answer.
 */
export async function callJson({
  http,
  request: { method, url, headers, body },
  wordsOf,
  now,
}: {
  readonly http: Http;
  readonly request: Omit<HttpRequest, "body"> & { readonly body?: unknown };
  readonly wordsOf: (body: unknown) => string | null;
  readonly now: () => Instant;
}): Promise<Answer> {
  const typed = body === undefined ? {} : { "content-type": "application/json" };
  const answer = await http({
    method,
    url,
    headers: { accept: "application/json", ...typed, ...headers },
    body: body === undefined ? null : JSON.stringify(body),
  });
  if ("failure" in answer)
    return refused({ kind: "later", failure: answer.failure, afterMs: null, status: null });
  const { status } = answer;
  const parsed = jsonOf(answer.body);
  if (status >= 200 && status < 300) {
    if (parsed !== undefined) return ok(parsed);
    return refused({ kind: "later", failure: "The shop's answer is no JSON.", afterMs: null, status });
  }
  const words = wordsOf(parsed)?.slice(0, MAX_WORDS) ?? null;
  const failure = `The shop answered ${status}${words === null ? "" : `: ${words}`}.`;
  if (status >= 500 || PASSING.includes(status)) {
    return refused({ kind: "later", failure, afterMs: waitOf(answer.headers["retry-after"], now()), status });
  }
  return refused({ kind: "refused", failure, status });
}

function jsonOf(text: string): unknown {
  if (text.trim() === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `Retry-After` names seconds or a date (RFC 9110, 10.2.3). */
function waitOf(header: string | undefined, now: Instant): number | null {
  if (header === undefined) return null;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

/** The failure of a call as it is told on. */
export function notTold({ kind, failure, ...rest }: NotTold): NotTold {
  return kind === "later"
    ? { kind, failure, afterMs: "afterMs" in rest ? rest.afterMs : null }
    : { kind, failure };
}
