import type { Instant } from "#domain/ids.ts";
import { nextTryAt } from "../events/backoff.ts";
import type { MailSent } from "./port.ts";

/** What is kept of how far a mail came, whatever it is about. */
interface Standing {
  readonly state: "waiting" | "sent" | "dead";
  readonly tries: number;
  readonly nextTryAt: Instant | null;
  readonly sentAt: Instant | null;
  readonly lastFailure: string | null;
}

/** A mail after a try: sent, to be tried again later, or given up. `tries` counts this one; `chance` is a number from 0 to 1. */
export function afterTry<M extends Standing>(
  mail: M,
  sent: MailSent,
  { now, chance }: { readonly now: Instant; readonly chance: number },
): M {
  if (sent.ok) return { ...mail, state: "sent", sentAt: now, nextTryAt: null, lastFailure: null };
  const next = sent.isFinal ? null : nextTryAt({ failures: mail.tries, now, chance });
  return { ...mail, state: next === null ? "dead" : "waiting", nextTryAt: next, lastFailure: sent.failure };
}
