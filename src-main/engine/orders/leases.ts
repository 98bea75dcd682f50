import { z } from "zod";
import { type FulfilmentId, type Instant, instant } from "#domain/ids.ts";
import { holdsLease } from "#domain/orders/hand-over.ts";
import type { OrderLease, StoreOrder } from "#domain/orders/order.ts";
import { idSchema, instantSchema } from "#protocol/scalars.ts";
import { DEFAULT_LEASE_TTL_MS, type LeaseRequest } from "#protocol/sync/leases.ts";
import type { Unwatch } from "../ports.ts";
import { Changes } from "../shop/changes.ts";
import { durably } from "../shop/durably.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import { Turns } from "../shop/turns.ts";
import type { OrderBook } from "./order-book.ts";

/** How long a customer waits at the counter until another till has given an order up, milliseconds. */
export const LEASE_WAIT_MS = 4_000;

const PREFIX = "lease:";
/** A lease of this till that was given up. When it would have ended says which one it was. */
const givenUpSchema = z.strictObject({
  fulfilment: idSchema<"Fulfilment">(),
  expiresAt: instantSchema,
  /** Whether the replica has said that this till has it: it may do so only after it was given up. */
  isShown: z.boolean(),
});
type GivenUp = z.infer<typeof givenUpSchema>;

type LeasePorts = Pick<ShopPorts, "clock" | "timers" | "server" | "drafts" | "enrolment" | "onTrouble">;

/** How asking for the exclusive right to an order ended. */
export type LeaseOutcome = "held" | "heldByAnother" | "unknown";

/**
 * The exclusive right to hand an order out, as this till knows it: what the replica says, what the server granted since, less what this till
 * gave up and the replica does not say yet.
 */
export class Leases {
  readonly #ports: LeasePorts;
  readonly #book: OrderBook;
  readonly #granted = new Map<FulfilmentId, OrderLease>();
  readonly #givenUp = new Map<string, GivenUp>();
  /** Orders that were given up here and of which the server may not know yet. */
  readonly #unreleased = new Set<FulfilmentId>();
  /** What is asked of the server about one order goes there one after another: a release that came late would take a fresh grant away. */
  readonly #turns = new Map<FulfilmentId, Turns>();
  readonly #changes = new Changes();

  constructor(ports: LeasePorts, book: OrderBook) {
    this.#ports = ports;
    this.#book = book;
  }

  /** Reads what was given up before the restart. */
  async load(): Promise<void> {
    const { drafts, onTrouble } = this.#ports;
    const found = await durably(() => drafts.list(PREFIX), onTrouble);
    for (const { value } of found.ok ? found.value : []) {
      const mark = givenUpSchema.safeParse(value);
      if (!mark.success) continue;
      this.#givenUp.set(draftOf(mark.data), mark.data);
      // Nobody knows any more whether the server was told; to tell it twice does no harm.
      this.#unreleased.add(mark.data.fulfilment);
    }
  }

  /** Calls back when this till got or gave up a lease before the replica says so. */
  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }

  /** The till's clock corrected by what it knows of the server's. */
  now(): Instant {
    return instant(this.#ports.clock.now() - this.#ports.server.clockOffsetMs());
  }

  /** The order with its lease as this till knows it. */
  seen(order: StoreOrder): StoreOrder {
    return { ...order, lease: this.#leaseOf(order) };
  }

  holds(order: StoreOrder): boolean {
    const device = this.#ports.enrolment.identity()?.device;
    return device !== undefined && holdsLease({ lease: this.#leaseOf(order), device, now: this.now() });
  }

  /**
   * Gets the right if it can be had while the customer waits: at once where nobody has it; else the server leaves word with its holder, and
   * the replica says when it has become ours. Without a connection nobody is asked.
   */
  async ensure(fulfilment: FulfilmentId): Promise<LeaseOutcome> {
    const held = (): boolean => {
      const order = this.#book.get(fulfilment);
      return order !== null && this.holds(order);
    };
    if (held()) return "held";
    if (!this.#ports.server.online()) return "unknown";
    const { timers } = this.#ports;
    return new Promise((resolve) => {
      let answered: LeaseOutcome = "unknown";
      let isOver = false;
      const end = (): void => {
        isOver = true;
        timers.clear(timer);
        unwatch();
        resolve(held() ? "held" : answered);
      };
      const timer = timers.set(end, LEASE_WAIT_MS);
      const unwatch = this.#book.watch(() => {
        if (held()) end();
      });
      const ask = async () => (isOver ? answered : this.#ask(fulfilment));
      void this.#turnsOf(fulfilment)
        .take(ask)
        .then((outcome) => {
          answered = outcome;
          if (outcome !== "heldByAnother" || held()) end();
        });
    });
  }

  /**
   * Gives the right back, unless the order is in use when its turn comes. From before the server is asked it counts as gone, also over a
   * restart: an answer that got lost must not leave two tills with it. False when it is still held; what the server was not told is `unreleased`.
   */
  giveUp(fulfilment: FulfilmentId, isInUse: () => boolean): Promise<boolean> {
    return this.#turnsOf(fulfilment).take(async () => {
      if (isInUse() || !(await this.#markGivenUp(fulfilment))) return false;
      this.#changes.tell();
      try {
        await this.#ports.server.lease(requestOf("release", fulfilment));
        this.#unreleased.delete(fulfilment);
      } catch {
        this.#unreleased.add(fulfilment);
      }
      return true;
    });
  }

  /** Orders to give up once more: the server may still take this till for the holder. */
  unreleased(): readonly FulfilmentId[] {
    return [...this.#unreleased];
  }

  /** Whether this till gave up the very lease that the replica shows. */
  isGivenUp({ id: fulfilment, lease }: StoreOrder): boolean {
    return this.#isMine(lease) && this.#givenUp.has(draftOf({ fulfilment, expiresAt: lease.expiresAt }));
  }

  /** Lets go of marks that the replica has caught up with, and of those whose time is over. */
  async tidy(): Promise<void> {
    const { drafts, onTrouble } = this.#ports;
    for (const [draft, mark] of this.#givenUp) {
      const { fulfilment, expiresAt, isShown } = mark;
      const order = this.#book.get(fulfilment);
      if (order !== null && this.#isMine(order.lease) && order.lease.expiresAt === expiresAt) {
        this.#givenUp.set(draft, { ...mark, isShown: true });
        continue;
      }
      // That it was granted may still be on its way here.
      if (!isShown && this.now() < expiresAt) continue;
      this.#givenUp.delete(draft);
      if (![...this.#givenUp.values()].some((other) => other.fulfilment === fulfilment))
        this.#unreleased.delete(fulfilment);
      await durably(() => drafts.remove(draft), onTrouble);
    }
  }

  /** False when the disk did not take it: then nothing is given up. */
  async #markGivenUp(fulfilment: FulfilmentId): Promise<boolean> {
    const { drafts, onTrouble } = this.#ports;
    const granted = this.#granted.get(fulfilment);
    const marks = this.#held(fulfilment);
    // At once, not when it is noted: a hand-out that begins meanwhile must not count on it.
    for (const mark of marks) this.#givenUp.set(draftOf(mark), mark);
    this.#granted.delete(fulfilment);
    const note = () => Promise.all(marks.map((mark) => drafts.put(draftOf(mark), mark)));
    const noted = await durably(note, onTrouble);
    if (noted.ok) return true;
    for (const mark of marks) this.#givenUp.delete(draftOf(mark));
    if (granted !== undefined) this.#granted.set(fulfilment, granted);
    return false;
  }

  #turnsOf(fulfilment: FulfilmentId): Turns {
    const turns = this.#turns.get(fulfilment) ?? new Turns();
    this.#turns.set(fulfilment, turns);
    return turns;
  }

  /** What this till has or will be said to have of an order: what was granted to it, and what the replica shows. */
  #held(fulfilment: FulfilmentId): readonly GivenUp[] {
    const shown = this.#book.get(fulfilment)?.lease ?? null;
    const granted = this.#granted.get(fulfilment);
    const marks = new Map<Instant, GivenUp>();
    for (const lease of [granted ?? null, shown]) {
      if (!this.#isMine(lease)) continue;
      const { expiresAt } = lease;
      marks.set(expiresAt, { fulfilment, expiresAt, isShown: lease === shown });
    }
    return [...marks.values()].filter((mark) => !this.#givenUp.has(draftOf(mark)));
  }

  #isMine(lease: OrderLease | null): lease is OrderLease {
    return lease !== null && lease.holder === this.#ports.enrolment.identity()?.device;
  }

  #leaseOf(order: StoreOrder): OrderLease | null {
    const granted = this.#granted.get(order.id);
    if (granted !== undefined && this.now() < granted.expiresAt) return granted;
    return this.isGivenUp(order) ? null : order.lease;
  }

  async #ask(fulfilment: FulfilmentId): Promise<LeaseOutcome> {
    const { server, enrolment } = this.#ports;
    const identity = enrolment.identity();
    if (identity === null) return "unknown";
    try {
      const answer = await server.lease(requestOf("ask", fulfilment));
      if (!answer.granted) return "heldByAnother";
      const { device: holder, register } = identity;
      this.#unreleased.delete(fulfilment);
      this.#granted.set(fulfilment, { holder, register, expiresAt: answer.expiresAt, wantedBy: null });
      this.#changes.tell();
      return "held";
    } catch {
      // Whatever kept the server from answering: nobody can say who holds it.
      return "unknown";
    }
  }
}

function draftOf({ fulfilment, expiresAt }: Pick<GivenUp, "fulfilment" | "expiresAt">): string {
  return `${PREFIX}${fulfilment}:${expiresAt}`;
}

function requestOf(act: LeaseRequest["act"], fulfilment: FulfilmentId): LeaseRequest {
  return { act, subject: { kind: "order", id: fulfilment }, ttlMs: DEFAULT_LEASE_TTL_MS };
}
