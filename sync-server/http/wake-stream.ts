import type { ServerResponse } from "node:http";
import type { FastifyReply } from "fastify";
import type { DeviceId } from "#domain/ids.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import { HEARTBEAT_MS } from "#protocol/sync/changes.ts";
import { HEALTH_EVENT } from "#protocol/sync/health.ts";
import { type CollectionsByFeed, collectionsByFeed, collectionsWithMore } from "../sync/feeds.ts";
import type { ChangedFeed, Listener } from "../sync/wakeups.ts";
import type { ServerDeps } from "./deps.ts";

/** Wake-ups that may wait for one slow till. */
const MAX_UNREAD_WAKE_BYTES = 64 * 1024;
/** A comment of the event stream: says that the line is alive. */
const HEARTBEAT = ": here\n\n";
const OK = 200;

export interface Listening {
  readonly device: DeviceId;
  /** Of the token that it showed. */
  readonly tokenHash: string;
  /** Its store, as it was a moment ago. */
  readonly store: StoreSettings;
}

type Deps = Pick<ServerDeps, "wakeups" | "newestStandings" | "health" | "every">;

/**
 * Answers with the stream of wake-ups, which lasts as long as the till does. A large chain holds ten thousand of them, so that each keeps only what it needs:
 * it is taken out of Fastify's hands with its request, and of the store's settings nothing is left but which collections come from which feed (decision 39).
 */
export function openWakeStream(deps: Deps, reply: FastifyReply, listening: Listening): void {
  const head: Record<string, string | number | string[] | undefined> = reply.getHeaders();
  const { raw } = reply.hijack();
  // The till went while it was looked up: nobody would ever tell that it is gone.
  if (raw.destroyed) return;
  // One packet, in which the head is a text of its own: Node keeps it as long as the answer lasts, and one that was never written by itself in dozens of pieces.
  raw.cork();
  try {
    raw.writeHead(OK, {
      ...head,
      "cache-control": "no-store",
      "content-type": "text/event-stream",
      "x-accel-buffering": "no",
      "x-content-type-options": "nosniff",
    });
    raw.flushHeaders();
    new WakeStream(deps, raw, listening).open();
  } finally {
    raw.uncork();
  }
}

class WakeStream implements Listener {
  readonly device: DeviceId;
  readonly #deps: Deps;
  readonly #answer: ServerResponse;
  readonly #tokenHash: string;
  #collections: CollectionsByFeed;
  #stopListening: () => void = () => undefined;

  constructor(deps: Deps, answer: ServerResponse, { device, tokenHash, store }: Listening) {
    this.#deps = deps;
    this.#answer = answer;
    this.device = device;
    this.#tokenHash = tokenHash;
    this.#collections = collectionsByFeed(store);
  }

  get feeds(): Iterable<string> {
    return this.#collections.keys();
  }

  open(): void {
    const { wakeups, health, every } = this.#deps;
    this.#stopListening = wakeups.listen(this);
    const endHeartbeat = every(HEARTBEAT_MS, () => this.#tell(HEARTBEAT));
    this.#answer.once("close", () => {
      endHeartbeat();
      this.#stopListening();
    });
    this.#tell(HEARTBEAT);
    // What it begins from was read before anybody could tell it of a change.
    this.#followNewest();
    health.waitsForLog(this.device).then(
      (waits) => {
        if (waits) this.askHealth();
      },
      // It comes again, and is asked then.
      () => this.end(),
    );
  }

  concerns({ feed, collection }: ChangedFeed): boolean {
    return this.#collections.get(feed)?.includes(collection) === true;
  }

  wake(collections: readonly ReplicaCollection[]): void {
    this.#tell(`event: wake\ndata: ${JSON.stringify({ collections })}\n\n`);
    // A reader that stands still is let go: it pulls everything anyway when it connects again.
    if (this.#answer.writableLength > MAX_UNREAD_WAKE_BYTES) this.#answer.destroy();
    if (collections.includes("settings")) this.#followNewest();
  }

  askHealth(): void {
    this.#tell(`event: ${HEALTH_EVENT}\ndata: {}\n\n`);
  }

  end(): void {
    if (!this.#answer.writableEnded) this.#answer.end();
  }

  /** The store may follow other price lists from now on, and the till may be none any more. */
  #followNewest(): void {
    this.#deps.newestStandings.of(this.#tokenHash).then(
      (standing) => {
        const store = standing?.store ?? null;
        if (store === null || standing?.device.revokedAt !== null) return this.end();
        const newest = collectionsByFeed(store);
        const more = collectionsWithMore(this.#collections, newest);
        if (!this.#answer.destroyed) {
          this.#stopListening();
          this.#collections = newest;
          this.#stopListening = this.#deps.wakeups.listen(this);
        }
        if (more.length > 0) this.wake(more);
      },
      () => this.end(),
    );
  }

  /** One that is ended is not closed before its reader has taken what is left. */
  #tell(text: string): void {
    if (!this.#answer.writableEnded && !this.#answer.destroyed) this.#answer.write(text);
  }
}
