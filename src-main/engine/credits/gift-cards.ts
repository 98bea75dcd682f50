import { idOf } from "#domain/ids.ts";
import { subtractMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import { receiptLanguage } from "#domain/receipt/receipt-rows.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { creditBalance } from "#domain/value/credit.ts";
import { CREDIT_CODE_BYTES, creditCodeOf, readCreditCode, valueKindOf } from "#domain/value/credit-code.ts";
import { addGiftCard, giftCardPolicyOf } from "#domain/value/gift-card.ts";
import { maxOfflineCredit } from "#domain/value/spending.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { GiftCardView } from "#protocol/till/credit.ts";
import { inTime } from "../returns/in-time.ts";
import type { BasketShelf } from "../shop/basket-shelf.ts";
import type { Baskets } from "../shop/baskets.ts";
import type { OnDuty, Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { Turns } from "../shop/turns.ts";
import { creditAtCounter, namedCredit } from "./known-credit.ts";

const TAIL_CHARS = 4;

/** Selling and loading gift cards: always possible, with and without a connection. */
export class GiftCardDesk {
  readonly #ports: ShopPorts;
  readonly #session: Session;
  readonly #shelf: BasketShelf;
  readonly #baskets: Baskets;
  readonly #turns: Turns;

  constructor(
    ports: ShopPorts,
    parts: {
      readonly session: Session;
      readonly shelf: BasketShelf;
      readonly baskets: Baskets;
      readonly turns: Turns;
    },
  ) {
    this.#ports = ports;
    this.#session = parts.session;
    this.#shelf = parts.shelf;
    this.#baskets = parts.baskets;
    this.#turns = parts.turns;
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

  #newCode(): string {
    return creditCodeOf(this.#ports.randomBytes(CREDIT_CODE_BYTES), "giftCard");
  }

  async #standing(
    { settings, identity }: OnDuty,
    typed: string | null,
  ): Promise<Result<GiftCardView, "creditMistyped" | "creditOtherCurrency">> {
    const { currency, offlinePolicy } = settings;
    const { most } = giftCardPolicyOf(settings);
    const nothing = zeroMoney(currency);
    if (typed === null)
      return ok({ code: null, isKnown: false, balance: nothing, most, askedServer: false, issuedAt: null });
    const code = readCreditCode(typed);
    if (code === null || valueKindOf(code) !== "giftCard") return refused("creditMistyped");
    const { server, timers } = this.#ports;
    const answer = server.online() ? await inTime(timers, () => server.balance(code)) : null;
    const { sums } = await creditAtCounter(this.#ports, {
      credit: namedCredit(code),
      answer,
      device: identity.device,
      shelf: this.#shelf,
      currency,
      maxOffline: maxOfflineCredit(offlinePolicy, currency),
    });
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
