/** An act that happened, or was refused for a reason that the caller must choose by. */
export type Result<T, R> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: R };

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function refused<const R>(reason: R): { readonly ok: false; readonly reason: R } {
  return { ok: false, reason };
}
