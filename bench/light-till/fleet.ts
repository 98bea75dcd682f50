import { setTimeout as pause } from "node:timers/promises";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import { articleAt } from "../shop/article.ts";
import { PreparedSales } from "../shop/prepared-sales.ts";
import type { Fleet } from "./card.ts";
import type { Heard } from "./hearing.ts";
import type { Place, Wire } from "./line.ts";
import { type Pace, type Seller, Selling, type Sold, untilWoken } from "./selling.ts";
import { LightTill, type Pulling } from "./till.ts";

/** Tills that are waited for are there within this, or it is no measurement. */
const THERE_WITHIN_MS = 120_000;
/** How often it is looked whether all are there; whoever is has said when. */
const LOOK_EVERY_MS = 50;
/** A hundred thousand prices are many pages for each till. */
const REACHED_WITHIN_MS = 900_000;
/** The list of all prices, as a checkpoint names its feed. */
const LIST = "prices%3Aretail=";

interface One extends Seller {
  readonly till: LightTill;
  readonly sales: PreparedSales;
  inSyncAt: number | null;
  caughtUpAt: number | null;
  wokenAt: number | null;
  /** How far it has read the list of prices, and since when. */
  prices: { readonly seq: number; readonly at: number };
}

/** How long until each till was told of something, and until each had it; milliseconds. */
export interface Arrived extends Heard {
  readonly had: readonly number[];
}

/** So many light tills in one process, with a stopwatch. */
export class LightFleet {
  readonly #all: readonly One[];
  readonly #wire: Wire = { sent: 0, received: 0 };
  readonly #refusals = new Set<string>();
  readonly #selling: Selling;
  /** The collection that is waited for, and from when on. */
  #awaited: { readonly collection: ReplicaCollection; readonly since: number } | null = null;

  constructor({ cards, checkpoints, sold }: Fleet, place: Place, { pulls }: { readonly pulls: Pulling }) {
    const articles = Array.from({ length: sold }, (_, number) => articleAt(number));
    const random = (below: number) => Math.floor(Math.random() * below);
    const addresses = new Map(
      [...new Set(cards.map(({ store }) => store))].map((store, number) => [store, number]),
    );
    this.#all = cards.map((card) => {
      const of = checkpoints[card.store] ?? {};
      const address = addressAt(addresses.get(card.store) ?? 0);
      const sales = new PreparedSales(card, { articles, random });
      const till: LightTill = new LightTill({
        card,
        place,
        pulls,
        address,
        wire: this.#wire,
        checkpoints: of,
        events: {
          sent: (seq) => this.#selling.sent(one, seq),
          acknowledged: (seq, at) => this.#heardAck(one, seq, at),
          woken: (collections, at) => this.#heardWake(one, collections, at),
          read: (collection, checkpoint, at) => {
            const seq = collection === "prices" ? seqIn(checkpoint) : 0;
            if (seq <= one.prices.seq) return;
            one.prices = { seq, at };
          },
          caughtUp: (collection, documents, at) => {
            if (this.#awaited?.collection === collection && documents > 0) one.caughtUpAt ??= at;
          },
          inSync: (at) => this.#isInSync(one, at),
          refused: (why) => this.#refusals.add(why),
        },
      });
      const one: One = {
        till,
        store: card.store,
        sales,
        queue: (entries) => till.queue(entries),
        makeUp: (lines) => sales.sell({ lines, at: Date.now() }),
        ready: [],
        sent: [],
        isThere: false,
        inSyncAt: null,
        caughtUpAt: null,
        wokenAt: null,
        prices: { seq: 0, at: 0 },
      };
      return one;
    });
    this.#selling = new Selling(this.#all, { complain: () => this.#complain() });
  }

  get size(): number {
    return this.#all.length;
  }

  /** Connects these at once, or one every `everyMs`. Resolves with how long each took until it listened and had pulled; milliseconds. */
  async connect({ from, to }: Range, everyMs: number): Promise<readonly number[]> {
    const begun = new Map<One, number>();
    const some = this.#all.slice(from, to);
    for (const one of some) {
      begun.set(one, performance.now());
      one.isThere = true;
      one.till.start();
      this.#begin(one);
      if (everyMs > 0) await pause(everyMs);
    }
    return this.#allOf(some, (one) => one.inSyncAt).then((ats) =>
      some.map((one, index) => (ats[index] ?? 0) - (begun.get(one) ?? 0)),
    );
  }

  /** From now on a till counts as in sync only once it is so anew. */
  forgetInSync(): void {
    for (const one of this.#all) one.inSyncAt = null;
  }

  /** When each of these was in sync again, milliseconds since 1970. */
  async inSync({ from, to }: Range): Promise<readonly number[]> {
    const ats = await this.#allOf(this.#all.slice(from, to), (one) => one.inSyncAt);
    return ats.map((at) => performance.timeOrigin + at);
  }

  /** Makes up `count` sales for each of these tills, of so many lines, sold `agoMs` ago. */
  prepare(
    { from, to }: Range,
    { count, lines, agoMs }: { readonly count: number; readonly lines: number; readonly agoMs: number },
  ): number {
    let bytes = 0;
    const at = Date.now() - agoMs;
    for (const { sales, ready, sent } of this.#all.slice(from, to)) {
      if (ready.length === 0 && sent.length === 0) ready.push(sales.begin(at));
      for (let sale = 0; sale < count; sale += 1) {
        const entry = sales.sell({ lines, at: at + sale });
        bytes += entry.json.length;
        ready.push(entry);
      }
    }
    return bytes;
  }

  /** Sells for so many seconds, each sale when it is due (`Selling`). */
  sell({ from, to }: Range, { seconds, ...pace }: Pace & { readonly seconds: number }): Promise<Sold> {
    return this.#selling.sell(this.#all.slice(from, to), pace, (sales) => sales >= pace.perSecond * seconds);
  }

  /** Sells until `endSelling`. */
  beginSelling({ from, to }: Range, pace: Pace): void {
    this.#selling.begin(this.#all.slice(from, to), pace);
  }

  /** Nothing falls due any more. Resolves with what was sold since they began. */
  endSelling(): Promise<Sold> {
    return this.#selling.end();
  }

  /** Sends all that was prepared at these tills. Resolves with how long each took until it was acknowledged; milliseconds. */
  async pushAll({ from, to }: Range): Promise<readonly number[]> {
    const some = this.#all.slice(from, to);
    const start = performance.now();
    const over = some.map(
      (one) =>
        new Promise<number>((done) => {
          const last = one.ready.at(-1);
          // Timed as a whole, and not sale by sale as those that are sold meanwhile.
          for (const { seq } of one.ready) one.sent.push({ seq, due: start, isAnswered: true, told: null });
          this.#waitingFor.set(one, { seq: last?.seq ?? 0, done: (at) => done(at - start) });
          one.till.send();
          one.till.queue(one.ready.splice(0));
        }),
    );
    return Promise.all(over);
  }

  readonly #waitingFor = new Map<One, { readonly seq: number; readonly done: (at: number) => void }>();

  /** From now on it is noted when each till has pulled something new of the collection. */
  await(collection: ReplicaCollection): void {
    this.#awaited = { collection, since: performance.now() };
    for (const one of this.#all) {
      one.caughtUpAt = null;
      one.wokenAt = null;
    }
  }

  /** How long after `await` each till was told of the collection, and had it; milliseconds. Whoever was never told counts with the whole wait. */
  async arrived(): Promise<Arrived> {
    const since = this.#awaited?.since ?? 0;
    const had = await this.#allOf(this.#all, (one) => one.caughtUpAt);
    const isDeaf = ({ wokenAt }: One) => wokenAt === null;
    await untilWoken(() => !this.#all.some(isDeaf), { complain: () => this.#complain() });
    const end = performance.now();
    return {
      had: had.map((at) => at - since),
      woken: this.#all.map(({ wokenAt }) => (wokenAt ?? end) - since),
      unheard: this.#all.filter(isDeaf).length,
    };
  }

  /** How long after `await` each of these tills had read the list of prices so far; milliseconds. */
  async reached({ from, to }: Range, seq: number): Promise<readonly number[]> {
    const since = this.#awaited?.since ?? 0;
    const at = ({ prices }: One) => (prices.seq >= seq ? prices.at : null);
    return (await this.#allOf(this.#all.slice(from, to), at, REACHED_WITHIN_MS)).map((each) => each - since);
  }

  /** Bytes over the wire so far. Throws what the server refused. */
  wire(): Wire {
    for (const { till } of this.#all) till.count();
    this.#complain();
    return { ...this.#wire };
  }

  /** First syncs of these tills, all collections of each one after the other, all tills at once; how long each took, milliseconds, and its bytes. */
  async firstSyncs(range: Range, collections: readonly ReplicaCollection[]): Promise<readonly number[]> {
    const start = performance.now();
    return Promise.all(
      this.#all.slice(range.from, range.to).map(async ({ till }) => {
        for (const collection of collections) await till.firstSync(collection);
        return performance.now() - start;
      }),
    );
  }

  close(): void {
    for (const { till } of this.#all) till.close();
  }

  /** A till tells of its journal as it is paired, long before it sells. */
  #begin({ till, sales, ready, sent }: One): void {
    if (ready.length > 0 || sent.length > 0) return;
    const entry = sales.begin(Date.now());
    sent.push({ seq: entry.seq, due: performance.now(), isAnswered: true, told: null });
    till.queue([entry]);
  }

  #heardAck(one: One, seq: number, at: number): void {
    this.#selling.acknowledged(one, seq, at);
    const waiting = this.#waitingFor.get(one);
    if (waiting !== undefined && seq >= waiting.seq) {
      this.#waitingFor.delete(one);
      waiting.done(at);
    }
  }

  #heardWake(one: One, collections: readonly ReplicaCollection[], at: number): void {
    if (this.#awaited !== null && collections.includes(this.#awaited.collection)) one.wokenAt ??= at;
    if (collections.includes("stock")) this.#selling.heard(one, at);
  }

  /** What was booked before its stream was open it has pulled, and nothing will tell it of that. */
  #isInSync(one: One, at: number): void {
    one.inSyncAt ??= at;
    if (one.caughtUpAt !== null) one.wokenAt ??= at;
    this.#selling.heard(one, at);
  }

  #complain(): void {
    if (this.#refusals.size > 0) throw new Error([...this.#refusals].slice(0, 3).join("; "));
  }

  async #allOf(
    some: readonly One[],
    of: (one: One) => number | null,
    withinMs = THERE_WITHIN_MS,
  ): Promise<readonly number[]> {
    const until = performance.now() + withinMs;
    for (;;) {
      const ats = some.flatMap((one) => of(one) ?? []);
      if (ats.length === some.length) return ats;
      this.#complain();
      if (performance.now() > until)
        throw new Error(`${some.length - ats.length} of ${some.length} tills were not there in time`);
      await pause(LOOK_EVERY_MS);
    }
  }
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

function seqIn(checkpoint: string): number {
  const at = checkpoint.indexOf(LIST);
  return at === -1 ? 0 : Number.parseInt(checkpoint.slice(at + LIST.length), 10);
}

/** One for each store, of a network that is nobody's (RFC 2544). */
function addressAt(number: number): string {
  return `198.18.${number >> 8}.${number & 0xff}`;
}
