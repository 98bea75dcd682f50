import { idOf } from "#domain/ids.ts";
import { subtractMoney, sumMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import type { Money } from "#domain/money/money.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Basket, Tender } from "#domain/ticket/basket.ts";
import { addTender, paymentOf } from "#domain/ticket/payment.ts";
import { readCreditCode } from "#domain/value/credit-code.ts";
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
import type { LeaseRequest } from "#protocol/sync/leases.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import type { VerbAnswer } from "#protocol/till/contract.ts";
import type { Unwatch } from "../ports.ts";
import { inTime } from "../returns/in-time.ts";
import type { ReturnJudge } from "../returns/return-judge.ts";
import type { BasketShelf } from "../shop/basket-shelf.ts";
import type { Baskets } from "../shop/baskets.ts";
import type { OnDuty, Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { Turns } from "../shop/turns.ts";
import { creditAtCounter, type NamedCredit, namedCredit, ownMoves } from "./known-credit.ts";

/** A credit is held for as long as paying may take, milliseconds; the server ends it with the sale. */
export const CREDIT_HOLD_MS = 15 * 60_000;

type Refusal = Extract<VerbAnswer<"takeCredit">, { readonly ok: false }>["reason"];

/** What a credit can pay of the basket in front. */
interface Room extends CreditRoom {
  readonly scene: CreditAtCounter;
  readonly basket: Basket;
  /** Zero where the customer pays nothing more. */
  readonly remaining: Money;
}

/** Paying with store credit: looking a code up, holding it, taking it. */
export class CreditDesk {
  readonly #ports: ShopPorts;
  readonly #session: Session;
  readonly #shelf: BasketShelf;
  readonly #baskets: Baskets;
  readonly #turns: Turns;
  readonly #returns: Pick<ReturnJudge, "asOfNow" | "isForbidden">;
  /** Credits that the server holds for this till. */
  readonly #held = new Map<string, NamedCredit>();
  readonly #unwatch: Unwatch;

  constructor(
    ports: ShopPorts,
    parts: {
      readonly session: Session;
      readonly shelf: BasketShelf;
      readonly baskets: Baskets;
      readonly turns: Turns;
      readonly returns: Pick<ReturnJudge, "asOfNow" | "isForbidden">;
    },
  ) {
    this.#ports = ports;
    this.#returns = parts.returns;
    this.#session = parts.session;
    this.#shelf = parts.shelf;
    this.#baskets = parts.baskets;
    this.#turns = parts.turns;
    this.#unwatch = parts.shelf.watch(() => this.#letGo());
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
    const hold = await this.#hold(credit);
    if (hold === "heldByAnother") return refused("creditHeldByAnother");
    const answer = hold === "held" ? await this.#askServer(credit) : null;
    const taken = await this.#turns.take(() => this.#take({ credit, amount, answer }));
    // From now on: another basket's change meanwhile must not give back what this one is about to need.
    if (hold === "held") this.#held.set(credit.id, credit);
    this.#letGo();
    return taken;
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

  async #doubt(credit: NamedCredit, tenders: Basket["tenders"]) {
    const hold = await this.#hold(credit);
    if (hold === "heldByAnother") return "creditHeldByAnother";
    if (hold === "unknown") return null;
    this.#held.set(credit.id, credit);
    const balance = (await this.#askServer(credit))?.balance ?? null;
    // What this till did itself and the server has not booked yet is not the server's to judge.
    if (balance?.kind !== "credit" || ownMoves(this.#ports.journal.pendingFor("balances"), credit).length > 0)
      return null;
    const taken = tenders.flatMap((tender) =>
      tender.kind === "credit" && tender.code === credit.code ? [tender.amount] : [],
    );
    return isStillThere(balance, sumMoney(taken, balance.issued.currency)) ? null : "creditEmpty";
  }

  close(): void {
    this.#unwatch();
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
    const { remaining, giveBack } = paymentOf({ basket, tax, currency });
    const open = giveBack.minor > 0 ? zeroMoney(currency) : remaining;
    return ok({ ...room.value, scene, basket, remaining: open });
  }

  /** Null where there is no connection, or no answer while the customer waits. */
  async #askServer({ code }: NamedCredit): Promise<BalanceAnswer | null> {
    const { server, timers } = this.#ports;
    return server.online() ? inTime(timers, () => server.balance(code)) : null;
  }

  async #hold(credit: NamedCredit): Promise<"held" | "heldByAnother" | "unknown"> {
    const { server, timers } = this.#ports;
    if (!server.online()) return "unknown";
    const answer = await inTime(timers, () => server.lease(requestOf("ask", credit)));
    if (answer === null) return "unknown";
    return answer.granted ? "held" : "heldByAnother";
  }

  /**
   * Gives back what no basket needs any more. What was sold stays held: the server ends that itself once it knows of the sale, and before that no other till is
   * to take it for there.
   */
  #letGo(): void {
    const { journal, server } = this.#ports;
    for (const credit of this.#held.values()) {
      if (this.#isOnCounter(credit)) continue;
      this.#held.delete(credit.id);
      const isSold = ownMoves(journal.pendingFor("balances"), credit).some(({ kind }) => kind === "spent");
      // Where this does not come through, the server's own time ends it.
      if (!isSold && server.online()) server.lease(requestOf("release", credit)).catch(() => undefined);
    }
  }

  #isOnCounter({ code }: NamedCredit): boolean {
    return [...this.#shelf.open(), ...this.#shelf.parked()].some(({ basket }) =>
      basket.tenders.some((tender) => tender.kind === "credit" && tender.code === code),
    );
  }
}

function creditOf(typed: string): NamedCredit | null {
  const code = readCreditCode(typed);
  return code === null ? null : namedCredit(code);
}

function requestOf(act: LeaseRequest["act"], { id }: NamedCredit): LeaseRequest {
  return { act, subject: { kind: "balance", id }, ttlMs: CREDIT_HOLD_MS };
}
