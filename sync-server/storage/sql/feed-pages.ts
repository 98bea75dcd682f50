import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import type { FeedRow } from "../port.ts";
import type { Database, Row } from "./database.ts";
import { placeOfFeed } from "./feed-tables.ts";

/** Rows of one collection in a feed, from a place on, so many at most. */
export interface FeedAsk {
  readonly feed: string;
  readonly collection: ReplicaCollection;
  readonly after: number;
  readonly limit: number;
}

interface Waiting {
  readonly ask: FeedAsk;
  readonly answered: (rows: readonly FeedRow[]) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Pages of feeds within a transaction. Tills that pull at the same time are answered together, and each asks for other pages: of a database that is asked over a way those of stores'
 * feeds that are asked for in one turn of the event loop are one question (where its tables are spread over machines each is still one, which a single machine answers: Citus takes no other). So they are asked
 * a moment after the call: wait for them before anything else of the transaction is asked or it ends, also where something fails; where one of them does, all do.
 */
export class FeedPages {
  readonly #database: Database;
  readonly #waiting: Waiting[] = [];

  constructor(database: Database) {
    this.#database = database;
  }

  rows(ask: FeedAsk): Promise<readonly FeedRow[]> {
    const { engine, isSpread } = this.#database;
    if (engine === "sqlite" || isSpread || placeOfFeed(ask.feed).rows !== "store_feed_rows")
      return this.#alone(ask);
    return new Promise((answered, failed) => {
      // Comes behind all that follows from promises which are settled already: whoever is about to ask has asked by then.
      if (this.#waiting.push({ ask, answered, failed }) === 1) process.nextTick(() => void this.#answer());
    });
  }

  async #answer(): Promise<void> {
    const asked = this.#waiting.splice(0);
    try {
      const pages = await this.#of(asked.map(({ ask }) => ask));
      for (const [place, { answered }] of asked.entries()) answered(pages[place] ?? []);
    } catch (error) {
      for (const { failed } of asked) failed(error);
    }
  }

  async #of(asks: readonly FeedAsk[]): Promise<readonly (readonly FeedRow[])[]> {
    const [first] = asks;
    if (first !== undefined && asks.length === 1) return [await this.#alone(first)];
    const places = asks.map(({ feed }) => placeOfFeed(feed).values);
    const rows = await this.#database.all(
      `SELECT w.place, r.seq, r.id, r.data
        FROM unnest(?[text], ?[text], ?[text], ?[bigint], ?[bigint]) WITH ORDINALITY AS w (store, family, collection, after, most, place)
        CROSS JOIN LATERAL (SELECT f.seq, f.id, f.data FROM store_feed_rows f
          WHERE f.store = w.store AND f.family = w.family AND f.collection = w.collection AND f.seq > w.after ORDER BY f.seq LIMIT w.most) AS r
        ORDER BY w.place, r.seq`,
      places.map(([store = null]) => store),
      places.map(([, family = null]) => family),
      asks.map(({ collection }) => collection),
      asks.map(({ after }) => after),
      asks.map(({ limit }) => limit),
    );
    const pages = asks.map((): FeedRow[] => []);
    // They are counted from one.
    for (const row of rows) pages[Number(row.place) - 1]?.push(toFeedRow(row));
    return pages;
  }

  async #alone({ feed, collection, after, limit }: FeedAsk): Promise<readonly FeedRow[]> {
    const { rows, is, values } = placeOfFeed(feed);
    const found = await this.#database.all(
      `SELECT seq, id, data FROM ${rows} WHERE ${is} AND collection = ? AND seq > ? ORDER BY seq LIMIT ?`,
      ...values,
      collection,
      after,
      limit,
    );
    return found.map(toFeedRow);
  }
}

function toFeedRow({ seq, id, data = null }: Row): FeedRow {
  return { seq: Number(seq), id: String(id), data: data === null ? null : String(data) };
}
