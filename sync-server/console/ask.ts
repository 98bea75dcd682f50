import type { Result } from "#domain/result.ts";
import type { ErrorBody } from "#protocol/sync/error.ts";

export type ApiProblem =
  | { readonly kind: "unreachable" | "unauthorised" | "strange" }
  /** The server said no, in words meant for people. */
  | {
      readonly kind: "refused";
      readonly message: string;
      /** The same in a word for programs; null where it has none. */
      readonly detail: string | null;
      /** For programs: why, and what of what was sent. */
      readonly reason?: ErrorBody["reason"];
      readonly details?: readonly string[];
    };

export type Answer<T> = Result<T, ApiProblem>;

/** What a schema of the protocol does for the console. */
export interface Schema<T> {
  safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false };
}

export interface Body {
  readonly type: string;
  readonly content: BodyInit;
}

/** One call of the server. Its answer is checked with the schema before a screen sees it. */
export type Ask = <T>(
  method: "GET" | "POST" | "PUT" | "DELETE",
  path: string,
  schema: Schema<T>,
  body?: Body | null,
) => Promise<Answer<T>>;

export function asJson(value: unknown): Body {
  return { type: "application/json", content: JSON.stringify(value) };
}
