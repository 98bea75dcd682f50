import type { PrinterTrouble } from "#protocol/till/devices.ts";

/** What came back from a printer that was asked. */
export type PrinterAnswer = Uint8Array | "silent" | "closed";

/** DLE EOT 2 (what keeps it offline) and DLE EOT 4 (paper sensor): answered at once, before what waits in the buffer. */
const ASK_OFFLINE_CAUSE = Uint8Array.of(0x10, 0x04, 0x02);
const ASK_PAPER = Uint8Array.of(0x10, 0x04, 0x04);
/** Every status byte has these bits: 0xx1xx10. */
const STATUS_MASK = 0x93;
const STATUS_MARK = 0x12;
const COVER_OPEN_BIT = 0x04;
const PAPER_END_BITS = 0x60;

interface Askable {
  ask(request: Uint8Array, waitMs: number): Promise<PrinterAnswer>;
}

/** What keeps a printer from printing, by its own word; null when nothing does, or it does not say. */
export async function troubleOf(wire: Askable, waitMs: number): Promise<PrinterTrouble | null> {
  const offline = statusIn(await wire.ask(ASK_OFFLINE_CAUSE, waitMs));
  if (offline === "closed") return "connectionLost";
  if (offline === "silent") return null;
  if ((offline & COVER_OPEN_BIT) !== 0) return "coverOpen";
  const paper = statusIn(await wire.ask(ASK_PAPER, waitMs));
  if (paper === "closed") return "connectionLost";
  return paper !== "silent" && (paper & PAPER_END_BITS) === PAPER_END_BITS ? "outOfPaper" : null;
}

function statusIn(answer: PrinterAnswer): number | "silent" | "closed" {
  if (typeof answer === "string") return answer;
  return answer.find((byte) => (byte & STATUS_MASK) === STATUS_MARK) ?? "silent";
}
