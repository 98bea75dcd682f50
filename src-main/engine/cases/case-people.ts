import type { Case, CaseContact } from "#domain/cases/case.ts";
import { type CustomerId, idOf } from "#domain/ids.ts";
import type { Unwatch } from "../ports.ts";
import { Changes } from "../shop/changes.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";

const NOBODY: CaseContact = { name: "", email: null, phone: null };

/** Who came with cases: by their profiles in the replica, read once each, else as they were noted at the counter. */
export class CasePeople {
  readonly #ports: Pick<ShopPorts, "replica" | "onTrouble">;
  readonly #changes = new Changes();
  readonly #known = new Map<CustomerId, CaseContact>();
  readonly #unwatch: Unwatch;

  constructor(ports: Pick<ShopPorts, "replica" | "onTrouble">) {
    this.#ports = ports;
    this.#unwatch = ports.replica.watch("customers", (changes) => {
      const isKnown = changes.some(({ id }) => this.#known.delete(idOf<"Customer">(id)));
      if (isKnown) this.#changes.tell();
    });
  }

  /** Nobody while their profile is on its way; whoever watches is told when it is here. */
  of({ customer, contact }: Pick<Case, "customer" | "contact">): CaseContact {
    if (customer === null) return contact ?? NOBODY;
    const known = this.#known.get(customer);
    if (known !== undefined) return known;
    this.#known.set(customer, NOBODY);
    void this.#read(customer);
    return NOBODY;
  }

  /** Makes sure that they are known before a card is made. */
  async meet({ customer }: Pick<Case, "customer">): Promise<void> {
    if (customer !== null && (this.#known.get(customer) ?? NOBODY) === NOBODY) await this.#read(customer);
  }

  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }

  close(): void {
    this.#unwatch();
  }

  async #read(customer: CustomerId): Promise<void> {
    try {
      const found = await this.#ports.replica.get("customers", customer);
      if (found === null) return;
      const { name, email, phone } = found;
      this.#known.set(customer, { name, email, phone });
      this.#changes.tell();
    } catch (error) {
      this.#ports.onTrouble(error);
    }
  }
}
