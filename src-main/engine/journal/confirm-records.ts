import { mayMissSales } from "#domain/journal/own-records.ts";
import { ok, refused } from "#domain/result.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import { durably } from "../shop/durably.ts";
import type { Shop } from "../shop/verbs.ts";
import type { OwnRecords } from "./own-records.ts";

/** Whoever is at the till has read what it says of its own records; where sales may be missing, somebody who may set it up. */
export async function confirmRecords(
  { words, approval }: VerbParsedArgs<"confirmRecords">,
  {
    records,
    shop,
    onTrouble,
  }: {
    readonly records: Pick<OwnRecords, "among" | "confirm">;
    readonly shop: Pick<Shop, "work" | "maySetUp">;
    readonly onTrouble: (error: unknown) => void;
  },
): Promise<VerbAnswer<"confirmRecords">> {
  if (!shop.work.current().signedIn) return refused("notSignedIn");
  if (records.among(words).some(mayMissSales)) {
    const allowed = await shop.maySetUp(approval);
    if (!allowed.ok) return allowed;
  }
  const confirmed = await durably(() => records.confirm(words), onTrouble);
  return confirmed.ok ? ok({}) : confirmed;
}
