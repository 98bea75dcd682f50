import { parseReceiptNumber } from "../ticket/receipt-number.ts";
import { type Finding, type FindingPlace, fault } from "./finding.ts";

/** The receipt numbers of one till as they are gone through, each counted once. */
export class ReceiptNumbers {
  readonly #register: number;
  readonly #seen = new Map<number, string>();
  #last: number | null = null;

  constructor(register: number) {
    this.#register = register;
  }

  /** An epoch begins and says which number its next receipt has. */
  begin(nextReceipt: number, place: FindingPlace): readonly Finding[] {
    const expected = this.#last === null ? null : this.#last + 1;
    const isFirst = place.epoch === 1 && nextReceipt !== 1;
    if (expected === null) this.#last = nextReceipt - 1;
    if (isFirst) return [skipped(1, nextReceipt, place)];
    return expected === null || nextReceipt === expected ? [] : [skipped(expected, nextReceipt, place)];
  }

  take(number: string, place: FindingPlace): readonly Finding[] {
    const parts = parseReceiptNumber(number);
    if (parts === null || parts.register !== this.#register)
      return [fault("receiptNotOfTill", place, { number })];
    const { counter } = parts;
    const before = this.#seen.get(counter);
    if (before !== undefined) return [fault("receiptTwice", place, { number, before })];
    this.#seen.set(counter, `${place.epoch}/${place.seq}`);
    const expected = this.#last === null ? counter : this.#last + 1;
    this.#last = counter;
    return counter === expected ? [] : [skipped(expected, counter, place)];
  }
}

function skipped(expected: number, found: number, place: FindingPlace): Finding {
  return fault("receiptSkipped", place, { expected: String(expected), found: String(found) });
}
