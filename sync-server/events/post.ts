/** How long a receiver may take to answer; it should note the message and work on it later. */
export const POST_TIMEOUT_MS = 15_000;

export type PostAnswer = { readonly status: number } | { readonly failure: "timedOut" | "unreachable" };

/** Sends one message; never throws. */
export type Post = (message: {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}) => Promise<PostAnswer>;

/**
 * A sender over HTTP(S). A redirect is an answer like any other and is not followed: it would carry the message to where HQ never said. Of the
 * answer only the status is looked at.
 */
export function httpPost({ timeoutMs }: { readonly timeoutMs: number }): Post {
  return async ({ url, headers, body }) => {
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", "user-agent": "Onetill", ...headers },
        body,
        redirect: "manual",
        signal: AbortSignal.timeout(timeoutMs),
      });
      await answer.body?.cancel();
      return { status: answer.status };
    } catch (error) {
      const isLate = error instanceof Error && error.name === "TimeoutError";
      return { failure: isLate ? "timedOut" : "unreachable" };
    }
  };
}
