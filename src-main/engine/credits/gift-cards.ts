import { idOf } from "#domain/ids.ts";
import { subtractMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import { payOutRows, receiptLanguage } from "#domain/receipt/receipt-rows.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { cashPolicyOf } from "#domain/shift/cash.ts";
import { creditBalance } from "#domain/value/credit.ts";
import { CREDIT_CODE_BYTES, creditCodeOf, readCreditCode, valueKindOf } from "#domain/value/credit-code.ts";
import { addGiftCard, giftCardPolicyOf } from "#domain/value/gift-card.ts";
import { type GiftCardPaidOut, payOutOf } from "#domain/value/pay-out.ts";
import { maxOfflineCredit } from "#domain/value/spending.ts";
import type { BalanceAnswer } from "#protocol/sync/balances.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { GiftCardView } from "#protocol/till/credit.ts";
import { askInTime } from "../returns/in-time.ts";
import type { DayBook } from "../shift/day-book.ts";
import type { BasketShelf } from "../shop/basket-shelf.ts";
import type { Baskets } from "../shop/baskets.ts";
import { durably } from "../shop/durably.ts";
import type { Printing } from "../shop/printing.ts";
import type { OnDuty, Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { Turns } from "../shop/turns.ts";
import type { BalanceHolds } from "./balance-holds.ts";
import { creditAtCounter, namedCredit } from "./known-credit.ts";

const TAIL_CHARS = 4;

/** Selling and loading gift cards: always possible, with and without a connection. */
export class GiftCardDesk {
  readonly #ports: ShopPorts;
  readonly #session: Session;
  readonly #shelf: BasketShelf;
  readonly #baskets: Baskets;
  readonly #turns: Turns;
  readonly #printing: Pick<Printing, "print" | "openDrawer">;
  readonly #holds: BalanceHolds;
  readonly #day: Pick<DayBook, "shiftOf">;

  constructor(
    ports: ShopPorts,
    parts: {
      readonly session: Session;
      readonly shelf: BasketShelf;
      readonly baskets: Baskets;
      readonly turns: Turns;
      readonly printing: Pick<Printing, "print" | "openDrawer">;
      readonly holds: BalanceHolds;
      readonly day: Pick<DayBook, "shiftOf">;
    },
  ) {
    this.#ports = ports;
    this.#session = parts.session;
    this.#shelf = parts.shelf;
    this.#baskets = parts.baskets;
    this.#turns = parts.turns;
    this.#printing = parts.printing;
    this.#holds = parts.holds;
    this.#day = parts.day;
  }

  /** How a card stands, as the server says where it answers in time, else as this till last heard. */
  async look({ code }: VerbParsedArgs<"giftCard">): Promise<VerbAnswer<"giftCard">> {
    const duty = this.#session.maySell();
    if (!duty.ok) return duty;
    return this.#standing(duty.value, code);
  }

  /** Puts value on a card into the basket. */
  async sell({ code, amount }: VerbParsedArgs<"sellGiftCard">): Promise<VerbAnswer<"sellGiftCard">> {
    const before = this.#session.maySell();
    if (!before.ok) return before;
    const found = await this.#standing(before.value, code);
    if (!found.ok) return found;
    return this.#turns.take(async () => {
      const duty = this.#session.maySell();
      if (!duty.ok) return duty;
      const { settings, staff } = duty.value;
      const named = found.value.code ?? this.#newCode();
      const draft = this.#shelf.front(staff.id);
      const { words } = receiptLanguage(settings, null);
      const rung = addGiftCard({
        basket: draft.basket,
        line: idOf<"Line">(this.#ports.newId()),
        code: named,
        name: found.value.isKnown ? words.giftCardLoaded : words.giftCard,
        label: `…${named.slice(-TAIL_CHARS)}`,
        amount,
        lies: found.value.balance,
        isKnown: found.value.isKnown,
        policy: giftCardPolicyOf(settings),
        at: this.#ports.clock.now(),
      });
      if (!rung.ok) return rung.reason === "noSuchTender" ? refused("noSuchLine") : refused(rung.reason);
      if (rung.value.ordering !== undefined) return refused("giftCardLine");
      const saved = await this.#shelf.save({ ...draft, basket: rung.value, undo: null });
      if (!saved.ok) return saved;
      const shown = this.#baskets.view();
      return shown === null ? refused("notSignedIn") : ok(shown);
    });
  }

  /**
   * Gives back in money what lies on an unused card, by a manager's word. The PIN is checked before the card is looked at: guessing is slowed down either way. The
   * entry is written before the drawer opens.
   */
  async payOut({
    code: typed,
    manager,
    pin,
    reason,
  }: VerbParsedArgs<"payOutGiftCard">): Promise<VerbAnswer<"payOutGiftCard">> {
    const duty = this.#session.maySell();
    if (!duty.ok) return duty;
    if (reason.trim() === "") return refused("reasonMissing");
    const vouched = await this.#session.vouch({ staff: manager, pin, permission: "returns.override" });
    if (!vouched.ok) return vouched;
    const code = readCreditCode(typed);
    if (code === null || valueKindOf(code) !== "giftCard") return refused("creditMistyped");
    return this.#holds.during(namedCredit(code).id, async (word) => {
      if (word === "heldByAnother") return refused("creditHeldByAnother");
      const answer = await this.#askServer(code);
      return this.#turns.take(() => this.#payOut(duty.value, { code, answer, manager, reason }));
    });
  }

  async #payOut(
    duty: OnDuty,
    {
      code,
      answer,
      manager,
      reason,
    }: Pick<VerbParsedArgs<"payOutGiftCard">, "code" | "manager" | "reason"> & {
      readonly answer: BalanceAnswer | null;
    },
  ): Promise<VerbAnswer<"payOutGiftCard">> {
    const { settings, staff } = duty;
    // Closed by a colleague since it was asked for: then there is no drawer that the money could come out of.
    if (cashPolicyOf(settings).requireShift && this.#day.shiftOf(duty) === null)
      return refused("shiftNeeded");
    const due = payOutOf(await this.#atCounter(duty, code, answer));
    if (!due.ok) return due;
    const id = this.#ports.newId();
    const fact = { type: "giftCard.paidOut", id, code, amount: due.value, manager, reason } as const;
    const { journal, onTrouble, clock } = this.#ports;
    const makeFact = (): GiftCardPaidOut => {
      const shift = this.#day.shiftOf(duty);
      return shift === null ? fact : { ...fact, shift };
    };
    const written = await durably(() => journal.append({ staff: staff.id, makeFact }), onTrouble);
    if (!written.ok) return written;
    void this.#printing.openDrawer();
    this.#printing.print(payOutRows(fact, { settings, at: clock.now() }));
    return ok({ amount: due.value });
  }

  #askServer(code: string): Promise<BalanceAnswer | null> {
    return askInTime(this.#ports, (server) => server.balance(code));
  }

  #atCounter({ settings, identity }: OnDuty, code: string, answer: BalanceAnswer | null) {
    const { currency, offlinePolicy } = settings;
    return creditAtCounter(this.#ports, {
      credit: namedCredit(code),
      answer,
      device: identity.device,
      shelf: this.#shelf,
      currency,
      maxOffline: maxOfflineCredit(offlinePolicy, currency),
    });
  }

  #newCode(): string {
    return creditCodeOf(this.#ports.randomBytes(CREDIT_CODE_BYTES), "giftCard");
  }

  async #standing(
    duty: OnDuty,
    typed: string | null,
  ): Promise<Result<GiftCardView, "creditMistyped" | "creditOtherCurrency">> {
    const { settings } = duty;
    const { currency } = settings;
    const { most } = giftCardPolicyOf(settings);
    const nothing = zeroMoney(currency);
    if (typed === null)
      return ok({ code: null, isKnown: false, balance: nothing, most, askedServer: false, issuedAt: null });
    const code = readCreditCode(typed);
    if (code === null || valueKindOf(code) !== "giftCard") return refused("creditMistyped");
    const answer = await this.#askServer(code);
    const { sums } = await this.#atCounter(duty, code, answer);
    const issuedAt = sums?.issuedAt ?? null;
    if (sums !== null && sums.issued.currency !== currency) return refused("creditOtherCurrency");
    const balance = sums === null ? nothing : creditBalance(sums);
    const room = subtractMoney(most, balance);
    return ok({
      code,
      isKnown: issuedAt !== null,
      balance,
      most: room.minor < 0 ? nothing : room,
      askedServer: answer !== null,
      issuedAt,
    });
  }
}
