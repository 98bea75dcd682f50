import { randomUUID } from "node:crypto";
import { z } from "zod";
import { idOf } from "#domain/ids.ts";
import { REPLICA_COLLECTIONS } from "#protocol/documents/collections.ts";
import { LIVE_KINDS } from "#protocol/hq/dashboard.ts";
import type { News, Said } from "../../sync/news.ts";

/** What servers of this database listen to (`LISTEN`). */
export const CHANNEL = "onetill_news";
/** PostgreSQL takes less than 8,000 bytes of a notification. */
const MAX_BYTES = 7_900;

const SEPARATOR_BYTES = 1;
const KINDS = ["feeds", "live", "dismissed", "asked"] as const;

/** Some of what is told, as it is written. */
type Told = Record<(typeof KINDS)[number], unknown[]>;

const nothing = (): Told => ({ feeds: [], live: [], dismissed: [], asked: [] });

const deviceSchema = z.string().transform((id) => idOf<"Device">(id));
const toldSchema = z.union([
  z.object({ from: z.string(), tooMuch: z.literal(true) }),
  z.object({
    from: z.string(),
    feeds: z.array(z.tuple([z.string(), z.enum(REPLICA_COLLECTIONS), z.int(), z.int()])),
    live: z.array(z.enum(LIVE_KINDS)),
    dismissed: z.array(deviceSchema),
    asked: z.array(deviceSchema),
  }),
]);

/** The voice of one server among all that stand on a database: of what it said itself it hears again only the turn. */
export class Voice {
  readonly #from = randomUUID();

  /** News as notifications that are to be sent together, each as long as one may be; what does not even fit alone is told as too much. */
  written({ feeds, live, dismissed, asked }: News): readonly string[] {
    const all = feeds.map(({ feed, collection, head, since }) => [feed, collection, head, since]);
    const told = { feeds: all, live, dismissed, asked };
    const room = MAX_BYTES - bytesOf(this.#piece(nothing()));
    let left = room;
    let piece = nothing();
    const pieces = [piece];
    let isTooMuch = false;
    for (const kind of KINDS)
      for (const item of told[kind]) {
        const bytes = bytesOf(JSON.stringify(item)) + SEPARATOR_BYTES;
        if (bytes > room) {
          isTooMuch = true;
          continue;
        }
        if (bytes > left) {
          piece = nothing();
          pieces.push(piece);
          left = room;
        }
        left -= bytes;
        piece[kind].push(item);
      }
    const written = pieces.map((piece) => this.#piece(piece));
    return isTooMuch ? [...written, JSON.stringify({ from: this.#from, tooMuch: true })] : written;
  }

  #piece(told: Told): string {
    return JSON.stringify({ from: this.#from, ...told });
  }

  /** What cannot be read, since another version said it, may have been anything. */
  read(payload: string): readonly Said[] {
    const read = toldSchema.safeParse(parsed(payload));
    if (!read.success || "tooMuch" in read.data)
      return read.success && read.data.from === this.#from ? [] : [{ kind: "missed" }];
    const { from, live, dismissed, asked } = read.data;
    const feeds = read.data.feeds.map(([feed, collection, head, since]) => ({
      feed,
      collection,
      head,
      since,
    }));
    const turn: Said = { kind: "inTurn", feeds };
    return from === this.#from ? [turn] : [turn, { kind: "news", news: { feeds, live, dismissed, asked } }];
  }
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
