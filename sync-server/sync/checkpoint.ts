/** How far a till has read each feed of a collection. */
export type FeedPositions = ReadonlyMap<string, number>;

/** Stands in a checkpoint where a feed does; no feed is called so. */
const ERA = ".era";

/** `feed=seq` pairs and the era in which they were read; "" is the beginning. The till never looks inside. */
export function writeCheckpoint(positions: FeedPositions, era: string | null): string {
  const pairs = [...positions].map(([feed, seq]) => `${encodeURIComponent(feed)}=${seq}`);
  return (era === null ? pairs : [...pairs, `${ERA}=${era}`]).join("&");
}

/** The era of a checkpoint; null where it was written before there were any. */
export function eraOf(text: string): string | null {
  return new RegExp(`(?:^|&)\\${ERA}=(\\d+)$`).exec(text)?.[1] ?? null;
}

/** Null for text that this server did not write. Feeds that are not the asking till's are ignored by the reader. */
export function readCheckpoint(text: string): FeedPositions | null {
  const positions = new Map<string, number>();
  if (text === "") return positions;
  for (const pair of text.split("&")) {
    const found = /^([A-Za-z0-9%._~-]+)=(\d{1,15})$/.exec(pair);
    if (found?.[1] === undefined || found[2] === undefined) return null;
    if (found[1] === ERA) continue;
    try {
      positions.set(decodeURIComponent(found[1]), Number(found[2]));
    } catch {
      return null;
    }
  }
  return positions;
}
