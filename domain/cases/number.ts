const REGISTER_DIGITS = 2;
const COUNTER_DIGITS = 6;
/** Case numbers as slips carry them, whoever made them. */
const CASE_NUMBER = /^C-(?:HQ-\d{6,9}|[A-Z0-9]{2,8}-\d{2,3}-(?:\d{1,4}-)?\d{6,12})$/;

/**
 * `C-BER1-03-000012`: the store's code, the register, and the place in the till's journal at which the case was opened. That needs no counter of its own,
 * is never the same twice for one till, however long it is offline, and has gaps. From the second epoch on, which counts anew, the epoch stands before it.
 */
export function caseNumber({
  storeCode,
  register,
  epoch,
  seq,
}: {
  readonly storeCode: string;
  readonly register: number;
  readonly epoch: number;
  readonly seq: number;
}): string {
  const place = String(seq).padStart(COUNTER_DIGITS, "0");
  const till = `C-${storeCode}-${String(register).padStart(REGISTER_DIGITS, "0")}`;
  return epoch <= 1 ? `${till}-${place}` : `${till}-${epoch}-${place}`;
}

/** `C-HQ-000001`: of a case that HQ opened; `counter` is the server's, from 1. */
export function hqCaseNumber(counter: number): string {
  return `C-HQ-${String(counter).padStart(COUNTER_DIGITS, "0")}`;
}

/** Whether a text, as it was scanned or typed in full, is the number of a case. */
export function isCaseNumber(text: string): boolean {
  return CASE_NUMBER.test(text.trim().toUpperCase());
}
