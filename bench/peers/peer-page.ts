import type { ShopDocument } from "../shop/document.ts";

/** A change that a page saw in its own database. */
export interface Seen {
  /** Cents. */
  readonly amount: number;
  /** By the machine's clock, milliseconds since 1970 with their fractions: the one clock that pages and programs share. */
  readonly at: number;
}

/** What a till on a peer can be asked for; each peer's page has one as `window.peer`. */
export interface PeerPage {
  /** Pulls the whole shop into the page's database. Resolves with how long it took, milliseconds. */
  firstSync(): Promise<number>;
  /** Keeps the shop up to date, and notes each change of this price from then on. Resolves once everything is here. */
  listen(price: string): Promise<void>;
  /** What was seen since it was asked last. */
  seen(): readonly Seen[];
  /** Writes the tickets into the page's database and sends them. Resolves with how long the sending took, milliseconds. */
  push(tickets: readonly ShopDocument[]): Promise<number>;
}

declare global {
  interface Window {
    peer: PeerPage;
  }
}

/** A page's list of what it saw. */
export class SeenChanges {
  #seen: Seen[] = [];

  note(amount: number): void {
    this.#seen.push({ amount, at: performance.timeOrigin + performance.now() });
  }

  take(): readonly Seen[] {
    const seen = this.#seen;
    this.#seen = [];
    return seen;
  }
}

/** The amount of a price as it came out of a database, cents. Throws on what is no price. */
export function centsOf(price: unknown): number {
  if (typeof price === "object" && price !== null && "amount" in price) {
    const { amount } = price;
    if (
      typeof amount === "object" &&
      amount !== null &&
      "minor" in amount &&
      typeof amount.minor === "number"
    )
      return amount.minor;
  }
  throw new Error("this is no price");
}
