import { instant } from "#domain/ids.ts";
import { type Promotion, promotionsAt } from "#domain/promotions/promotion.ts";
import { Followed } from "../replica/followed.ts";
import type { ShopPorts } from "./shop-ports.ts";

/** The promotions that this till knows, in memory: a basket is priced with them at each touch. */
export class Promotions {
  readonly #ports: Pick<ShopPorts, "replica" | "clock" | "onTrouble">;
  readonly #known = new Map<string, Promotion>();
  readonly #followed: Followed<"promotions">;

  constructor(ports: Pick<ShopPorts, "replica" | "clock" | "onTrouble">) {
    this.#ports = ports;
    this.#followed = new Followed(ports, "promotions", {
      take: (id, promotion) => {
        if (promotion === null) this.#known.delete(id);
        else this.#known.set(id, promotion);
      },
    });
  }

  /** Reads what is on disk. A replica that cannot be read is told as trouble: prices are without promotions then. */
  load(): Promise<void> {
    return this.#followed.load();
  }

  /** Those that hold now, by the till's clock corrected by what it knows of the server's, in the order in which they are granted. */
  now(clockOffsetMs: number): readonly Promotion[] {
    return promotionsAt([...this.#known.values()], instant(this.#ports.clock.now() - clockOffsetMs));
  }

  close(): void {
    this.#followed.end();
  }
}
