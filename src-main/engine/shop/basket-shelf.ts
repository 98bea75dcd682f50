import { setImmediate } from "node:timers/promises";
import { type BasketId, idOf, type StaffId } from "#domain/ids.ts";
import { ok, type Result } from "#domain/result.ts";
import type { Basket } from "#domain/ticket/basket.ts";
import { openBasket } from "#domain/ticket/basket-acts.ts";
import { BASKET_DRAFT } from "../personal-drafts.ts";
import type { Unwatch } from "../ports.ts";
import { type BasketDraft, basketDraftSchema } from "./basket-draft.ts";
import { Changes } from "./changes.ts";
import { durably } from "./durably.ts";
import type { ShopPorts } from "./shop-ports.ts";

/**
 * Every basket of this till, in memory as it is on disk: each member of staff has one open in front, parked ones are
 * everybody's. A change is written first and shown afterwards.
 */
export class BasketShelf {
  readonly #ports: ShopPorts;
  readonly #promoted: (basket: Basket) => Promise<Basket>;
  readonly #changes = new Changes();
  readonly #drafts = new Map<BasketId, BasketDraft>();
  /** Baskets that nothing was rung up in yet. */
  readonly #blanks = new Map<StaffId, BasketDraft>();
  #clearing: Promise<unknown> = Promise.resolve();

  /** `promoted` answers a basket with the promotions that hold for it now. */
  constructor(ports: ShopPorts, promoted: (basket: Basket) => Promise<Basket>) {
    this.#ports = ports;
    this.#promoted = promoted;
  }

  /**
   * Reads the baskets of before the restart. One whose sale is in the journal already was only not cleared away; a draft
   * that cannot be read stays on disk untouched and is told to `onTrouble`.
   */
  async load(): Promise<void> {
    const { drafts, journal, onTrouble } = this.#ports;
    for (const { id, value } of await drafts.list(BASKET_DRAFT)) {
      const draft = basketDraftSchema.safeParse(value);
      if (!draft.success) onTrouble(new Error(`the basket ${id} cannot be read`, { cause: draft.error }));
      else if ((await journal.ticketOfBasket(draft.data.basket.id)) === null) this.#keep(draft.data);
      else await durably(() => drafts.remove(id), onTrouble);
    }
  }

  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }

  /** The open basket of a member of staff; a blank one when there is none. */
  front(staff: StaffId): BasketDraft {
    const open = this.open().filter(({ basket }) => basket.staff === staff);
    return open.toSorted((a, b) => b.basket.updatedAt - a.basket.updatedAt)[0] ?? this.#blank(staff);
  }

  /** In front of anybody. */
  open(): readonly BasketDraft[] {
    return [...this.#drafts.values()].filter(({ basket }) => basket.status === "open");
  }

  /** Oldest first. */
  parked(): readonly BasketDraft[] {
    return [...this.#drafts.values()]
      .filter(({ basket }) => basket.status === "parked")
      .toSorted((a, b) => a.basket.updatedAt - b.basket.updatedAt);
  }

  get(basket: BasketId): BasketDraft | null {
    return this.#drafts.get(basket) ?? null;
  }

  /** Writes a basket as its next revision; when the disk refuses, it stays as it was. */
  async save({ basket, revision, undo }: BasketDraft): Promise<Result<BasketDraft, "storage">> {
    // Field by field: a draft with anything besides on disk could not be read again.
    const next: BasketDraft = { basket: await this.#promoted(basket), revision: revision + 1, undo };
    const { drafts, onTrouble } = this.#ports;
    const written = await durably(() => drafts.put(BASKET_DRAFT + next.basket.id, next), onTrouble);
    if (!written.ok) return written;
    this.#keep(next);
    this.#changes.tell();
    return { ok: true, value: next };
  }

  /** Clears a basket away; when the disk refuses, it stays. */
  async remove(basket: BasketId): Promise<Result<void, "storage">> {
    const isOnDisk = this.#drafts.has(basket);
    const removed = isOnDisk ? await this.#removeFromDisk(basket) : ok(undefined);
    if (removed.ok) this.#forget(basket);
    return removed;
  }

  /**
   * Takes a basket that is sold off the shelf: whatever the disk says, it must not be sold again. The cashier does not wait for the disk or for the screens, which
   * follow once the sale is answered for; the next start clears up what stayed.
   */
  removeSold(basket: BasketId): void {
    const isOnDisk = this.#drafts.delete(basket);
    this.#dropBlank(basket);
    this.#clearing = this.#clearing
      .then(() => setImmediate())
      .then(() => this.#changes.tell())
      // Whatever a screen does, the basket goes.
      .catch(this.#ports.onTrouble)
      .then(() => (isOnDisk ? this.#removeFromDisk(basket) : undefined));
  }

  /** Resolves when the disk is as the shelf is. */
  async settled(): Promise<void> {
    await this.#clearing;
  }

  #removeFromDisk(basket: BasketId): Promise<Result<void, "storage">> {
    const { drafts, onTrouble } = this.#ports;
    return durably(() => drafts.remove(BASKET_DRAFT + basket), onTrouble);
  }

  #keep(draft: BasketDraft): void {
    this.#drafts.set(draft.basket.id, draft);
    this.#dropBlank(draft.basket.id);
  }

  #forget(basket: BasketId): void {
    this.#drafts.delete(basket);
    this.#dropBlank(basket);
    this.#changes.tell();
  }

  #dropBlank(basket: BasketId): void {
    for (const [staff, blank] of this.#blanks) if (blank.basket.id === basket) this.#blanks.delete(staff);
  }

  #blank(staff: StaffId): BasketDraft {
    const known = this.#blanks.get(staff);
    if (known !== undefined) return known;
    const id = idOf<"Basket">(this.#ports.newId());
    const basket = openBasket({ id, staff, at: this.#ports.clock.now() });
    const blank = { basket, revision: 0, undo: null };
    this.#blanks.set(staff, blank);
    return blank;
  }
}
