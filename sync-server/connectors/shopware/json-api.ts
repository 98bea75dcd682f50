import type { Instant } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { bodyOf, later, type NotTold } from "../answers.ts";
import type { Http, HttpRequest } from "../port.ts";

/** In conflict with what is going on there, or locked by it: another time it may work. */
const BUSY: readonly number[] = [409, 423];

/** What a call came to: its answer as JSON, null where that is empty. */
export interface Answer {
  /** Null where the shop could not be reached. */
  readonly status: number | null;
  readonly result: Result<unknown, NotTold>;
}

/** Calls a platform's JSON API. `shop` is what it is called in words. */
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
  const read = bodyOf(answer, { shop, now: now() });
  return { status, result: read.ok ? jsonOf(read.value, shop) : read };
}

function jsonOf(text: string, shop: string): Result<unknown, NotTold> {
  if (text.trim() === "") return ok(null);
  try {
    return ok(JSON.parse(text));
  } catch {
    return refused(later(`The answer of ${shop} is no JSON.`));
  }
}
