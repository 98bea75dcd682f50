import { setTimeout as pause } from "node:timers/promises";
import { onSchedule } from "../pace.ts";
import type { PreparedEntry } from "../shop/prepared-sales.ts";
import { type Heard, Hearing, type Told } from "./hearing.ts";

/** Whoever is still not woken so long after everything is acknowledged (or has it) never is. */
const WOKEN_WITHIN_MS = 30_000;
/** Sold entries that are sent are acknowledged within this, or it is no measurement. */
const DRAIN_WITHIN_MS = 120_000;
/** How often it is looked whether all are there; whoever is has said when. */
const LOOK_EVERY_MS = 50;

interface Sent {
  readonly seq: number;
  readonly due: number;
  isAnswered: boolean;
  /** The others of the store that are to hear of it; null: nobody times that. */
  readonly told: Told<Seller> | null;
}

/** A till as far as it sells. */
export interface Seller {
  readonly store: string;
  /** Sold beforehand, to be sent when it falls due. */
  readonly ready: PreparedEntry[];
  readonly sent: Sent[];
  /** It was started: it is to hear of what others sell. */
  isThere: boolean;
  queue(entries: readonly PreparedEntry[]): void;
  /** A sale of so many lines, made up now. */
  makeUp(lines: number): PreparedEntry;
}

/** How much is sold by all tills together, and of how many lines each. */
export interface Pace {
  readonly perSecond: number;
  readonly lines: number;
}

/** A sale that was acknowledged, milliseconds: when it was due (since 1970), and how long after that it was. */
export interface SoldSale {
  readonly dueAt: number;
  readonly ackMs: number;
}

/** What came of the sales of a while. */
export interface Sold extends Heard {
  readonly sales: readonly SoldSale[];
}

interface Patience {
  /** Throws what a server has refused: then nothing is worth waiting for. */
  readonly complain: () => void;
}

/** Sells at tills on one schedule, and times from when each sale was due. */
export class Selling {
  readonly #byStore = new Map<string, Seller[]>();
  readonly #patience: Patience;
  readonly #hearing = new Hearing<Seller>();
  #sales: SoldSale[] = [];
  /** They sell until somebody says that it is enough. */
  #begun: { readonly sold: Promise<Sold>; readonly enough: AbortController } | null = null;

  constructor(all: readonly Seller[], patience: Patience) {
    this.#patience = patience;
    for (const seller of all) this.#byStore.set(seller.store, [...this.#inStore(seller.store), seller]);
  }

  /**
   * Sells `perSecond` at these tills together, in turn, each sale when it is due, whether the server keeps up or not, or is there. Resolves when all of it is acknowledged and
   * the other tills of each store have heard of it, or have not for so long that they never will.
   */
  async sell(
    some: readonly Seller[],
    { perSecond, lines }: Pace,
    isOver: (sales: number) => boolean,
  ): Promise<Sold> {
    this.#sales = [];
    // Tills of one store do not sell one right after the other.
    const step = strideOf(some.length);
    await onSchedule({
      everyMs: 1_000 / perSecond,
      isOver,
      act: (sale, due) => {
        const seller = some[(sale * step) % some.length];
        if (seller !== undefined) this.#sellOne(seller, { due, lines });
      },
    });
    await this.#drained(some);
    await untilWoken(() => !this.#hearing.isWaiting, this.#patience);
    return { sales: this.#sales, ...this.#hearing.end(performance.now()) };
  }

  /** Sells until `end`, as `sell` does. */
  begin(some: readonly Seller[], pace: Pace): void {
    if (this.#begun !== null) throw new Error("they sell already");
    const enough = new AbortController();
    const sold = this.sell(some, pace, () => enough.signal.aborted);
    // It is told of at the end.
    sold.catch(() => undefined);
    this.#begun = { sold, enough };
  }

  /** Nothing falls due any more. Resolves with what was sold since they began. */
  end(): Promise<Sold> {
    const begun = this.#begun;
    if (begun === null) throw new Error("nobody sells");
    begun.enough.abort();
    this.#begun = null;
    return begun.sold;
  }

  /** The server may know of the entries up to this one from now on. */
  sent({ sent }: Seller, seq: number): void {
    for (let place = sent.length - 1; place >= 0; place -= 1) {
      const each = sent[place];
      if (each === undefined || each.isAnswered || each.told?.isSent === true) break;
      if (each.seq <= seq && each.told !== null) each.told.isSent = true;
    }
  }

  /** The server has the entries up to this one. */
  acknowledged({ sent }: Seller, seq: number, at: number): void {
    for (let place = sent.length - 1; place >= 0; place -= 1) {
      const each = sent[place];
      if (each === undefined || each.isAnswered) break;
      if (each.seq > seq) continue;
      each.isAnswered = true;
      this.#sales.push({ dueAt: performance.timeOrigin + each.due, ackMs: at - each.due });
    }
  }

  /** This till was told of what was sold in its store, or has pulled everything since it listens anew. */
  heard(seller: Seller, at: number): void {
    this.#hearing.heard(seller.store, seller, at);
  }

  #sellOne(seller: Seller, { due, lines }: { readonly due: number; readonly lines: number }): void {
    // Before its first sale a till begins its journal.
    const entries = seller.ready.splice(0, seller.sent.length === 0 ? 2 : 1);
    // Longer than anybody prepared for: it is made up as it falls due, one at a time, so that the others are not kept waiting.
    if (entries.length === 0) entries.push(seller.makeUp(lines));
    const sale = entries.at(-1);
    if (sale === undefined) return;
    const { store } = seller;
    const listeners = this.#inStore(store).filter((other) => other !== seller && other.isThere);
    const told = this.#hearing.sold(store, { due, listeners });
    seller.sent.push({ seq: sale.seq, due, isAnswered: false, told });
    seller.queue(entries);
  }

  #inStore(store: string): readonly Seller[] {
    return this.#byStore.get(store) ?? [];
  }

  async #drained(some: readonly Seller[]): Promise<void> {
    const until = performance.now() + DRAIN_WITHIN_MS;
    while (some.some(({ sent }) => sent.at(-1)?.isAnswered === false)) {
      this.#patience.complain();
      if (performance.now() > until) throw new Error("what was sold was not acknowledged within two minutes");
      await pause(LOOK_EVERY_MS);
    }
  }
}

/** Resolves once all have heard, or have not for so long that they never will. */
export async function untilWoken(areAll: () => boolean, { complain }: Patience): Promise<void> {
  const until = performance.now() + WOKEN_WITHIN_MS;
  while (!areAll() && performance.now() < until) {
    complain();
    await pause(LOOK_EVERY_MS);
  }
}

/** A step by which one comes by all of `count` before any comes again, and which leads far away. */
function strideOf(count: number): number {
  const shared = (one: number, other: number): number => (other === 0 ? one : shared(other, one % other));
  let step = Math.ceil(count * 0.382);
  while (shared(step, count) !== 1) step += 1;
  return step;
}
