import type { Instant } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Http, Told } from "./port.ts";

/** Why a platform was not told. */
export type NotTold = Exclude<Told, { readonly kind: "told" }>;

/** Words of a platform are kept, but not pages of them. */
const MAX_WORDS = 300;

/**
 * What an API's answer means before its body is looked at. `later`: unreachable, too slow, too many requests or ill (then by its own
 * Retry-After), and also when the credentials are refused or the address leads elsewhere, since HQ can mend those while the news waits. Anything
 * else that is no success is `refused`.
 */
export function bodyOf(
  answer: Awaited<ReturnType<Http>>,
  { shop, now }: { readonly shop: string; readonly now: Instant },
): Result<string, NotTold> {
  if ("failure" in answer) return refused(later(`${shop} cannot be reached: ${answer.failure}`));
  const { status, headers, body } = answer;
  if (status >= 200 && status < 300) return ok(body);
  if (status >= 300 && status < 400) {
    const to = headers.location === undefined ? "elsewhere" : `to ${headers.location}`;
    const failure = `The address of ${shop} leads ${to} (${status}), where nothing is sent: correct the address.`;
    return refused(later(failure));
  }
  const afterMs = waitOf(headers["retry-after"], now);
  if (status === 401 || status === 403)
    return refused(
      later(
        `${shop} does not accept the credentials (${status}): check them and what they are allowed to do.`,
        afterMs,
      ),
    );
  if (status === 408 || status === 425 || status === 429 || status >= 500)
    return refused(later(`${shop} answered ${status}`, afterMs));
  return refused(never(`${shop} answered ${status}: ${body}`));
}

/** It may work another time; `afterMs` as the platform asks for, null where it does not say. */
export function later(failure: string, afterMs: number | null = null): NotTold {
  return { kind: "later", failure: failure.slice(0, MAX_WORDS), afterMs };
}

/** It will not work as it is: a person has to look. */
export function never(failure: string): NotTold {
  return { kind: "refused", failure: failure.slice(0, MAX_WORDS) };
}

/** A `Retry-After` in milliseconds from now: seconds, or a date (RFC 9110, 10.2.3); null for none, or nonsense. */
function waitOf(header: string | undefined, now: Instant): number | null {
  if (header === undefined) return null;
  if (/^\d+(\.\d+)?$/.test(header)) return Math.ceil(Number(header) * 1_000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
