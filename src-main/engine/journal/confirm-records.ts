import { mayMissSales } from "#domain/journal/own-records.ts";
import { ok, refused } from "#domain/result.ts";
import type { Records } from "#protocol/sync/records.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import { durably } from "../shop/durably.ts";
import type { Shop } from "../shop/verbs.ts";
import type { OwnRecords } from "./own-records.ts";

/** Whoever is at the till has read what it says of its own records; where sales may be missing, somebody who may set it up, whose word is in the journal. */
export async function confirmRecords(
  { words, approval }: VerbParsedArgs<"confirmRecords">,
  {
    records,
    shop,
    onTrouble,
  }: {
    readonly records: Pick<OwnRecords, "among" | "confirm">;
    readonly shop: Pick<Shop, "work" | "maySetUpNoted">;
    readonly onTrouble: (error: unknown) => void;
  },
): Promise<VerbAnswer<"confirmRecords">> {
  if (!shop.work.current().signedIn) return refused("notSignedIn");
  const inQuestion = records.among(words).filter(mayMissSales);
  if (inQuestion.length > 0) {
    const allowed = await shop.maySetUpNoted(approval, inQuestion.map(aboutOf).join(", "));
    if (!allowed.ok) return allowed;
  }
  const confirmed = await durably(() => records.confirm(words), onTrouble);
  return confirmed.ok ? ok({}) : confirmed;
}

function aboutOf({ state, missing = [] }: Records): string {
  return ["records", state, ...missing.flatMap(({ firstReceipt }) => firstReceipt ?? [])].join(" ");
}
