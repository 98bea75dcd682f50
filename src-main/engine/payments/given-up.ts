import { z } from "zod";
import type { BasketId } from "#domain/ids.ts";
import type { CardRequest } from "#domain/payments/card-request.ts";
import { ok, type Result } from "#domain/result.ts";
import { idSchema } from "#protocol/scalars.ts";
import { cardRequestSchema } from "../shop/basket-draft.ts";
import { durably } from "../shop/durably.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";

const PREFIX = "card-given-up:";

/** A request of which somebody said that nothing came of it, while the terminal could not be asked. */
export interface GivenUp {
  readonly basket: BasketId;
  readonly request: CardRequest;
}

const givenUpSchema: z.ZodType<GivenUp> = z.strictObject({
  basket: idSchema<"Basket">(),
  request: cardRequestSchema,
});

/** Requests that were given up by word: once the terminal can be asked it is, and what it did take goes back. */
export class GivenUpRequests {
  readonly #ports: ShopPorts;
  readonly #known = new Map<string, GivenUp>();

  constructor(ports: ShopPorts) {
    this.#ports = ports;
  }

  async load(): Promise<void> {
    const { drafts, onTrouble } = this.#ports;
    for (const { id, value } of await drafts.list(PREFIX)) {
      const read = givenUpSchema.safeParse(value);
      if (read.success) this.#known.set(read.data.request.service, read.data);
      else onTrouble(new Error(`the request ${id} cannot be read`, { cause: read.error }));
    }
  }

  all(): readonly GivenUp[] {
    return [...this.#known.values()];
  }

  async add(givenUp: GivenUp): Promise<Result<null, "storage">> {
    const { drafts, onTrouble } = this.#ports;
    const { service } = givenUp.request;
    const written = await durably(() => drafts.put(PREFIX + service, givenUp), onTrouble);
    if (!written.ok) return written;
    this.#known.set(service, givenUp);
    return ok(null);
  }

  async drop({ request: { service } }: GivenUp): Promise<void> {
    const { drafts, onTrouble } = this.#ports;
    const removed = await durably(() => drafts.remove(PREFIX + service), onTrouble);
    if (removed.ok) this.#known.delete(service);
  }
}
