import type { LeaseRequest } from "#protocol/sync/leases.ts";
import { inTime } from "../returns/in-time.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";

/** For how long the server keeps a balance for one till, milliseconds; the server ends it with the sale, and it is asked for anew while it is needed. */
export const BALANCE_HOLD_MS = 15 * 60_000;
const RENEWALS_PER_HOLD = 3;
/** A basket that nobody comes back to does not keep a balance from every other till for ever: its sale asks anew anyway. */
const MAX_RENEWALS = 12;

export type HoldWord = "held" | "heldByAnother" | "unknown";

/** What this till still has to do with a balance. `sold`: the server ends the hold itself once it knows of the sale, and before that nobody else is to take it for there. */
export type HoldNeed = "onCounter" | "sold" | "none";

/**
 * Balances that the server keeps for this till: asked for before something is taken, kept for as long as a basket needs it, given back after. What is asked of one
 * balance is asked one after the other, so that giving it back never overtakes asking for it again.
 */
export class BalanceHolds {
  readonly #ports: Pick<ShopPorts, "server" | "timers">;
  readonly #needOf: (balance: string) => HoldNeed;
  /** How often each was asked for anew since it was last taken. */
  readonly #held = new Map<string, number>();
  /** By how many acts under way each is needed. */
  readonly #acting = new Map<string, number>();
  readonly #lines = new Map<string, Promise<unknown>>();
  readonly #holdMs: number;
  readonly #renewals: number;
  #renewal: unknown = null;

  /** `renewals`: how often at most one is asked for anew while it is needed, three times as often as a hold lasts. */
  constructor(
    ports: Pick<ShopPorts, "server" | "timers">,
    needOf: (balance: string) => HoldNeed,
    { holdMs = BALANCE_HOLD_MS, renewals = MAX_RENEWALS } = {},
  ) {
    this.#ports = ports;
    this.#needOf = needOf;
    this.#holdMs = holdMs;
    this.#renewals = renewals;
  }

  /** Asks for a balance and does something with it; nothing gives it back meanwhile. Afterwards it is kept if it is needed. */
  async during<T>(balance: string, act: (word: HoldWord) => Promise<T>): Promise<T> {
    this.#acting.set(balance, (this.#acting.get(balance) ?? 0) + 1);
    try {
      const word = await this.#ask(balance);
      if (word === "held") this.#held.set(balance, 0);
      return await act(word);
    } finally {
      const others = (this.#acting.get(balance) ?? 1) - 1;
      if (others > 0) this.#acting.set(balance, others);
      else this.#acting.delete(balance);
      this.letGo();
      this.#planRenewal();
    }
  }

  /** Gives back what nothing needs any more. */
  letGo(): void {
    for (const balance of [...this.#held.keys()]) {
      if (this.#isNeeded(balance)) continue;
      this.#held.delete(balance);
      if (this.#needOf(balance) === "none" && this.#ports.server.online()) void this.#giveBack(balance);
    }
  }

  close(): void {
    if (this.#renewal !== null) this.#ports.timers.clear(this.#renewal);
  }

  #isNeeded(balance: string): boolean {
    return this.#acting.has(balance) || this.#needOf(balance) === "onCounter";
  }

  async #ask(balance: string): Promise<HoldWord> {
    if (!this.#ports.server.online()) return "unknown";
    const answer = await this.#inLine(balance, () => this.#lease("ask", balance));
    if (answer === null) return "unknown";
    return answer.granted ? "held" : "heldByAnother";
  }

  /** Where it does not come through, the server's own time ends the hold. */
  #giveBack(balance: string): Promise<unknown> {
    return this.#inLine(balance, async () => {
      if (!this.#isNeeded(balance)) return this.#lease("release", balance);
      if (!this.#held.has(balance)) this.#held.set(balance, 0);
      return null;
    });
  }

  #lease(act: LeaseRequest["act"], balance: string) {
    const { server, timers } = this.#ports;
    const subject = { kind: "balance", id: balance } as const;
    return inTime(timers, () => server.lease({ act, subject, ttlMs: this.#holdMs }));
  }

  #inLine<T>(balance: string, ask: () => Promise<T>): Promise<T> {
    const before = this.#lines.get(balance);
    const turn = before === undefined ? ask() : before.then(ask);
    this.#lines.set(balance, turn);
    const leave = (): void => {
      if (this.#lines.get(balance) === turn) this.#lines.delete(balance);
    };
    turn.then(leave, leave);
    return turn;
  }

  #planRenewal(): void {
    if (this.#renewal !== null || this.#held.size === 0 || this.#renewals === 0) return;
    this.#renewal = this.#ports.timers.set(() => {
      this.#renewal = null;
      this.#renew();
      this.#planRenewal();
    }, this.#holdMs / RENEWALS_PER_HOLD);
  }

  #renew(): void {
    this.letGo();
    for (const [balance, times] of this.#held) {
      if (times >= this.#renewals) continue;
      this.#held.set(balance, times + 1);
      void this.#ask(balance);
    }
  }
}
