import type { Promotion } from "#domain/promotions/promotion.ts";
import { allPromotions } from "../catalog/promotions.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { PROMOTIONS_FEED } from "../sync/feeds.ts";

/** Every promotion of the chain, read and parsed once for each head of its feed. */
export class PromotionShelf {
  #head = -1;
  #promotions: readonly Promotion[] = [];

  async all(tx: ReadTransaction): Promise<readonly Promotion[]> {
    const { head } = await tx.feedHead(PROMOTIONS_FEED);
    if (head === this.#head) return this.#promotions;
    const promotions = await allPromotions(tx);
    // A transaction of before may still be at work: it must not bring back what it sees.
    if (head > this.#head) [this.#head, this.#promotions] = [head, promotions];
    return promotions;
  }
}
