import type { FulfilmentId, LineId, VariantId } from "#domain/ids.ts";
import type { PickedLine, ShortChoice } from "#domain/orders/act.ts";
import type { FulfilmentLine, StoreOrder } from "#domain/orders/order.ts";
import { fits } from "#domain/orders/transitions.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { VerbParsedArgs } from "#protocol/till/contract.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { OnDuty } from "../shop/session.ts";
import { Turns } from "../shop/turns.ts";
import { countedOf, isClaimedByAnother } from "./order-card.ts";
import type { Acted, OrderDesk, OrderRefusal } from "./order-desk.ts";
import type { PickCounts } from "./pick-counts.ts";
import type { Slips } from "./slips.ts";

interface ByFulfilment {
  readonly fulfilment: FulfilmentId;
}
type Found = NonNullable<PickedLine["substitute"]>;

/** Picking an order: claimed by whoever begins, counted scan by scan, and one entry in the journal when it is done. */
export class Picking {
  readonly #desk: OrderDesk;
  readonly #counts: PickCounts;
  readonly #catalog: Catalog;
  readonly #slips: Slips;
  readonly #turns = new Turns();

  constructor(parts: {
    readonly desk: OrderDesk;
    readonly counts: PickCounts;
    readonly catalog: Catalog;
    readonly slips: Slips;
  }) {
    this.#desk = parts.desk;
    this.#counts = parts.counts;
    this.#catalog = parts.catalog;
    this.#slips = parts.slips;
  }

  accept({ fulfilment }: ByFulfilment): Promise<Acted> {
    return this.#desk.act("accepted", fulfilment, () => ({ type: "order.accepted", fulfilment }));
  }

  async decline({ fulfilment, reason }: VerbParsedArgs<"declineOrder">): Promise<Acted> {
    const declined = await this.#desk.act("declined", fulfilment, () => ({
      type: "order.declined",
      fulfilment,
      reason,
    }));
    if (declined.ok) await this.#counts.clear(fulfilment);
    return declined;
  }

  async start({ fulfilment }: ByFulfilment): Promise<Acted> {
    const opened = this.#desk.open("pickingStarted", fulfilment);
    if (!opened.ok) return opened;
    const { duty, order } = opened.value;
    // Asked again, or by who claimed it before a restart: the pick goes on.
    if (order.fulfilment.state === "picking" && !this.#isTaken(order, duty))
      return this.#desk.answer(fulfilment);
    return this.#desk.write(duty, fulfilment, (now) => {
      if (fits("pickingStarted", now.fulfilment.state)) return { type: "order.pickingStarted", fulfilment };
      return this.#isTaken(now, duty) ? "claimedByAnother" : "notNow";
    });
  }

  /** Anybody may take a claim back: whoever made it may have gone home. */
  async stop({ fulfilment }: ByFulfilment): Promise<Acted> {
    const stopped = await this.#desk.act("pickingStopped", fulfilment, () => ({
      type: "order.pickingStopped",
      fulfilment,
    }));
    if (!stopped.ok) return stopped;
    await this.#counts.clear(fulfilment);
    return this.#desk.answer(fulfilment);
  }

  async scan({ fulfilment, code }: VerbParsedArgs<"pickScan">): Promise<Acted> {
    const found = await this.#catalog.byCode(code);
    return this.#turns.take(async () => {
      const picking = this.#picking(fulfilment);
      if (!picking.ok) return picking;
      if (found === null) return refused("noSuchItem");
      const order = picking.value;
      const { variant } = found.item;
      const wanted = order.fulfilment.lines.filter((line) => line.variant === variant && dueOf(line) > 0);
      if (wanted.length === 0) return refused("wrongItem");
      const room = wanted.find((line) => this.#counted(order, line) < dueOf(line));
      if (room === undefined) return refused("overScan");
      return this.#count(order, room.line, this.#counted(order, room) + 1);
    });
  }

  count({ fulfilment, line, quantity }: VerbParsedArgs<"pickCount">): Promise<Acted> {
    return this.#turns.take(async () => {
      const picking = this.#picking(fulfilment);
      if (!picking.ok) return picking;
      const due = picking.value.fulfilment.lines.find((each) => each.line === line);
      if (due === undefined) return refused("noSuchLine");
      return quantity > dueOf(due) ? refused("overScan") : this.#count(picking.value, line, quantity);
    });
  }

  finish({ fulfilment, shelf, rest, substitutes }: VerbParsedArgs<"finishPicking">): Promise<Acted> {
    return this.#turns.take(async () => {
      const replaced = await this.#lookUp(substitutes);
      if (!replaced.ok) return replaced;
      const picking = this.#picking(fulfilment);
      if (!picking.ok) return picking;
      const opened = this.#desk.open("picked", fulfilment);
      if (!opened.ok) return opened;
      const finished = await this.#desk.write(opened.value.duty, fulfilment, (order) => {
        const lines = this.#pickedLines(order, replaced.value);
        const refusal = refusalOf(order, lines, rest);
        if (refusal !== null) return refusal;
        const choice = isShort(order, lines) ? rest : null;
        return { type: "order.picked", fulfilment, lines, shelf: shelf.trim(), rest: choice };
      });
      if (!finished.ok) return finished;
      await this.#counts.clear(fulfilment);
      const order = this.#desk.find(fulfilment);
      if (order?.fulfilment.state === "ready") this.#slips.printShelfLabel(order);
      return this.#desk.answer(fulfilment);
    });
  }

  /** The order, if it is being counted by whoever is on duty. */
  #picking(fulfilment: FulfilmentId): Result<StoreOrder, OrderRefusal> {
    const opened = this.#desk.open("picked", fulfilment);
    if (!opened.ok) return opened;
    const { order, duty } = opened.value;
    const { state } = order.fulfilment;
    if (state === "short") return ok(order);
    if (state !== "picking") return refused("notNow");
    return this.#isTaken(order, duty) ? refused("claimedByAnother") : ok(order);
  }

  #isTaken(order: StoreOrder, { staff, identity }: OnDuty): boolean {
    return isClaimedByAnother(order, { staff: staff.id, device: identity.device });
  }

  #counted(order: StoreOrder, line: FulfilmentLine): number {
    return countedOf(order, line, this.#counts.of(order.id));
  }

  async #count(order: StoreOrder, line: LineId, quantity: number): Promise<Acted> {
    const before = order.fulfilment.lines.map((each) => [each.line, this.#counted(order, each)] as const);
    const written = await this.#counts.put(order.id, new Map(before).set(line, quantity));
    return written.ok ? this.#desk.answer(order.id) : written;
  }

  async #lookUp(
    substitutes: readonly { readonly line: LineId; readonly variant: VariantId }[],
  ): Promise<Result<ReadonlyMap<LineId, Found>, "noSuchItem">> {
    const found = new Map<LineId, Found>();
    for (const { line, variant } of substitutes) {
      const article = await this.#catalog.byVariant(variant);
      if (article === null) return refused("noSuchItem");
      found.set(line, { variant, sku: article.item.sku, name: article.item.name });
    }
    return ok(found);
  }

  #pickedLines(order: StoreOrder, substitutes: ReadonlyMap<LineId, Found>): readonly PickedLine[] {
    return order.fulfilment.lines.map((line) => {
      const instead = substitutes.get(line.line) ?? null;
      return {
        line: line.line,
        quantity: Math.min(this.#counted(order, line), dueOf(line)),
        substitute: instead?.variant === line.variant ? null : instead,
      };
    });
  }
}

function dueOf({ quantity, missing }: FulfilmentLine): number {
  return quantity - missing;
}

function isShort({ fulfilment }: StoreOrder, picked: readonly PickedLine[]): boolean {
  const found = new Map(picked.map(({ line, quantity }) => [line, quantity]));
  return fulfilment.lines.some((line) => (found.get(line.line) ?? 0) < dueOf(line));
}

function refusalOf(
  order: StoreOrder,
  picked: readonly PickedLine[],
  rest: ShortChoice | null,
): OrderRefusal | null {
  if (!fits("picked", order.fulfilment.state)) return "notNow";
  if (picked.every(({ quantity }) => quantity === 0)) return "nothingPicked";
  return isShort(order, picked) && rest === null ? "choiceMissing" : null;
}
