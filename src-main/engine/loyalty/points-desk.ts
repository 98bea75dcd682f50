import { type CustomerId, idOf } from "#domain/ids.ts";
import { pointsRoom, takenPoints, worthOf } from "#domain/loyalty/burn.ts";
import { pointsAccount } from "#domain/loyalty/ledger.ts";
import type { LoyaltyProgramme } from "#domain/loyalty/programme.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Basket, Tender } from "#domain/ticket/basket.ts";
import { addTender, type Payment, paymentOf } from "#domain/ticket/payment.ts";
import type { PointsAnswer } from "#protocol/sync/points.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import type { VerbAnswer } from "#protocol/till/contract.ts";
import type { BalanceHolds } from "../credits/balance-holds.ts";
import type { CustomerBook } from "../customers/customer-book.ts";
import { askInTime } from "../returns/in-time.ts";
import type { ReturnJudge } from "../returns/return-judge.ts";
import type { BasketShelf } from "../shop/basket-shelf.ts";
import type { Baskets } from "../shop/baskets.ts";
import type { OnDuty, Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { Turns } from "../shop/turns.ts";
import type { PointsBook } from "./points-book.ts";
import { pointsAtCounter, standingHere, takenIn } from "./points-scene.ts";

type Refusal = Extract<VerbAnswer<"takePoints">, { readonly ok: false }>["reason"];

/** Whose points, by which programme, on which basket. */
interface Counter {
  readonly customer: CustomerId;
  readonly programme: LoyaltyProgramme;
  readonly basket: Basket;
  readonly payment: Payment;
}

/** Paying with points: what they can pay, taking them. */
export class PointsDesk {
  readonly #ports: ShopPorts;
  readonly #parts: {
    readonly session: Session;
    readonly shelf: BasketShelf;
    readonly baskets: Baskets;
    readonly turns: Turns;
    readonly book: PointsBook;
    readonly customers: Pick<CustomerBook, "get">;
    readonly returns: Pick<ReturnJudge, "asOfNow" | "isForbidden">;
    readonly holds: BalanceHolds;
  };

  constructor(
    ports: ShopPorts,
    parts: {
      readonly session: Session;
      readonly shelf: BasketShelf;
      readonly baskets: Baskets;
      readonly turns: Turns;
      readonly book: PointsBook;
      readonly customers: Pick<CustomerBook, "get">;
      readonly returns: Pick<ReturnJudge, "asOfNow" | "isForbidden">;
      readonly holds: BalanceHolds;
    },
  ) {
    this.#ports = ports;
    this.#parts = parts;
  }

  /** What points can pay of the basket in front; none are held or taken. */
  async check(): Promise<VerbAnswer<"checkPoints">> {
    const duty = this.#parts.session.maySell();
    if (!duty.ok) return duty;
    const counter = this.#counter(duty.value);
    if (!counter.ok) return counter;
    const answer = await this.#askServer(counter.value.customer);
    const room = await this.#room(duty.value, counter.value, answer);
    const { burn } = counter.value.programme;
    if (!room.ok || burn === null) return room.ok ? refused("pointsPayNothing") : room;
    return ok({ ...room.value, step: burn.points, worth: burn.worth, askedServer: answer !== null });
  }

  /** Takes so many points, or as many as can pay of what remains; with a connection the server holds them for this sale. */
  async take({ points }: { readonly points: number | null }): Promise<VerbAnswer<"takePoints">> {
    const duty = this.#parts.session.maySell();
    if (!duty.ok) return duty;
    const counter = this.#counter(duty.value);
    if (!counter.ok) return counter;
    const { customer } = counter.value;
    return this.#parts.holds.during(pointsAccount(customer), async (word) => {
      if (word === "heldByAnother") return refused("pointsHeldByAnother");
      const answer = word === "held" ? await this.#askServer(customer) : null;
      return this.#parts.turns.take(() => this.#take(points, customer, answer));
    });
  }

  /** A customer's points: with the server's word where there is a connection, else as this till knows them. */
  async ofCustomer({ customer }: { readonly customer: CustomerId }): Promise<VerbAnswer<"customerPoints">> {
    if (this.#parts.session.onDuty() === null) return refused("notSignedIn");
    const profile = await this.#parts.customers.get(customer);
    if (profile === null) return refused("noSuchCustomer");
    const programme = this.#ports.replica.settings()?.loyalty;
    if (programme === undefined) return ok(null);
    const answer = await this.#askServer(profile.id);
    const { book } = this.#parts;
    const known = answer === null ? await book.look(profile.id) : book.asTold(profile.id, answer.balance);
    return ok({
      programme: programme.name,
      standing: standingHere(programme, known),
      entries: answer === null ? null : answer.entries,
    });
  }

  /** Before a sale is written: a hold may have lapsed while the customer looked for coins, and another till taken the points. Without an answer the sale goes on. */
  async prepare({
    tenders,
    customer: asked,
  }: Basket): Promise<"pointsHeldByAnother" | "pointsTooMany" | null> {
    if (asked === null) return null;
    const customer = this.#parts.book.holderOf(asked);
    if (takenIn({ tenders }, customer) === 0) return null;
    return this.#parts.holds.during(pointsAccount(customer), async (word) => {
      if (word === "heldByAnother") return "pointsHeldByAnother";
      const answer = word === "held" ? await this.#askServer(customer) : null;
      if (answer === null) return null;
      const { balance } = this.#parts.book.asTold(customer, answer.balance);
      return balance < takenIn({ tenders }, customer) ? "pointsTooMany" : null;
    });
  }

  #counter({ settings, staff }: OnDuty): Result<Counter, "pointsNoCustomer" | "pointsPayNothing"> {
    const { shelf, returns, book } = this.#parts;
    const basket = returns.asOfNow(shelf.front(staff.id).basket);
    if (basket.customer === null) return refused("pointsNoCustomer");
    const customer = book.holderOf(basket.customer);
    const { tax, currency, loyalty: programme } = settings;
    if (programme === undefined) return refused("pointsPayNothing");
    return ok({ customer, programme, basket, payment: paymentOf({ basket, tax, currency }) });
  }

  async #room({ settings, identity }: OnDuty, counter: Counter, answer: PointsAnswer | null) {
    const { book, shelf } = this.#parts;
    const { customer, programme, basket } = counter;
    const { currency } = settings;
    if (basket.lines.some((line) => line.unitPrice.currency !== currency)) return refused("wrongCurrency");
    const isElsewhere = answer !== null && answer.holder !== null && answer.holder !== identity.device;
    const word = answer === null ? "till" : isElsewhere ? "heldByAnother" : "server";
    const known = answer === null ? await book.look(customer) : book.asTold(customer, answer.balance);
    return pointsRoom(pointsAtCounter({ ...counter, settings, shelf, known, word }, programme));
  }

  async #take(
    points: number | null,
    asked: CustomerId,
    answer: PointsAnswer | null,
  ): Promise<Result<BasketView, Refusal>> {
    const { session, shelf, baskets, returns } = this.#parts;
    const duty = session.maySell();
    if (!duty.ok) return duty;
    const counter = this.#counter(duty.value);
    if (!counter.ok) return counter;
    const { basket, programme, customer } = counter.value;
    const { settings, staff } = duty.value;
    if (customer !== asked || programme.burn === null) return refused("pointsPayNothing");
    // Before any money moves: what must not come back is not paid for either.
    if (returns.isForbidden(basket, settings)) return refused("returnNotAllowed");
    const room = await this.#room(duty.value, counter.value, answer);
    if (!room.ok) return room;
    const wanted = takenPoints(room.value, programme.burn, points);
    if (!wanted.ok) return wanted;
    const id = idOf<"Tender">(this.#ports.newId());
    const amount = worthOf(programme.burn, wanted.value);
    const tender: Tender = { id, kind: "points", amount, points: wanted.value, customer };
    const { tax, currency } = settings;
    const paid = addTender({ basket, tender, tax, currency, at: this.#ports.clock.now() });
    if (!paid.ok) return paid;
    const saved = await shelf.save({ ...shelf.front(staff.id), basket: paid.value, undo: null });
    if (!saved.ok) return saved;
    const shown = baskets.view();
    return shown === null ? refused("notSignedIn") : ok(shown);
  }

  #askServer(customer: CustomerId): Promise<PointsAnswer | null> {
    return askInTime(this.#ports, (server) => server.points(customer));
  }
}
