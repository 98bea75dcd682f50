import type { DeviceId } from "../ids.ts";
import type { FiscalSignature } from "./mark.ts";

/** The text of the code on a receipt by which a signature can be checked: version 0 of DSFinV-K's appendix I. */
export function fiscalReceiptCode(signed: FiscalSignature, till: DeviceId): string {
  const { device } = signed;
  return [
    "V0",
    till,
    signed.processType,
    signed.processData,
    signed.transaction,
    signed.counter,
    isoText(signed.startedAt),
    isoText(signed.finishedAt),
    device.algorithm,
    device.timeFormat,
    signed.signature,
    device.publicKey,
  ].join(";");
}

function isoText(at: number): string {
  return new Date(at).toISOString();
}
