import { instant } from "#domain/ids.ts";
import { type Promotion, promotionsAt } from "#domain/promotions/promotion.ts";
import type { Unwatch } from "../ports.ts";
import type { ShopPorts } from "./shop-ports.ts";

/** The promotions that this till knows, in memory: a basket is priced with them at each touch. */
export class Promotions {
  readonly #ports: Pick<ShopPorts, "replica" | "clock" | "onTrouble">;
  readonly #known = new Map<string, Promotion>();
  readonly #unwatch: Unwatch;
  /** Told of while the first reading was under way: newer than what it read. */
  #changedMeanwhile: Set<string> | null = new Set();

  constructor(ports: Pick<ShopPorts, "replica" | "clock" | "onTrouble">) {
    this.#ports = ports;
    this.#unwatch = ports.replica.watch("promotions", (changes) => {
      for (const { id, data } of changes) {
        this.#changedMeanwhile?.add(id);
        if (data === null) this.#known.delete(id);
        else this.#known.set(id, data);
      }
    });
  }

  /** Reads what is on disk. A replica that cannot be read is told as trouble: prices are without promotions then. */
  async load(): Promise<void> {
    try {
      for await (const chunk of this.#ports.replica.scan("promotions"))
        for (const promotion of chunk)
          if (this.#changedMeanwhile?.has(promotion.id) !== true) this.#known.set(promotion.id, promotion);
    } catch (error) {
      this.#ports.onTrouble(error);
    }
    this.#changedMeanwhile = null;
  }

  /** Those that hold now, by the till's clock corrected by what it knows of the server's, in the order in which they are granted. */
  now(clockOffsetMs: number): readonly Promotion[] {
    return promotionsAt([...this.#known.values()], instant(this.#ports.clock.now() - clockOffsetMs));
  }

  close(): void {
    this.#unwatch();
  }
}
