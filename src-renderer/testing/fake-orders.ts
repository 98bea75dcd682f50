import { type FulfilmentId, type Instant, idOf, instant, type LineId, type VariantId } from "#domain/ids.ts";
import { actOn, type FulfilmentAct, type HandOver } from "#domain/orders/act.ts";
import { mayHandOver } from "#domain/orders/hand-over.ts";
import type { FulfilmentLine, StoreOrder } from "#domain/orders/order.ts";
import { normalisePickupCode, readPickupQr } from "#domain/orders/pickup-code.ts";
import type { SignatureRule } from "#domain/orders/policy.ts";
import { isSignatureDue, type Signature } from "#domain/orders/signature.ts";
import { fits } from "#domain/orders/transitions.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { ORDER_REFUSALS, OrderCard, OrdersView } from "#protocol/till/orders.ts";
import { cardOf, countedOf } from "./fake-order-cards.ts";
import { HOUR_MS, PICKUP_CODE, SKETCHES, type Sketch, sketched, THIS_TILL } from "./fake-order-shop.ts";
import { ITEMS, JOHANNA, MIRA, PINS } from "./fake-shop.ts";

type Refusal = (typeof ORDER_REFUSALS)[number];
type Acted = Result<OrderCard, Refusal>;
const KEEP_READY_MS = 7 * 24 * HOUR_MS;

/** What the fake engine's sale does for a hand-out that is paid or comes with more goods. */
export type Collect = (order: StoreOrder, handOver: HandOver) => Result<null, "basketNotEmpty">;

/** The fake engine's orders: states, goods and refusals are the domain's. */
export class FakeOrders {
  readonly #now: () => Instant;
  readonly #onChange: () => void;
  readonly #counts = new Map<FulfilmentId, Map<LineId, number>>();
  readonly #unsent = new Set<FulfilmentId>();
  #orders: readonly StoreOrder[];
  #arrived = 0;
  isOnline = true;
  signatureRule: SignatureRule = "withoutCode";
  /** What customers signed, in order. */
  readonly signatures: Signature[] = [];

  constructor({ now, onChange }: { readonly now: () => Instant; readonly onChange: () => void }) {
    this.#now = now;
    this.#onChange = onChange;
    this.#orders = SKETCHES.map((sketch) => sketched(sketch, now()));
  }

  get view(): OrdersView {
    return { arrived: this.#arrived, orders: this.#orders.map((order) => this.#card(order)) };
  }

  /** Another order comes in, as from the web shop. */
  arrive(sketch: Sketch): void {
    this.#orders = [sketched(sketch, this.#now()), ...this.#orders];
    this.#arrived += 1;
    this.#onChange();
  }

  accept(id: FulfilmentId): Acted {
    return this.#act(id, { type: "accepted" });
  }

  decline(id: FulfilmentId, reason: string): Acted {
    return this.#act(id, { type: "declined", reason });
  }

  startPicking(id: FulfilmentId): Acted {
    return this.#act(id, { type: "pickingStarted" });
  }

  stopPicking(id: FulfilmentId): Acted {
    this.#counts.delete(id);
    return this.#act(id, { type: "pickingStopped" });
  }

  pickScan(id: FulfilmentId, code: string): Acted {
    const item = ITEMS.find((each) => each.gtin === code || each.sku === code);
    const order = this.#find(id);
    if (order === undefined) return refused("noSuchOrder");
    if (item === undefined) return refused("noSuchItem");
    const line = order.fulfilment.lines.find((each) => each.variant === item.variant);
    if (line === undefined) return refused("wrongItem");
    return this.pickCount({ id, line: line.line, quantity: this.#counted(order, line) + 1 });
  }

  pickCount({ id, line, quantity }: { id: FulfilmentId; line: LineId; quantity: number }): Acted {
    const order = this.#find(id);
    if (order === undefined) return refused("noSuchOrder");
    const due = order.fulfilment.lines.find((each) => each.line === line);
    if (due === undefined) return refused("noSuchLine");
    if (quantity > due.quantity - due.missing) return refused("overScan");
    this.#counts.set(id, new Map(this.#counts.get(id)).set(line, quantity));
    this.#onChange();
    return ok(this.#card(order));
  }

  finishPicking({ fulfilment, shelf, rest, substitutes }: VerbParsedArgs<"finishPicking">): Acted {
    const order = this.#find(fulfilment);
    if (order === undefined) return refused("noSuchOrder");
    const lines = order.fulfilment.lines.map((due) => ({
      line: due.line,
      quantity: this.#counted(order, due),
      substitute: substituteOf(substitutes.find((each) => each.line === due.line)?.variant),
    }));
    const missing = order.fulfilment.lines.some(
      (due) => due.quantity - due.missing > (lines.find((each) => each.line === due.line)?.quantity ?? 0),
    );
    if (missing && rest === null) return refused("choiceMissing");
    return this.#act(fulfilment, { type: "picked", lines, shelf, rest });
  }

  restock(id: FulfilmentId): Acted {
    return this.#act(id, { type: "restocked" });
  }

  ship({ fulfilment, parcels }: VerbParsedArgs<"shipOrder">): Acted {
    const order = this.#find(fulfilment);
    if (order === undefined) return refused("noSuchOrder");
    if (order.fulfilment.kind !== "ship") return refused("notShipping");
    return this.#act(fulfilment, { type: "shipped", lines: handedOf(order, null), parcels });
  }

  search(text: string): OrderCard[] {
    const qr = readPickupQr(text);
    const wanted = text.trim().toLowerCase();
    const isCode = normalisePickupCode(text) === PICKUP_CODE;
    const found = this.#orders.filter(({ number, contact, fulfilment }) => {
      if (qr !== null) return number === qr.number;
      if (isCode) return fulfilment.state === "ready" && fulfilment.kind === "pickup";
      const words = `${number} ${contact.name} ${contact.phone ?? ""}`.toLowerCase();
      return words.includes(wanted);
    });
    return found.map((order) => this.#card(order));
  }

  handOver(args: VerbParsedArgs<"handOver">, collect: Collect): VerbAnswer<"handOver"> {
    const order = this.#find(args.fulfilment);
    if (order === undefined) return refused("noSuchOrder");
    const refusal = this.#refusalOf(args, order);
    if (refusal !== null) return refused(refusal);
    const { proof, override, signature } = args;
    const lines = handedOf(order, args.lines);
    if (lines.length === 0) return refused("nothingToHandOver");
    const handOver: HandOver = {
      lines,
      proof: proof.kind === "code" ? { kind: "code" } : proof,
      override: override === null ? null : { manager: override.manager, reason: override.reason },
      ...(signature === null ? {} : { signature }),
    };
    if (signature !== null) this.signatures.push(signature);
    if (this.#card(order).due.minor > 0 || args.withSale) {
      const collected = collect(order, handOver);
      return collected.ok ? ok({ next: "sale", order: this.#card(order) }) : collected;
    }
    const acted = this.#act(order.id, { type: "handedOver", ...handOver });
    return acted.ok ? ok({ next: "done", order: acted.value }) : acted;
  }

  /** The sale of a hand-out completed: the goods are the customer's. */
  handedOver(id: FulfilmentId, handOver: HandOver): void {
    this.#act(id, { type: "handedOver", ...handOver });
  }

  #refusalOf(args: VerbParsedArgs<"handOver">, order: StoreOrder): Refusal | null {
    if (order.fulfilment.kind !== "pickup") return "notPickup";
    const { proof, override } = args;
    if (proof.kind === "code" && normalisePickupCode(proof.code) !== PICKUP_CODE) return "wrongCode";
    if (args.signature === null && isSignatureDue(this.signatureRule, proof)) return "signatureMissing";
    if (override !== null) {
      if (override.manager !== JOHANNA.id) return "notAManager";
      if (PINS[override.manager] !== override.pin) return "wrongPin";
    }
    const granted =
      order.lease === null && this.isOnline
        ? { holder: THIS_TILL, register: 1, expiresAt: instant(this.#now() + HOUR_MS), wantedBy: null }
        : order.lease;
    const may = mayHandOver({
      order: { ...order, lease: granted },
      device: THIS_TILL,
      now: this.#now(),
      override: override === null ? null : { manager: override.manager, reason: override.reason },
    });
    return may.ok ? null : may.reason;
  }

  #act(id: FulfilmentId, act: FulfilmentAct): Acted {
    const order = this.#find(id);
    if (order === undefined) return refused("noSuchOrder");
    if (!fits(act.type, order.fulfilment.state)) return refused("notNow");
    const by = { kind: "staff", staff: MIRA.id, device: THIS_TILL } as const;
    const context = { at: this.#now(), by, keepReadyMs: KEEP_READY_MS };
    const changed = { ...order, fulfilment: actOn(order.fulfilment, act, context) };
    this.#orders = this.#orders.map((each) => (each.id === id ? changed : each));
    if (!this.isOnline) this.#unsent.add(id);
    this.#onChange();
    return ok(this.#card(changed));
  }

  #find(id: FulfilmentId): StoreOrder | undefined {
    return this.#orders.find((order) => order.id === id);
  }

  #counted(order: StoreOrder, line: FulfilmentLine): number {
    return countedOf(order, line, this.#counts.get(order.id) ?? new Map());
  }

  #card(order: StoreOrder): OrderCard {
    const counts = this.#counts.get(order.id) ?? new Map<LineId, number>();
    return cardOf({ order, counts, unsent: this.#unsent, now: this.#now() });
  }
}

function substituteOf(variant: VariantId | undefined) {
  const item = ITEMS.find((each) => each.variant === variant);
  return item === undefined ? null : { variant: item.variant, sku: item.sku, name: item.name };
}

function handedOf(order: StoreOrder, wanted: VerbParsedArgs<"handOver">["lines"]): HandOver["lines"] {
  return order.fulfilment.lines.flatMap((line) => {
    const left = line.quantity - line.missing - line.handed;
    const quantity = wanted === null ? left : (wanted.find((each) => each.line === line.line)?.quantity ?? 0);
    const handed = Math.min(left, quantity);
    return handed > 0
      ? [{ line: line.line, variant: line.variant, from: line.handed, quantity: handed }]
      : [];
  });
}

/** Stores that the fake server knows of besides this one. */
export const OTHER_STORES = [
  { store: idOf<"Store">("BER2"), code: "BER2", name: "Berlin Prenzlauer Berg", available: 6 },
  { store: idOf<"Store">("HAM1"), code: "HAM1", name: "Hamburg Altona", available: 1 },
  { store: idOf<"Store">("MUC1"), code: "MUC1", name: "München Schwabing", available: 0 },
] as const;
