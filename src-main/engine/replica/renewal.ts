import { maySafelyInstall, type TillMoment } from "#domain/updates/may-install.ts";
import type { Unwatch } from "../ports.ts";

export interface RenewalPorts {
  /** The replica is known to be damaged. */
  readonly isHurt: () => boolean;
  /** The server is there, which all of it is read from. */
  readonly isOnline: () => boolean;
  readonly moment: () => TillMoment;
  /** Calls back when any of it may have changed. */
  readonly watch: (onChange: () => void) => Unwatch;
  /** Ends this till, and starts it anew in its place. */
  readonly renew: () => void;
}

/**
 * Starts a till anew whose replica was found damaged behind its start, as soon as it can read another one and nothing is broken off by that. Whoever is signed in then signs in once more: a till that
 * finds no article, or another price, is of no use to them until it is done.
 */
export class Renewal {
  readonly #ports: RenewalPorts;
  readonly #unwatch: Unwatch;
  #isDone = false;

  constructor(ports: RenewalPorts) {
    this.#ports = ports;
    // Nothing is online yet.
    this.#unwatch = ports.watch(() => this.#look());
  }

  close(): void {
    this.#isDone = true;
    this.#unwatch();
  }

  #look(): void {
    const { isHurt, isOnline, moment, renew } = this.#ports;
    if (this.#isDone || !isHurt() || !isOnline() || !maySafelyInstall(moment()).ok) return;
    this.close();
    renew();
  }
}
