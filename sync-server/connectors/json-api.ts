import { z } from "zod";
import type { Instant } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { bodyOf, later, type NotTold } from "./answers.ts";
import { jsonOf } from "./json.ts";
import type { Http, HttpRequest } from "./port.ts";

/** In conflict with what is going on there, or locked by it: another time it may work. */
const BUSY: readonly number[] = [409, 423];

/** What a machine answers that has no such API, or none that takes anything. */
const NOTHING_THERE: readonly number[] = [404, 405, 410];

/** How the API itself says that it has no such thing: what is no API answers with a page. */
const ownWordsSchema = z.union([
  z.looseObject({ errors: z.array(z.unknown()).min(1) }),
  z.looseObject({ type: z.string(), message: z.string() }),
]);

/** What a call came to: its answer as JSON, null where that is empty. */
export interface Answer {
  /** Null where the shop could not be reached. */
  readonly status: number | null;
  readonly result: Result<unknown, NotTold>;
}

/**
 * Calls a platform's JSON API. `shop` is what it is called in words. Where the address is wrong (it leads elsewhere, or no such API is there) the answer is
 * `later`, as for wrong credentials: HQ can mend it while the news waits.
 */
export async function callJson({
  http,
  request: { method, url, headers, body },
  shop,
  now,
}: {
  readonly http: Http;
  readonly request: Omit<HttpRequest, "body"> & { readonly body?: unknown };
  readonly shop: string;
  readonly now: () => Instant;
}): Promise<Answer> {
  const typed = body === undefined ? {} : { "content-type": "application/json" };
  const answer = await http({
    method,
    url,
    headers: { accept: "application/json", ...typed, ...headers },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const status = "failure" in answer ? null : answer.status;
  if (status !== null && BUSY.includes(status))
    return { status, result: refused(later(`${shop} is busy with the order (${status})`)) };
  const misled = misledBy(answer, shop);
  if (misled !== null) return { status, result: refused(later(misled)) };
  const read = bodyOf(answer, { shop, now: now() });
  return { status, result: read.ok ? parsed(read.value, shop) : read };
}

/** That no such API is at the address, in words; null for nothing. */
function misledBy(answer: Awaited<ReturnType<Http>>, shop: string): string | null {
  if ("failure" in answer) return null;
  const { status, body } = answer;
  if (!NOTHING_THERE.includes(status)) return null;
  if (ownWordsSchema.safeParse(jsonOf(body)).success) return null;
  return `There is no API of ${shop} at its address (${status}): check the address.`;
}

function parsed(text: string, shop: string): Result<unknown, NotTold> {
  if (text.trim() === "") return ok(null);
  const json = jsonOf(text);
  return json === undefined ? refused(later(`The answer of ${shop} is no JSON.`)) : ok(json);
}

/** An answer that is not as the platform documents it: another time it may be. */
export function unexpectedAnswer(shop: string, what: string): NotTold {
  return later(`The answer of ${shop} (${what}) is not as expected.`);
}
