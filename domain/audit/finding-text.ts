import type { Finding } from "./finding.ts";

const SENTENCES: Readonly<Record<Finding["kind"], string>> = {
  badHash: "The entry was changed after it was written: its content does not have the hash that it carries.",
  badSignature: "The signature is not this till's: the entry was forged, or the key is not the till's.",
  noKey: "There is no public key to check this till's signatures with.",
  wrongTill: "The entry is of another till ({found}).",
  wrongEpoch: "The entry is of another epoch ({found}).",
  gap: "An entry is missing or out of place: {expected} was to follow, {found} stands there.",
  broken: "The entry does not hang on the one before it.",
  beginsWrong: "The journal does not begin where the manifest says.",
  endsWrong: "The journal does not end where the manifest says: {found} instead of {expected}.",
  contradictsItself: "The ticket is not of the till, store or colleague of its entry.",
  unreadable: "The line is not a journal entry: {problem}.",
  epochMissing: "Epoch {expected} is missing.",
  pastUnknown:
    "The epoch names a past (entry {epoch}/{seq}) that is neither in the journal nor among what was kept aside.",
  receiptSkipped: "Receipt numbers have a gap: {expected} was to follow, the ticket has {found}.",
  receiptTwice: "The receipt number {number} is on another ticket already (entry {before}).",
  receiptNotOfTill: "The receipt number {number} is not one of this till.",
  ticketSum: "Ticket {number}: {figure} is {found} and should be {expected}.",
  zSkipped: "Z numbers have a gap: {expected} was to follow, the report has {found}.",
  zNotOfTill: "Z report {number} is not of this till.",
  zSpan: "Z report {number} does not follow the one before it: {problem}.",
  zSum: "Z report {number}: {figure} is {found} and should be {expected} by the tickets.",
  clockBack: "The till's clock went back by {seconds} seconds.",
  clockAhead: "The till's clock was {seconds} seconds ahead of the server's when this was received.",
  carriedOver: "The entry was carried over from epoch {epoch} and counts once.",
  keptAside: "{count} entries were kept aside by the server since they do not fit the journal.",
  zNotChecked: "Z report {number} was not checked against tickets: its span begins before the export.",
};

/** What a finding says, in plain English. */
export function findingText({ kind, detail }: Pick<Finding, "kind" | "detail">): string {
  return SENTENCES[kind].replace(/\{(\w+)\}/g, (whole, name: string) => detail[name] ?? whole);
}

/** Where it was found: `till 3, epoch 1, entry 42`. */
export function placeText({ place: { register, epoch, seq } }: Pick<Finding, "place">): string {
  const parts = [`till ${register}`];
  if (epoch !== null) parts.push(`epoch ${epoch}`);
  if (seq !== null) parts.push(`entry ${seq}`);
  return parts.join(", ");
}
