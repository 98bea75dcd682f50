import { idOf } from "#domain/ids.ts";
import { subtractMoney, sumMoney } from "#domain/money/arithmetic.ts";
import type { Money } from "#domain/money/money.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Basket, Tender } from "#domain/ticket/basket.ts";
import { addTender, paymentOf } from "#domain/ticket/payment.ts";
import { readCreditCode } from "#domain/value/credit-code.ts";
import { payableWithValue } from "#domain/value/payable-with-value.ts";
import {
  type CreditAtCounter,
  type CreditRoom,
  creditRoom,
  isStillThere,
  maxOfflineCredit,
  roomFor,
  takenOfCredit,
} from "#domain/value/spending.ts";
import type { BalanceAnswer } from "#protocol/sync/balances.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import type { VerbAnswer } from "#protocol/till/contract.ts";
import { askInTime } from "../returns/in-time.ts";
import type { ReturnJudge } from "../returns/return-judge.ts";
import type { BasketShelf } from "../shop/basket-shelf.ts";
import type { Baskets } from "../shop/baskets.ts";
import type { OnDuty, Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { Turns } from "../shop/turns.ts";
import type { BalanceHolds } from "./balance-holds.ts";
import { creditAtCounter, type NamedCredit, namedCredit, ownMoves } from "./known-credit.ts";

type Refusal = Extract<VerbAnswer<"takeCredit">, { readonly ok: false }>["reason"];

/** What a credit can pay of the basket in front. */
interface Room extends CreditRoom {
  readonly scene: CreditAtCounter;
  readonly basket: Basket;
  /** What value may pay of it; zero where the customer pays nothing more. */
  readonly remaining: Money;
}

/** Paying with store credit: looking a code up, taking it. */
export class CreditDesk {
  readonly #ports: ShopPorts;
  readonly #session: Session;
  readonly #shelf: BasketShelf;
  readonly #baskets: Baskets;
  readonly #turns: Turns;
  readonly #returns: Pick<ReturnJudge, "asOfNow" | "isForbidden">;
  readonly #holds: BalanceHolds;

  constructor(
    ports: ShopPorts,
    parts: {
      readonly session: Session;
      readonly shelf: BasketShelf;
      readonly baskets: Baskets;
      readonly turns: Turns;
      readonly returns: Pick<ReturnJudge, "asOfNow" | "isForbidden">;
      readonly holds: BalanceHolds;
    },
  ) {
    this.#ports = ports;
    this.#holds = parts.holds;
    this.#returns = parts.returns;
    this.#session = parts.session;
    this.#shelf = parts.shelf;
    this.#baskets = parts.baskets;
    this.#turns = parts.turns;
  }

  /** How a credit stands; nothing is held and nothing taken. */
  async check({ code }: { readonly code: string }): Promise<VerbAnswer<"checkCredit">> {
    const credit = creditOf(code);
    if (credit === null) return refused("creditMistyped");
    const duty = this.#session.maySell();
    if (!duty.ok) return duty;
    const answer = await this.#askServer(credit);
    const found = await this.#room(duty.value, credit, answer);
    if (!found.ok) return found;
    const { balance, remaining, scene } = found.value;
    return ok({
      code: credit.code,
      balance,
      ...roomFor(found.value, remaining),
      askedServer: answer !== null,
      issuedAt: scene.sums?.issuedAt ?? null,
    });
  }

  /** Takes of a credit what is asked for, or all that it can pay of what remains; with a connection the server holds it for this sale. */
  async take({
    code,
    amount,
  }: {
    readonly code: string;
    readonly amount: Money | null;
  }): Promise<VerbAnswer<"takeCredit">> {
    const credit = creditOf(code);
    if (credit === null) return refused("creditMistyped");
    const duty = this.#session.maySell();
    if (!duty.ok) return duty;
    return this.#holds.during(credit.id, async (word) => {
      if (word === "heldByAnother") return refused("creditHeldByAnother");
      const answer = word === "held" ? await this.#askServer(credit) : null;
      return this.#turns.take(() => this.#take({ credit, amount, answer }));
    });
  }

  /** Before a sale is written: a hold may have lapsed while the customer looked for coins, and another till spent the credit. Without an answer the sale goes on. */
  async prepare({ tenders }: Basket): Promise<"creditHeldByAnother" | "creditEmpty" | null> {
    const credits = new Map<string, NamedCredit>();
    for (const tender of tenders) {
      const credit = tender.kind === "credit" ? creditOf(tender.code) : null;
      if (credit !== null) credits.set(credit.id, credit);
    }
    const refusals = await Promise.all([...credits.values()].map((credit) => this.#doubt(credit, tenders)));
    return refusals.find((refusal) => refusal !== null) ?? null;
  }

  #doubt(credit: NamedCredit, tenders: Basket["tenders"]) {
    return this.#holds.during(credit.id, async (word) => {
      if (word === "heldByAnother") return "creditHeldByAnother";
      const balance = word === "held" ? ((await this.#askServer(credit))?.balance ?? null) : null;
      // What this till did itself and the server has not booked yet is not the server's to judge.
      if (
        balance === null ||
        !("issued" in balance) ||
        ownMoves(this.#ports.journal.pendingFor("balances"), credit).length > 0
      )
        return null;
      const taken = tenders.flatMap((tender) =>
        tender.kind === "credit" && tender.code === credit.code ? [tender.amount] : [],
      );
      return isStillThere(balance, sumMoney(taken, balance.issued.currency)) ? null : "creditEmpty";
    });
  }

  async #take({
    credit,
    amount,
    answer,
  }: {
    readonly credit: NamedCredit;
    readonly amount: Money | null;
    readonly answer: BalanceAnswer | null;
  }): Promise<Result<BasketView, Refusal>> {
    const duty = this.#session.maySell();
    if (!duty.ok) return duty;
    const { settings } = duty.value;
    const found = await this.#room(duty.value, credit, answer);
    if (!found.ok) return found;
    const { basket, remaining } = found.value;
    // Before any money moves: what must not come back is not paid for either.
    if (this.#returns.isForbidden(basket, settings)) return refused("returnNotAllowed");
    const wanted = takenOfCredit(found.value, { remaining, asked: amount });
    if (!wanted.ok) return wanted;
    const id = idOf<"Tender">(this.#ports.newId());
    const left = subtractMoney(found.value.balance, wanted.value);
    const tender: Tender = { id, kind: "credit", amount: wanted.value, code: credit.code, left };
    const { tax, currency } = settings;
    const paid = addTender({ basket, tender, tax, currency, at: this.#ports.clock.now() });
    if (!paid.ok) return paid;
    const draft = this.#shelf.front(duty.value.staff.id);
    const saved = await this.#shelf.save({ ...draft, basket: paid.value, undo: null });
    if (!saved.ok) return saved;
    const shown = this.#baskets.view();
    return shown === null ? refused("notSignedIn") : ok(shown);
  }

  async #room(
    { settings, staff, identity }: OnDuty,
    credit: NamedCredit,
    answer: BalanceAnswer | null,
  ): Promise<Result<Room, Refusal>> {
    const { tax, currency, offlinePolicy } = settings;
    const basket = this.#returns.asOfNow(this.#shelf.front(staff.id).basket);
    if (basket.lines.some((line) => line.unitPrice.currency !== currency)) return refused("wrongCurrency");
    const scene = await creditAtCounter(this.#ports, {
      credit,
      answer,
      device: identity.device,
      shelf: this.#shelf,
      currency,
      maxOffline: maxOfflineCredit(offlinePolicy, currency),
    });
    const room = creditRoom(scene);
    if (!room.ok) return room;
    const payment = paymentOf({ basket, tax, currency });
    return ok({ ...room.value, scene, basket, remaining: payableWithValue(basket, payment) });
  }

  #askServer({ code }: NamedCredit): Promise<BalanceAnswer | null> {
    return askInTime(this.#ports, (server) => server.balance(code));
  }
}

function creditOf(typed: string): NamedCredit | null {
  const code = readCreditCode(typed);
  return code === null ? null : namedCredit(code);
}
