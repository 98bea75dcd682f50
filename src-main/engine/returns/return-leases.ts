import type { DeviceId, Instant } from "#domain/ids.ts";
import { isBeingPaid } from "#domain/payments/card-request.ts";
import type { ReturnLease } from "#domain/returns/judge.ts";
import { type PurchaseRef, purchaseKey } from "#domain/returns/purchase.ts";
import type { LeaseRequest } from "#protocol/sync/leases.ts";
import type { Unwatch } from "../ports.ts";
import type { BasketShelf } from "../shop/basket-shelf.ts";
import { Changes, watchBehindTheAnswer } from "../shop/changes.ts";
import { serverNow } from "../shop/server-now.ts";
import type { Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import { Turns } from "../shop/turns.ts";
import { inTime } from "./in-time.ts";
import type { OwnJournal } from "./own-journal.ts";

/** How long the exclusive right to take a purchase back is asked for, milliseconds. */
export const RETURN_LEASE_MS = 15 * 60_000;
/** How often it is looked whether a right must be asked for anew, milliseconds. */
const LOOK_EVERY_MS = 60_000;

type LeasePorts = Pick<ShopPorts, "clock" | "timers" | "server" | "journal" | "onTrouble">;

/** What the server last said; `unknown`: it was asked and did not answer. */
type Known =
  | { readonly kind: "held"; readonly expiresAt: Instant }
  | { readonly kind: "another"; readonly holder: DeviceId; readonly expiresAt: Instant }
  | { readonly kind: "unknown" };

/**
 * The exclusive right to take a purchase back, kept while a colleague has it beside their basket, and until the server has the return. What nobody here needs
 * any more goes back; what a colleague left lapses.
 */
export class ReturnLeases {
  readonly #ports: LeasePorts;
  readonly #shelf: BasketShelf;
  readonly #session: Session;
  readonly #own: OwnJournal;
  readonly #changes = new Changes();
  readonly #known = new Map<string, Known>();
  /** What is asked about one purchase goes to the server one after another: a release that came late would take a fresh grant away. */
  readonly #turns = new Map<string, Turns>();
  readonly #asking = new Map<string, Promise<void>>();
  /** Purchases that are being put beside a basket. */
  readonly #opening = new Set<string>();
  readonly #unwatch: Unwatch[];
  #timer: unknown = null;
  #wasOnline: boolean;

  constructor(
    ports: LeasePorts,
    parts: { readonly shelf: BasketShelf; readonly session: Session; readonly own: OwnJournal },
  ) {
    this.#ports = ports;
    this.#shelf = parts.shelf;
    this.#session = parts.session;
    this.#own = parts.own;
    this.#wasOnline = ports.server.online();
    const look = (): void => this.look();
    this.#unwatch = [
      parts.shelf.watch(look),
      parts.session.watch(look),
      watchBehindTheAnswer(ports.journal, look, ports.onTrouble),
      ports.server.watch(() => this.#connectionChanged()),
    ];
  }

  /** Calls back when the server's word on one has come. */
  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }

  close(): void {
    for (const end of this.#unwatch) end();
    this.#ports.timers.clear(this.#timer);
  }

  leaseOf(ref: PurchaseRef): ReturnLease {
    const known = this.#known.get(purchaseKey(ref));
    if (known === undefined || known.kind === "unknown" || serverNow(this.#ports) >= known.expiresAt)
      return { kind: "unknown" };
    return known.kind === "held" ? { kind: "held" } : { kind: "another", holder: known.holder };
  }

  /** Asks for those that this till does not hold, while the customer waits. Without a connection nobody is asked. */
  async ensure(refs: readonly PurchaseRef[]): Promise<void> {
    const { server, timers } = this.#ports;
    const wanted = refs.filter((ref) => this.leaseOf(ref).kind !== "held").map(purchaseKey);
    if (wanted.length === 0 || !server.online()) return;
    await inTime(timers, () => Promise.all(wanted.map((key) => this.#ask(key))));
  }

  /** Runs `work`, which puts the purchase beside a basket: meanwhile its lease does not go back. */
  async whileOpening<T>(ref: PurchaseRef, work: () => Promise<T>): Promise<T> {
    const key = purchaseKey(ref);
    this.#opening.add(key);
    try {
      return await work();
    } finally {
      this.#opening.delete(key);
      this.look();
    }
  }

  /** Gives back what nobody needs, and asks for what was not asked for. */
  look(): void {
    const attended = this.#attended();
    const needed = new Set([...this.#beside(), ...this.#opening]);
    const unneeded = [...this.#known.keys()].filter((key) => !needed.has(key));
    if (unneeded.length > 0) {
      const underway = this.#own.takenBack();
      for (const key of unneeded) if (!underway.has(key)) this.#giveBack(key);
    }
    for (const key of attended) if (this.#isNews(key) && !this.#opening.has(key)) void this.#ask(key);
    if (attended.size > 0) this.#timer ??= this.#ports.timers.set(() => this.#renew(), LOOK_EVERY_MS);
  }

  #renew(): void {
    this.#ports.timers.clear(this.#timer);
    this.#timer = null;
    for (const key of this.#attended()) if (this.#isDue(key)) void this.#ask(key);
    this.look();
  }

  /** Not asked for yet, or run out while its colleague was away. */
  #isNews(key: string): boolean {
    const known = this.#known.get(key);
    return known === undefined || (known.kind !== "unknown" && serverNow(this.#ports) >= known.expiresAt);
  }

  #isDue(key: string): boolean {
    const known = this.#known.get(key);
    return known?.kind !== "held" || known.expiresAt - serverNow(this.#ports) < RETURN_LEASE_MS / 2;
  }

  #connectionChanged(): void {
    const isOnline = this.#ports.server.online();
    const isBack = isOnline && !this.#wasOnline;
    this.#wasOnline = isOnline;
    if (isBack) this.#renew();
    else this.look();
  }

  /** Purchases beside a basket whose colleague is at the till, or in which money has moved. */
  #attended(): ReadonlySet<string> {
    const onDuty = this.#session.onDuty()?.staff.id;
    const attended = this.#shelf
      .open()
      .filter(({ basket }) => basket.staff === onDuty || isBeingPaid(basket));
    return new Set(attended.flatMap(({ basket }) => keysOf(basket.returning)));
  }

  #beside(): readonly string[] {
    return this.#shelf.open().flatMap(({ basket }) => keysOf(basket.returning));
  }

  #ask(key: string): Promise<void> {
    const underWay = this.#asking.get(key);
    if (underWay !== undefined) return underWay;
    if (this.#isNews(key)) this.#known.set(key, { kind: "unknown" });
    const asking = this.#turnsOf(key).take(async () => {
      const known = await this.#asked(key);
      this.#asking.delete(key);
      // Without an answer what the server said before still holds, until it runs out.
      if (known.kind !== "unknown") this.#known.set(key, known);
      this.#changes.tell();
      this.look();
    });
    this.#asking.set(key, asking);
    return asking;
  }

  async #asked(key: string): Promise<Known> {
    const { server } = this.#ports;
    if (!server.online()) return { kind: "unknown" };
    try {
      const answer = await server.lease(requestOf("ask", key));
      // By a clock that has just jumped it has run out as it comes: the next look asks again, not this one.
      if (answer.expiresAt !== null && answer.expiresAt <= serverNow(this.#ports)) return { kind: "unknown" };
      if (answer.granted) return { kind: "held", expiresAt: answer.expiresAt };
      const { holder, expiresAt } = answer;
      return holder === null || expiresAt === null
        ? { kind: "unknown" }
        : { kind: "another", holder, expiresAt };
    } catch {
      return { kind: "unknown" };
    }
  }

  #giveBack(key: string): void {
    const known = this.#known.get(key);
    this.#known.delete(key);
    if (known?.kind !== "held") return;
    void this.#turnsOf(key).take(async () => {
      // It may be wanted again by the time its turn comes.
      if (this.#known.has(key) || this.#opening.has(key) || this.#beside().includes(key)) return;
      // What the server is not told lapses by itself.
      await this.#ports.server.lease(requestOf("release", key)).catch(() => undefined);
    });
  }

  #turnsOf(key: string): Turns {
    const turns = this.#turns.get(key) ?? new Turns();
    this.#turns.set(key, turns);
    return turns;
  }
}

function keysOf(
  returning:
    | { readonly standings: readonly { readonly purchase: { readonly ref: PurchaseRef } }[] }
    | undefined,
): readonly string[] {
  return (returning?.standings ?? []).map(({ purchase }) => purchaseKey(purchase.ref));
}

function requestOf(act: LeaseRequest["act"], id: string): LeaseRequest {
  return { act, subject: { kind: "receipt", id }, ttlMs: RETURN_LEASE_MS };
}
