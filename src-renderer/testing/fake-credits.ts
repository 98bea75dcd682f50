import { idOf, instant } from "#domain/ids.ts";
import { subtractMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import type { Money } from "#domain/money/money.ts";
import { ok, refused } from "#domain/result.ts";
import { CREDIT_CODE_BYTES, creditCodeOf, readCreditCode, valueKindOf } from "#domain/value/credit-code.ts";
import { addGiftCard, giftCardPolicyOf } from "#domain/value/gift-card.ts";
import { creditRoom, roomFor, takenOfCredit } from "#domain/value/spending.ts";
import type { VerbAnswer } from "#protocol/till/contract.ts";
import type { FakeRegister } from "./fake-register.ts";
import { CURRENCY, euros } from "./fake-shop.ts";

const GIVEN_OUT_AT = instant(1_790_000_000_000);
/** The card that this till makes, whenever it makes one. */
const NEW_CARD = creditCodeOf(new Uint8Array(CREDIT_CODE_BYTES).fill(9), "giftCard");
const MAX_OFFLINE = euros(5_000);

/** The fake engine's store credits: what may be taken is the domain's rule. */
export class FakeCredits {
  readonly #register: FakeRegister;
  readonly #issued = new Map<string, Money>();
  isOnline = true;

  constructor(register: FakeRegister) {
    this.#register = register;
  }

  give(code: string, amount: Money): void {
    this.#issued.set(code, amount);
  }

  check(typed: string): VerbAnswer<"checkCredit"> {
    const code = readCreditCode(typed);
    if (code === null) return refused("creditMistyped");
    const room = this.#room(code);
    if (!room.ok) return room;
    const { balance } = room.value;
    const { remaining } = this.#register.view;
    return ok({
      code,
      balance,
      ...roomFor(room.value, remaining),
      askedServer: this.isOnline,
      issuedAt: GIVEN_OUT_AT,
    });
  }

  take(typed: string, amount: Money | null): VerbAnswer<"takeCredit"> {
    const code = readCreditCode(typed);
    if (code === null) return refused("creditMistyped");
    const room = this.#room(code);
    if (!room.ok) return room;
    const { remaining } = this.#register.view;
    const wanted = takenOfCredit(room.value, { remaining, asked: amount });
    if (!wanted.ok) return wanted;
    const id = idOf<"Tender">(this.#register.newId());
    return this.#register.take({ id, kind: "credit", amount: wanted.value, code });
  }

  giftCard(typed: string | null): VerbAnswer<"giftCard"> {
    const { most } = giftCardPolicyOf({ currency: CURRENCY });
    const none = zeroMoney(CURRENCY);
    if (typed === null)
      return ok({ code: null, isKnown: false, balance: none, most, askedServer: false, issuedAt: null });
    const code = readCreditCode(typed);
    if (code === null || valueKindOf(code) !== "giftCard") return refused("creditMistyped");
    const balance = this.#issued.get(code) ?? none;
    const isKnown = this.#issued.has(code);
    return ok({
      code,
      isKnown,
      balance,
      most: subtractMoney(most, balance),
      askedServer: this.isOnline,
      issuedAt: isKnown ? GIVEN_OUT_AT : null,
    });
  }

  payOut(typed: string): VerbAnswer<"payOutGiftCard"> {
    const found = this.giftCard(typed);
    if (!found.ok) return refused("creditMistyped");
    const { code, balance } = found.value;
    if (code === null || balance.minor === 0) return refused("creditEmpty");
    this.#issued.set(code, zeroMoney(CURRENCY));
    return ok({ amount: balance });
  }

  sellGiftCard(typed: string | null, amount: Money): VerbAnswer<"sellGiftCard"> {
    const found = this.giftCard(typed);
    if (!found.ok) return found;
    const { isKnown, balance } = found.value;
    const code = found.value.code ?? NEW_CARD;
    return this.#register.change((basket, at) =>
      addGiftCard({
        basket,
        line: idOf<"Line">(this.#register.newId()),
        code,
        name: "Gift card",
        label: `…${code.slice(-4)}`,
        amount,
        lies: balance,
        isKnown,
        policy: giftCardPolicyOf({ currency: CURRENCY }),
        at,
      }),
    );
  }

  #room(code: string) {
    const issued = this.#issued.get(code);
    const none = zeroMoney(CURRENCY);
    const taken = this.#register.view.tenders.find((each) => each.kind === "credit" && each.code === code);
    return creditRoom({
      sums: issued === undefined ? null : { issued, spent: none, issuedAt: GIVEN_OUT_AT },
      untold: { issued: none, spent: none },
      inBaskets: taken?.kind === "credit" ? taken.amount : none,
      word: this.isOnline ? "server" : "till",
      currency: CURRENCY,
      maxOffline: MAX_OFFLINE,
    });
  }
}
