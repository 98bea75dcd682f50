import type { Result } from "#domain/result.ts";
import type { ErrorBody } from "#protocol/sync/error.ts";

export type ApiProblem =
  /** `unreachable`: what is asked again by itself was not answered; `unheard`: what was pressed, and changes nothing, was not. */
  | { readonly kind: "unreachable" | "unheard" | "unauthorised" | "strange" }
  /** No answer came to what was to be done or saved, and it may have been all the same. */
  | { readonly kind: "unanswered" }
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
  readonly content: string | Blob;
}

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** What there is to know of a call besides its method. */
export interface Manner {
  /** Nothing is changed by it, though it is no GET. */
  readonly isLook?: true;
  /** The server may work on it for minutes before it answers. */
  readonly isLong?: true;
}

export const LONG: Manner = { isLong: true };
/** A POST because of what is sent with it. */
export const LOOKS: Manner = { isLook: true };

/** One call of the server. Its answer is checked with the schema before a screen sees it. It ends in any case (`call.ts`). */
export type Ask = <T>(
  method: Method,
  path: string,
  schema: Schema<T>,
  body?: Body | null,
  manner?: Manner,
) => Promise<Answer<T>>;

/** What the server answers as a file; with a body it is posted. */
export type AskFile = (path: string, body?: Body | null) => Promise<Answer<Blob>>;

export function asJson(value: unknown): Body {
  return { type: "application/json", content: JSON.stringify(value) };
}
