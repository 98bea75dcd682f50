import type { Http } from "./port.ts";

/** How long a platform's API may take. */
export const API_TIMEOUT_MS = 20_000;
/** The largest answer that is read, in bytes. */
export const MAX_ANSWER_BYTES = 5 * 1024 * 1024;

/** Calls over HTTP(S). Redirects are not followed: they would carry the credentials to where HQ never said. An answer that is too large is a failure. */
export function fetchHttp({
  timeoutMs,
  maxBytes,
}: {
  readonly timeoutMs: number;
  readonly maxBytes: number;
}): Http {
  return async ({ method, url, headers, body }) => {
    try {
      const answer = await fetch(url, {
        method,
        headers: { "user-agent": "Onetill", ...headers },
        ...(body === null ? {} : { body }),
        redirect: "manual",
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await textOf(answer, maxBytes);
      if (text === null) return { failure: "The answer was larger than expected." };
      return { status: answer.status, headers: Object.fromEntries(answer.headers), body: text };
    } catch (error) {
      const isLate = error instanceof Error && error.name === "TimeoutError";
      return { failure: isLate ? "The shop did not answer in time." : "The shop could not be reached." };
    }
  };
}

/** Null when it is larger than allowed; the rest is not read then. */
async function textOf({ body }: Response, maxBytes: number): Promise<string | null> {
  if (body === null) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
