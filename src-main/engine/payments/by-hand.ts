import { settledByWord } from "#domain/payments/card-request.ts";
import { ok, refused } from "#domain/result.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { BasketShelf } from "../shop/basket-shelf.ts";
import { durably } from "../shop/durably.ts";
import type { Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { Turns } from "../shop/turns.ts";
import type { GivenUpRequests } from "./given-up.ts";
import type { Waiting } from "./request-shapes.ts";
import type { Reversals } from "./reversals.ts";

interface ByHandParts {
  readonly session: Session;
  readonly turns: Turns;
  readonly shelf: BasketShelf;
  readonly reversals: Reversals;
  readonly givenUp: GivenUpRequests;
  readonly waiting: () => Waiting | null;
  /** Whether the terminal's answer may still come by itself. */
  readonly isAsking: () => boolean;
  readonly onChange: () => void;
}

/** What somebody who may says of a terminal that cannot be asked. */
export class ByHand {
  readonly #ports: ShopPorts;
  readonly #parts: ByHandParts;

  constructor(ports: ShopPorts, parts: ByHandParts) {
    this.#ports = ports;
    this.#parts = parts;
  }

  /** The word is journaled first: a power cut may leave it there twice, never not at all. */
  async settle(word: VerbParsedArgs<"settleTerminal">): Promise<VerbAnswer<"settleTerminal">> {
    const allowed = await this.#parts.session.authorise("card.settle", word.approval);
    if (!allowed.ok) return allowed;
    const { duty, approvedBy } = allowed.value;
    return this.#parts.turns.take(async () => {
      const subject = this.#subjectOf(word.service);
      if (subject === null) return refused("terminalIdle");
      if (this.#parts.isAsking() && subject.act !== "reverse") return refused("terminalAsking");
      const { happened, reason } = word;
      const isTender = happened && subject.act !== "reverse";
      if (isTender && word.approvalCode === "") return refused("approvalCodeMissing");
      const approvalCode = isTender ? word.approvalCode : null;
      const { waiting, ...named } = subject;
      if (waiting !== null && !happened) {
        const noted = await this.#parts.givenUp.add({ basket: named.basket, request: waiting.request });
        if (!noted.ok) return noted;
      }
      const fact = {
        type: "card.settledByHand",
        ...named,
        happened,
        approvalCode,
        reason,
        approvedBy,
      } as const;
      const { journal, onTrouble, clock } = this.#ports;
      const write = () => journal.append({ staff: duty.staff.id, makeFact: () => fact });
      const written = await durably(write, onTrouble);
      if (!written.ok) return written;
      if (waiting === null) {
        const dropped = await this.#parts.reversals.drop(named.service);
        return dropped.ok ? ok({}) : dropped;
      }
      const basket = settledByWord({ basket: waiting.draft.basket, approvalCode, at: clock.now() });
      const saved = await this.#parts.shelf.save({ ...waiting.draft, basket });
      if (!saved.ok) return saved;
      this.#parts.onChange();
      return ok({});
    });
  }

  /** What somebody's word is about: a reversal by its payment's name, else the request that is open. */
  #subjectOf(service: string | null) {
    if (service !== null) {
      const reversal = this.#parts.reversals.get(service);
      if (reversal === null) return null;
      const { basket, tender, amount } = reversal;
      return { service, basket, tender, amount, act: "reverse", waiting: null } as const;
    }
    const waiting = this.#parts.waiting();
    if (waiting === null) return null;
    const { service: name, tender, amount, act } = waiting.request;
    return { service: name, basket: waiting.draft.basket.id, tender, amount, act, waiting } as const;
  }
}
