import type { Instant } from "#domain/ids.ts";
import type { Unwatch } from "../ports.ts";
import type { Session } from "./session.ts";
import type { ShopPorts } from "./shop-ports.ts";

const MINUTE_MS = 60_000;

/**
 * The windows that show this till. A window locks after a while without a touch; one that is closed cannot, so that whoever opens the next one after as long finds
 * the till locked.
 */
export class Screens {
  readonly #ports: Pick<ShopPorts, "clock" | "replica">;
  readonly #session: Pick<Session, "watch" | "signOut">;
  #open = 0;
  #closedAt: Instant | null = null;

  constructor(ports: Pick<ShopPorts, "clock" | "replica">, session: Pick<Session, "watch" | "signOut">) {
    this.#ports = ports;
    this.#session = session;
  }

  /** A window opens and hears of the session from now on; gives what is called when it closes. */
  watch(onChange: () => void): Unwatch {
    const unwatch = this.#session.watch(onChange);
    this.#open += 1;
    if (this.#isTooLate()) void this.#session.signOut();
    this.#closedAt = null;
    return () => {
      unwatch();
      this.#open -= 1;
      if (this.#open === 0) this.#closedAt = this.#ports.clock.now();
    };
  }

  #isTooLate(): boolean {
    const minutes = this.#ports.replica.settings()?.cash?.lockAfterMinutes ?? null;
    if (minutes === null || this.#closedAt === null) return false;
    return this.#ports.clock.now() - this.#closedAt >= minutes * MINUTE_MS;
  }
}
