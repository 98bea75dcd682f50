import { REPLICA_COLLECTIONS, type ReplicaCollection } from "#protocol/documents/collections.ts";
import { wakeSchema } from "#protocol/sync/changes.ts";
import { HEALTH_EVENT } from "#protocol/sync/health.ts";

/** Text of an event that has not ended yet; more than this is no wake-up. */
const MAX_EVENT_CHARS = 10_000;

/** Reads server-sent events from pieces of text that are cut anywhere. */
export class WakeEvents {
  readonly #onHealthAsked: () => void;
  #text = "";

  /** `onHealthAsked`: HQ asks how this till is. */
  constructor(onHealthAsked: () => void = () => undefined) {
    this.#onHealthAsked = onHealthAsked;
  }

  /** The collections that the events ended by this piece speak of. One that cannot be read wakes all: a pull too many harms nobody. */
  take(piece: string): readonly ReplicaCollection[] {
    const events = `${this.#text}${piece}`.replaceAll("\r\n", "\n").split("\n\n");
    this.#text = (events.pop() ?? "").slice(0, MAX_EVENT_CHARS);
    if (events.some(asksForHealth)) this.#onHealthAsked();
    return [...new Set(events.filter((event) => !asksForHealth(event)).flatMap(collectionsOf))];
  }
}

function asksForHealth(event: string): boolean {
  return event.split("\n").includes(`event: ${HEALTH_EVENT}`);
}

function collectionsOf(event: string): readonly ReplicaCollection[] {
  const data = event
    .split("\n")
    .filter((line) => line.startsWith("data:"))
    .map((line) => line.slice("data:".length).trim());
  if (data.length === 0) return [];
  try {
    return wakeSchema.parse(JSON.parse(data.join("\n"))).collections;
  } catch {
    return REPLICA_COLLECTIONS;
  }
}
