import { hqNumber, type JournalPlace, placeNumber } from "../journal/place-number.ts";

/** `T-BER1-03-000123`: of a transfer that a till begins, by its place in that till's journal, so that no two are alike. */
export function transferReference(at: JournalPlace): string {
  return placeNumber("T", at);
}

/** `D-HQ-000001`: of a delivery that HQ asks for; `counter` is the server's, from 1. */
export function hqDeliveryReference(counter: number): string {
  return hqNumber("D", counter);
}
