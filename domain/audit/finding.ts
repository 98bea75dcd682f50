import type { DeviceId } from "../ids.ts";

/** Where in a till's journal something was found. Null: the export or the till as a whole. */
export interface FindingPlace {
  readonly device: DeviceId;
  readonly register: number;
  readonly epoch: number | null;
  readonly seq: number | null;
}

/** What proves that a journal is not whole or not true. */
export type FaultKind =
  | "badHash"
  | "badSignature"
  | "noKey"
  | "wrongTill"
  | "wrongEpoch"
  | "gap"
  | "broken"
  | "beginsWrong"
  | "endsWrong"
  | "contradictsItself"
  | "unreadable"
  | "epochMissing"
  | "pastUnknown"
  | "receiptSkipped"
  | "receiptTwice"
  | "receiptNotOfTill"
  | "ticketSum"
  | "zSkipped"
  | "zNotOfTill"
  | "zSpan"
  | "zSum";

/** What an auditor should know and that proves nothing. */
export type NoteKind = "clockBack" | "clockAhead" | "carriedOver" | "keptAside" | "zNotChecked";

/** Something that an audit found; `detail` holds what the sentence about it needs. */
export interface Finding {
  readonly level: "error" | "warning";
  readonly kind: FaultKind | NoteKind;
  readonly place: FindingPlace;
  readonly detail: Readonly<Record<string, string>>;
}

export function fault(
  kind: FaultKind,
  place: FindingPlace,
  detail: Readonly<Record<string, string>> = {},
): Finding {
  return { level: "error", kind, place, detail };
}

export function note(
  kind: NoteKind,
  place: FindingPlace,
  detail: Readonly<Record<string, string>> = {},
): Finding {
  return { level: "warning", kind, place, detail };
}
