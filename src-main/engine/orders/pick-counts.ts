import { z } from "zod";
import { type FulfilmentId, idOf, type LineId } from "#domain/ids.ts";
import { ok, type Result } from "#domain/result.ts";
import { piecesSchema } from "#protocol/documents/order.ts";
import { idSchema } from "#protocol/scalars.ts";
import type { Unwatch } from "../ports.ts";
import { Changes } from "../shop/changes.ts";
import { durably } from "../shop/durably.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";

const PREFIX = "pick:";
const countsSchema = z.array(z.strictObject({ line: idSchema<"Line">(), quantity: piecesSchema }));

type Counts = ReadonlyMap<LineId, number>;

/** What has been found so far of orders that are being picked here: on disk with every scan, since a basket full of goods is not counted twice. */
export class PickCounts {
  readonly #ports: Pick<ShopPorts, "drafts" | "onTrouble">;
  readonly #changes = new Changes();
  readonly #counts = new Map<FulfilmentId, Counts>();

  constructor(ports: Pick<ShopPorts, "drafts" | "onTrouble">) {
    this.#ports = ports;
  }

  /** Reads what was counted before the restart. */
  async load(): Promise<void> {
    const { drafts, onTrouble } = this.#ports;
    const found = await durably(() => drafts.list(PREFIX), onTrouble);
    for (const { id, value } of found.ok ? found.value : []) {
      const counts = countsSchema.safeParse(value);
      if (!counts.success) continue;
      const fulfilment = idOf<"Fulfilment">(id.slice(PREFIX.length));
      this.#counts.set(fulfilment, new Map(counts.data.map(({ line, quantity }) => [line, quantity])));
    }
  }

  /** Null: nothing was counted here yet. */
  of(fulfilment: FulfilmentId): Counts | null {
    return this.#counts.get(fulfilment) ?? null;
  }

  /** Writes the counts of one order; they count once they are on disk. */
  async put(fulfilment: FulfilmentId, counts: Counts): Promise<Result<null, "storage">> {
    const { drafts, onTrouble } = this.#ports;
    const value = [...counts].map(([line, quantity]) => ({ line, quantity }));
    const written = await durably(() => drafts.put(PREFIX + fulfilment, value), onTrouble);
    if (!written.ok) return written;
    this.#counts.set(fulfilment, counts);
    this.#changes.tell();
    return ok(null);
  }

  /** The counting is over. What the disk will not let go of is overwritten by the next counting. */
  async clear(fulfilment: FulfilmentId): Promise<void> {
    if (!this.#counts.delete(fulfilment)) return;
    this.#changes.tell();
    const { drafts, onTrouble } = this.#ports;
    await durably(() => drafts.remove(PREFIX + fulfilment), onTrouble);
  }

  /** Forgets the counting of orders that are not being picked any more, cancelled ones above all. */
  async keepOnly(isPicked: (fulfilment: FulfilmentId) => boolean): Promise<void> {
    for (const fulfilment of [...this.#counts.keys()])
      if (!isPicked(fulfilment)) await this.clear(fulfilment);
  }

  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }
}
