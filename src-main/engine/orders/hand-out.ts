import type { FulfilmentId } from "#domain/ids.ts";
import type { HandedLine, HandOver, HandOverProof, LeaseOverride } from "#domain/orders/act.ts";
import { allThatIsDue } from "#domain/orders/goods.ts";
import { type HandOverRefusal, mayHandOver } from "#domain/orders/hand-over.ts";
import type { StoreOrder } from "#domain/orders/order.ts";
import { isPickupCode, normalisePickupCode, readPickupQr } from "#domain/orders/pickup-code.ts";
import { orderPolicyOf, signatureRuleOf } from "#domain/orders/policy.ts";
import { isSignatureDue } from "#domain/orders/signature.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import { sha256Hex } from "../journal/journal.ts";
import type { Unwatch } from "../ports.ts";
import { Changes } from "../shop/changes.ts";
import type { OnDuty, Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import { Throttle } from "../shop/throttle.ts";
import { Turns } from "../shop/turns.ts";
import type { Leases } from "./leases.ts";
import type { OrderBaskets } from "./order-baskets.ts";
import { isSettled } from "./order-card.ts";
import type { OrderDesk, OrderRefusal } from "./order-desk.ts";

type Args = VerbParsedArgs<"handOver">;
type Answer = VerbAnswer<"handOver">;

/** Orders over the counter: proven, permitted by the lease or a manager's word, and once. */
export class HandOut {
  readonly #session: Session;
  readonly #desk: OrderDesk;
  readonly #leases: Leases;
  readonly #baskets: OrderBaskets;
  readonly #throttle: Throttle;
  readonly #turns = new Turns();
  readonly #changes = new Changes();
  /** Hand-outs between their proof and their entry. */
  readonly #underWay = new Set<FulfilmentId>();

  constructor(
    ports: Pick<ShopPorts, "clock" | "drafts" | "onTrouble">,
    parts: {
      readonly session: Session;
      readonly desk: OrderDesk;
      readonly leases: Leases;
      readonly baskets: OrderBaskets;
    },
  ) {
    this.#session = parts.session;
    this.#desk = parts.desk;
    this.#leases = parts.leases;
    this.#baskets = parts.baskets;
    this.#throttle = new Throttle(ports);
  }

  /** Calls back when one begins and when it is over. */
  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }

  isUnderWay(fulfilment: FulfilmentId): boolean {
    return this.#underWay.has(fulfilment);
  }

  /** One after another: a code is not guessed in parallel, and no order is handed out by two screens at once. */
  handOver(args: Args): Promise<Answer> {
    return this.#turns.take(async () => {
      this.#underWay.add(args.fulfilment);
      this.#changes.tell();
      try {
        return await this.#handOver(args);
      } finally {
        this.#underWay.delete(args.fulfilment);
        this.#changes.tell();
      }
    });
  }

  async #handOver(args: Args): Promise<Answer> {
    const { fulfilment } = args;
    const opened = this.#desk.open("handedOver", fulfilment);
    if (!opened.ok) return opened;
    const { duty, order } = opened.value;
    if (order.fulfilment.kind !== "pickup") return refused("notPickup");
    const state = this.#refusalOf(order, duty, null);
    if (state !== null && !isAboutTheLease(state)) return refused(state);
    const lines = linesOf(order, args.lines);
    if (!lines.ok) return lines;
    const isSale = args.withSale || !isSettled(order);
    const inTheWay = isSale ? this.#baskets.collectRefusal(duty, order) : null;
    if (inTheWay !== null) return refused(inTheWay);
    const proof = await this.#prove(order, args.proof);
    if (!proof.ok) return proof;
    const rule = signatureRuleOf(orderPolicyOf(duty.settings));
    if (args.signature === null && isSignatureDue(rule, proof.value)) return refused("signatureMissing");
    const override = await this.#override(fulfilment, duty, args.override);
    if (!override.ok) return override;
    const handOver = {
      lines: lines.value,
      proof: proof.value,
      override: override.value,
      ...(args.signature === null ? {} : { signature: args.signature }),
    };
    return isSale ? this.#collect(duty, fulfilment, handOver) : this.#write(duty, fulfilment, handOver);
  }

  /** Why the order may not be handed out by this till now; null when it may. */
  #refusalOf(
    order: StoreOrder,
    { identity }: Pick<OnDuty, "identity">,
    override: LeaseOverride | null,
  ): HandOverRefusal | null {
    const may = mayHandOver({ order, device: identity.device, now: this.#leases.now(), override });
    return may.ok ? null : may.reason;
  }

  async #prove(order: StoreOrder, proof: Args["proof"]): Promise<Result<HandOverProof, OrderRefusal>> {
    if (proof.kind === "idCheck") return ok(proof);
    const verifier = order.fulfilment.pickup;
    if (verifier === null || proof.code.trim() === "") return refused("codeMissing");
    const code = codeIn(proof.code.trim(), order);
    const tried = await this.#throttle.attempt(
      `code:${order.id}`,
      async () => code !== null && isPickupCode({ code, verifier, sha256Hex }),
    );
    if (tried.ok) return ok({ kind: "code" });
    if (tried.reason === "storage") return refused("storage");
    return refused(tried.reason === "wrong" ? "wrongCode" : "tooManyTries");
  }

  /** Null where the till holds the lease, or gets it now; else a manager's word, if one is given. */
  async #override(
    fulfilment: FulfilmentId,
    duty: OnDuty,
    word: Args["override"],
  ): Promise<Result<LeaseOverride | null, OrderRefusal>> {
    const before = this.#desk.find(fulfilment);
    if (before !== null && this.#leases.holds(before)) return ok(null);
    if (word !== null) {
      const { manager: staff, pin, reason } = word;
      const permission = "orders.handOverWithoutLease";
      const vouched = await this.#session.vouch({ staff, pin, permission });
      return vouched.ok ? ok({ manager: staff, reason }) : vouched;
    }
    const outcome = await this.#leases.ensure(fulfilment);
    if (outcome === "held") return ok(null);
    const order = this.#desk.find(fulfilment);
    if (order === null) return refused("noSuchOrder");
    const refusal = this.#refusalOf(order, duty, null);
    if (refusal === null) return ok(null);
    return refused(outcome === "heldByAnother" && isAboutTheLease(refusal) ? "leaseHeldByAnother" : refusal);
  }

  async #collect(duty: OnDuty, fulfilment: FulfilmentId, handOver: HandOver): Promise<Answer> {
    const order = this.#desk.find(fulfilment);
    if (order === null) return refused("noSuchOrder");
    const collected = await this.#baskets.collect(duty, order, handOver);
    return collected.ok ? ok({ next: "sale", order: this.#desk.card(order) }) : collected;
  }

  async #write(duty: OnDuty, fulfilment: FulfilmentId, handOver: HandOver): Promise<Answer> {
    const written = await this.#desk.write(duty, fulfilment, (order) => {
      const refusal = this.#refusalOf(order, duty, handOver.override);
      if (refusal !== null) return refusal;
      if (!areStillDue(order, handOver.lines)) return "alreadyCollected";
      return { type: "order.handedOver", fulfilment, ticket: null, ...handOver };
    });
    return written.ok ? ok({ next: "done", order: written.value }) : written;
  }
}

/** Whether exactly these pieces are the next ones of their lines. */
export function areStillDue({ fulfilment }: StoreOrder, lines: readonly HandedLine[]): boolean {
  const due = new Map(allThatIsDue(fulfilment).map((each) => [each.line, each]));
  return lines.every(({ line, from, quantity }) => {
    const left = due.get(line);
    return left !== undefined && left.from === from && quantity <= left.quantity;
  });
}

function isAboutTheLease(refusal: HandOverRefusal): boolean {
  return refusal === "leaseHeldByAnother" || refusal === "leaseUnknown";
}

/** The code as it is compared: typed bare or with dashes, or out of a QR of this very order. */
function codeIn(text: string, { number }: StoreOrder): string | null {
  const qr = readPickupQr(text);
  if (qr === null) return normalisePickupCode(text);
  return qr.number === number ? qr.code : null;
}

function linesOf(order: StoreOrder, wanted: Args["lines"]): Result<readonly HandedLine[], OrderRefusal> {
  const due = allThatIsDue(order.fulfilment);
  if (due.length === 0) return refused("nothingToHandOver");
  if (wanted === null) return ok(due);
  if (wanted.length === 0) return refused("nothingToHandOver");
  const lines: HandedLine[] = [];
  for (const { line, quantity } of wanted) {
    const left = due.find((each) => each.line === line);
    if (left === undefined || lines.some((each) => each.line === line)) return refused("noSuchLine");
    if (quantity > left.quantity) return refused("nothingToHandOver");
    lines.push({ ...left, quantity });
  }
  return ok(lines);
}
