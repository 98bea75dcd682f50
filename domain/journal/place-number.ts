import { tillText } from "../store/till-text.ts";

const COUNTER_DIGITS = 6;

/** A place in one till's journal. */
export interface JournalPlace {
  readonly storeCode: string;
  readonly register: number;
  readonly epoch: number;
  readonly seq: number;
}

/**
 * `C-BER1-03-000012`: a kind's letter, the store's code, the register, and the place in the till's journal at which it was written. That needs no counter
 * of its own, is never the same twice for one till, however long it is offline, and has gaps. From the second epoch on, which counts anew, the epoch
 * stands before it.
 */
export function placeNumber(kind: string, { storeCode, register, epoch, seq }: JournalPlace): string {
  const till = `${kind}-${tillText({ store: storeCode, register })}`;
  return epoch <= 1 ? `${till}-${counterText(seq)}` : `${till}-${epoch}-${counterText(seq)}`;
}

/** `C-HQ-000001`: of what HQ wrote; `counter` is the server's, from 1. */
export function hqNumber(kind: string, counter: number): string {
  return `${kind}-HQ-${counterText(counter)}`;
}

function counterText(count: number): string {
  return String(count).padStart(COUNTER_DIGITS, "0");
}
