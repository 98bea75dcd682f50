import type { CustomerId, VariantId } from "#domain/ids.ts";
import { type Purchase, purchaseKey } from "#domain/returns/purchase.ts";
import { fold } from "#domain/text/fold.ts";
import type { ReplicaDocument } from "#protocol/documents/collections.ts";
import { Followed } from "../replica/followed.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";

const PREFIX = "purchase:";

/** What a purchase is found by. */
export interface PurchaseTraits {
  readonly key: string;
  /** Folded. */
  readonly number: string;
  readonly at: Purchase["at"];
  readonly day: Purchase["day"];
  readonly paidMinor: number;
  readonly customer: CustomerId | null;
  /** Folded. */
  readonly approvals: readonly string[];
  readonly variants: readonly VariantId[];
}

export function traitsOf(purchase: Purchase): PurchaseTraits {
  const { ref, number, at, day, settled, customer, paidWith, lines } = purchase;
  return {
    key: purchaseKey(ref),
    number: fold(number),
    at,
    day,
    paidMinor: settled.minor,
    customer,
    approvals: paidWith.flatMap((paid) => (paid.kind === "card" ? [fold(paid.approvalCode)] : [])),
    variants: lines.flatMap(({ variant }) => variant ?? []),
  };
}

/** What each purchase of the replica is found by, in memory: their documents are read for those alone that are shown. */
export class PurchaseIndex {
  readonly #traits = new Map<string, PurchaseTraits>();
  readonly #followed: Followed<"receipts">;
  #loaded: Promise<void> | null = null;

  constructor(ports: Pick<ShopPorts, "replica" | "onTrouble">) {
    this.#followed = new Followed(ports, "receipts", {
      take: (id, document) => {
        if (document === null) this.#traits.delete(id.slice(PREFIX.length));
        else this.#take(document);
      },
    });
  }

  /** Reads the replica, once; whoever asks meanwhile waits. */
  load(): Promise<void> {
    this.#loaded ??= this.#followed.load();
    return this.#loaded;
  }

  /** Purchases that fit, by what they are found by. */
  async fitting(fits: (traits: PurchaseTraits) => boolean): Promise<readonly PurchaseTraits[]> {
    await this.load();
    return [...this.#traits.values()].filter(fits);
  }

  close(): void {
    this.#followed.end();
  }

  #take(document: ReplicaDocument<"receipts">): void {
    if (document.kind !== "purchase") return;
    const traits = traitsOf(document.purchase);
    this.#traits.set(traits.key, traits);
  }
}
