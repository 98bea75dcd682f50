/** How far a till has read each feed of a collection. */
export type FeedPositions = ReadonlyMap<string, number>;

/** `feed=seq` pairs; "" is the beginning. The till never looks inside. */
export function writeCheckpoint(positions: FeedPositions): string {
  return [...positions].map(([feed, seq]) => `${encodeURIComponent(feed)}=${seq}`).join("&");
}

/** Null for text that this server did not write. Feeds that are not the asking till's are ignored by the reader. */
export function readCheckpoint(text: string): FeedPositions | null {
  const positions = new Map<string, number>();
  if (text === "") return positions;
  for (const pair of text.split("&")) {
    const found = /^([A-Za-z0-9%._~-]+)=(\d{1,15})$/.exec(pair);
    if (found?.[1] === undefined || found[2] === undefined) return null;
    try {
      positions.set(decodeURIComponent(found[1]), Number(found[2]));
    } catch {
      return null;
    }
  }
  return positions;
}
