import type { Instant } from "#domain/ids.ts";
import { serverNow } from "../shop/server-now.ts";
import type { Timers } from "../sync/alarm.ts";

/** A moment is looked for at least this often, milliseconds: what the till knows of the server's clock changes, and a machine may sleep. */
const LOOK_EVERY_MS = 60_000;

type MomentPorts = Parameters<typeof serverNow>[0] & { readonly timers: Timers };

/** Tells when a price (or a tax rate) begins or ends by the server's clock as the till knows it, so that screens show it at its moment without anybody's touch. */
export class PriceMoments {
  readonly #ports: MomentPorts;
  readonly #nextAfter: (at: Instant) => number | null;
  readonly #onMoment: () => void;
  #timer: unknown = null;
  /** Prices that began or ended until then are told. */
  #toldAt: Instant;

  /** `nextAfter` answers the first moment after `at` when some price begins or ends; null where none will. */
  constructor(
    ports: MomentPorts,
    {
      nextAfter,
      onMoment,
    }: { readonly nextAfter: (at: Instant) => number | null; readonly onMoment: () => void },
  ) {
    this.#ports = ports;
    this.#nextAfter = nextAfter;
    this.#onMoment = onMoment;
    this.#toldAt = serverNow(ports);
  }

  /** Screens have just been told: what holds now is known to them. */
  told(): void {
    this.#toldAt = serverNow(this.#ports);
    this.#await();
  }

  close(): void {
    if (this.#timer !== null) this.#ports.timers.clear(this.#timer);
    this.#timer = null;
  }

  #await(): void {
    this.close();
    const next = this.#nextAfter(this.#toldAt);
    if (next === null) return;
    const waitMs = Math.max(next - serverNow(this.#ports), 0);
    const look = (): void => (serverNow(this.#ports) >= next ? this.#onMoment() : this.#await());
    this.#timer = this.#ports.timers.set(look, Math.min(waitMs, LOOK_EVERY_MS));
  }
}
