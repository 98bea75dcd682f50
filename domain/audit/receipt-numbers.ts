import { parseReceiptNumber } from "../ticket/receipt-number.ts";
import { type Finding, type FindingPlace, fault } from "./finding.ts";

/** The receipt numbers of one till as they are gone through, each counted once. */
export class ReceiptNumbers {
  readonly #register: number;
  readonly #seen = new Map<number, string>();
  #last: number | null = null;
  /** The next number that this epoch said it writes again, where it begins with some of the one before. */
  #again: number | null = null;

  constructor(register: number) {
    this.#register = register;
  }

  /** An epoch begins and says which number its next receipt has. */
  begin(nextReceipt: number, place: FindingPlace): readonly Finding[] {
    const expected = this.#last === null ? null : this.#last + 1;
    const isFirst = place.epoch === 1 && nextReceipt !== 1;
    if (expected === null) this.#last = nextReceipt - 1;
    if (isFirst) return [skipped(1, nextReceipt, place)];
    if (expected === null || nextReceipt === expected) return [];
    if (nextReceipt > expected) return [skipped(expected, nextReceipt, place)];
    this.#again = nextReceipt;
    return [];
  }

  /** A receipt that an earlier epoch has already, since nobody knew whether it had arrived. */
  repeat(number: string): void {
    if (this.#again !== null && parseReceiptNumber(number)?.counter === this.#again) this.#again += 1;
  }

  take(number: string, place: FindingPlace): readonly Finding[] {
    const parts = parseReceiptNumber(number);
    if (parts === null || parts.register !== this.#register)
      return [fault("receiptNotOfTill", place, { number })];
    const { counter } = parts;
    const missing = this.#notRepeated(place);
    const before = this.#seen.get(counter);
    if (before !== undefined) return [...missing, fault("receiptTwice", place, { number, before })];
    this.#seen.set(counter, `${place.epoch}/${place.seq}`);
    const expected = this.#last === null ? counter : this.#last + 1;
    this.#last = counter;
    return counter === expected ? missing : [...missing, skipped(expected, counter, place)];
  }

  /** What an epoch said it writes again stands before all that is new in it. */
  #notRepeated(place: FindingPlace): readonly Finding[] {
    const again = this.#again;
    this.#again = null;
    if (again === null || this.#last === null || again === this.#last + 1) return [];
    return [skipped(this.#last + 1, again, place)];
  }
}

function skipped(expected: number, found: number, place: FindingPlace): Finding {
  return fault("receiptSkipped", place, { expected: String(expected), found: String(found) });
}
