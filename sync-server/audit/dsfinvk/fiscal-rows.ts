import type { FiscalDeviceIdentity, FiscalFailure } from "#domain/fiscal/mark.ts";
import type { Closing } from "../books.ts";
import type { CellValue } from "../delimited.ts";

type Row = readonly CellValue[];

const FAILURES: Readonly<Record<FiscalFailure, string>> = {
  gone: "TSE ausgefallen: nicht erreichbar",
  slow: "TSE ausgefallen: keine Antwort in angemessener Zeit",
  full: "TSE ausgefallen: Speicher voll",
  certificateExpired: "TSE ausgefallen: Zertifikat abgelaufen",
  refused: "TSE ausgefallen: Vorgang abgelehnt",
};

/** The fiscal devices of a closing and what they said of each sale, without the cells that name the closing. */
export function fiscalRows({ tickets }: Closing): {
  readonly devices: readonly Row[];
  readonly transactions: readonly Row[];
} {
  const devices = new Map<string, { readonly id: number; readonly device: FiscalDeviceIdentity }>();
  const transactions: Row[] = [];
  for (const { ticket } of tickets) {
    const { fiscal } = ticket;
    if (fiscal === undefined) continue;
    if (fiscal.kind === "failed") {
      transactions.push([ticket.id, null, null, "", "", "", null, "", FAILURES[fiscal.why], ""]);
      continue;
    }
    const { device } = fiscal;
    const known = devices.get(device.serial) ?? { id: devices.size + 1, device };
    devices.set(device.serial, known);
    transactions.push([
      ticket.id,
      known.id,
      fiscal.transaction,
      timeText(fiscal.startedAt),
      timeText(fiscal.finishedAt),
      fiscal.processType,
      fiscal.counter,
      fiscal.signature,
      "",
      fiscal.processData,
    ]);
  }
  return {
    devices: [...devices.values()].map(({ id, device }) => [
      id,
      device.serial,
      device.algorithm,
      device.timeFormat,
      "UTF-8",
      device.publicKey,
      "",
      "",
    ]),
    transactions,
  };
}

function timeText(at: number): string {
  return new Date(at).toISOString();
}
