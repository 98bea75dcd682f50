import { idOf, instant } from "#domain/ids.ts";
import { zeroMoney } from "#domain/money/arithmetic.ts";
import type { Money } from "#domain/money/money.ts";
import { ok, refused } from "#domain/result.ts";
import { readCreditCode } from "#domain/value/credit-code.ts";
import { creditRoom, roomFor, takenOfCredit } from "#domain/value/spending.ts";
import type { VerbAnswer } from "#protocol/till/contract.ts";
import type { FakeRegister } from "./fake-register.ts";
import { CURRENCY, euros } from "./fake-shop.ts";

const GIVEN_OUT_AT = instant(1_790_000_000_000);
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
