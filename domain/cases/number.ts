import { hqNumber, type JournalPlace, placeNumber } from "../journal/place-number.ts";

const KIND = "C";
/** Case numbers as slips carry them, whoever made them. */
const CASE_NUMBER = /^C-(?:HQ-\d{6,9}|[A-Z0-9]{2,8}-\d{2,3}-(?:\d{1,4}-)?\d{6,12})$/;

/** `C-BER1-03-000012`: of a case, by the place in the till's journal at which it was opened. */
export function caseNumber(at: JournalPlace): string {
  return placeNumber(KIND, at);
}

/** `C-HQ-000001`: of a case that HQ opened; `counter` is the server's, from 1. */
export function hqCaseNumber(counter: number): string {
  return hqNumber(KIND, counter);
}

/** Whether a text, as it was scanned or typed in full, is the number of a case. */
export function isCaseNumber(text: string): boolean {
  return CASE_NUMBER.test(text.trim().toUpperCase());
}
