import { REPLICA_COLLECTIONS } from "#protocol/documents/collections.ts";
import { LIVE_KINDS } from "#protocol/hq/dashboard.ts";
import type { Live } from "../dashboard/live.ts";
import type { Storage } from "../storage/port.ts";
import type { NewInFeed, News } from "./news.ts";
import type { Wakeups } from "./wakeups.ts";

/** Passes what is told at any server on to the tills and consoles that listen at this one. */
export interface Hearing {
  /** Compares the heads of all feeds with those that were heard of, and wakes whom it concerns where one was missed. */
  catchUp(): Promise<void>;
  stop(): void;
}

export function createHearing({
  storage,
  wakeups,
  live,
}: {
  readonly storage: Storage;
  readonly wakeups: Wakeups;
  readonly live: Live;
}): Hearing {
  /** The newest of each feed that was heard of, or found. */
  const heads = new Map<string, number>();
  let isStopped = false;

  /** Which of a feed's collections it is, a head does not say. */
  function wakeAllOf(feeds: readonly string[]): void {
    if (feeds.length === 0) return;
    wakeups.announce(
      feeds.flatMap((feed) => REPLICA_COLLECTIONS.map((collection) => ({ feed, collection }))),
    );
    live.changed(LIVE_KINDS);
  }

  function heard({ feeds, live: kinds, dismissed, asked }: News): void {
    wakeups.announce(feeds);
    live.published(feeds);
    if (kinds.length > 0) live.changed(kinds);
    for (const device of dismissed) wakeups.dismiss(device);
    for (const device of asked) wakeups.askHealth(device);
  }

  function inTurn(feeds: readonly NewInFeed[]): void {
    const gaps = feeds.filter(({ feed, since }) => since > (heads.get(feed) ?? since));
    for (const { feed, head } of feeds) heads.set(feed, Math.max(heads.get(feed) ?? 0, head));
    wakeAllOf([...new Set(gaps.map(({ feed }) => feed))]);
  }

  async function catchUp(): Promise<void> {
    const newest = await storage.read((tx) => tx.feedHeads());
    if (isStopped) return;
    const missed = [...newest].filter(([feed, head]) => head > (heads.get(feed) ?? 0));
    for (const [feed, head] of missed) heads.set(feed, head);
    wakeAllOf(missed.map(([feed]) => feed));
  }

  const stop = storage.listen((said) => {
    switch (said.kind) {
      case "news":
        return heard(said.news);
      case "inTurn":
        return inTurn(said.feeds);
      case "missed":
        live.changed(LIVE_KINDS);
        // Where this fails the next comparison finds it.
        catchUp().catch(() => undefined);
    }
  });

  return {
    catchUp,
    stop: () => {
      isStopped = true;
      stop();
    },
  };
}
