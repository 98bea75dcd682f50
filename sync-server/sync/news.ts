import type { DeviceId } from "#domain/ids.ts";
import type { LiveKind } from "#protocol/hq/dashboard.ts";
import type { ChangedFeed } from "./wakeups.ts";

/** A feed that has something newer: the sequence numbers of the newest, and of the newest before the transaction. */
export interface NewInFeed extends ChangedFeed {
  readonly head: number;
  readonly since: number;
}

/** What one transaction brought about that tills and consoles wait to hear of, at whatever server they listen. It carries no data: who hears it asks. */
export interface News {
  readonly feeds: readonly NewInFeed[];
  /** What else has changed for people at HQ. */
  readonly live: readonly LiveKind[];
  /** Tills that are to be hung up on. */
  readonly dismissed: readonly DeviceId[];
  /** Tills of which HQ wants to know how they are. */
  readonly asked: readonly DeviceId[];
}

export type TellsNews<T> = (done: T) => News;

/**
 * `inTurn`: what news said of feeds, in the order in which the transactions of all servers became durable; what this server told itself it hears as
 * news before. `missed`: something may have been told that this server did not hear.
 */
export type Said =
  | { readonly kind: "news"; readonly news: News }
  | { readonly kind: "inTurn"; readonly feeds: readonly NewInFeed[] }
  | { readonly kind: "missed" };

export function newsOf(news: Partial<News>): News {
  return { feeds: [], live: [], dismissed: [], asked: [], ...news };
}

/** Whoever listens to what transactions tell. */
export class Ears {
  readonly #listening = new Set<(said: Said) => void>();

  listen(hear: (said: Said) => void): () => void {
    this.#listening.add(hear);
    return () => this.#listening.delete(hear);
  }

  say(said: Said): void {
    for (const hear of [...this.#listening]) hear(said);
  }
}
