const COUNTER_DIGITS = 6;
const REGISTER_DIGITS = 2;

/** `T-BER1-03-000123`: of a transfer that a till begins, by its place in that till's journal, so that no two are alike. */
export function transferReference({
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
  const till = `T-${storeCode}-${String(register).padStart(REGISTER_DIGITS, "0")}`;
  return epoch <= 1 ? `${till}-${place}` : `${till}-${epoch}-${place}`;
}
