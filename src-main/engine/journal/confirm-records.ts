import type { Instant } from "#domain/ids.ts";
import { mayMissSales } from "#domain/journal/own-records.ts";
import { ok, refused } from "#domain/result.ts";
import { localTimeOf } from "#domain/store/local-time.ts";
import type { Missing, Records } from "#protocol/sync/records.ts";
import { MAX_APPROVED_CHARS } from "#protocol/sync/shift-facts.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import { durably } from "../shop/durably.ts";
import type { Shop } from "../shop/verbs.ts";
import type { OwnRecords } from "./own-records.ts";

/** Whoever is at the till has read what it says of its own records; where sales may be missing, somebody who may set it up, and who that was is in the journal with each of them. */
export async function confirmRecords(
  { words, approval }: VerbParsedArgs<"confirmRecords">,
  {
    records,
    shop,
    onTrouble,
  }: {
    readonly records: Pick<OwnRecords, "among" | "confirm">;
    readonly shop: Pick<Shop, "work" | "mayAnswerFor">;
    readonly onTrouble: (error: unknown) => void;
  },
): Promise<VerbAnswer<"confirmRecords">> {
  if (!shop.work.current().signedIn) return refused("notSignedIn");
  const inQuestion = records.among(words).filter(mayMissSales);
  if (inQuestion.length > 0) {
    const allowed = await shop.mayAnswerFor(approval, inQuestion.map(aboutOf));
    if (!allowed.ok) return allowed;
  }
  const confirmed = await durably(() => records.confirm(words), onTrouble);
  return confirmed.ok ? ok({}) : confirmed;
}

/** In words, as far as an entry has room: of more places how many they are. */
function aboutOf({ at, missing = [] }: Records): string {
  if (missing.length === 0) return `In question: whatever this till had not sent (found ${timeText(at)})`;
  const places = missing.map(placeText);
  for (let named = places.length; ; named -= 1) {
    const rest = named < places.length ? [`${places.length - named} not named here`] : [];
    const about = `In question: ${[...places.slice(0, named), ...rest].join("; ")}`;
    if (about.length <= MAX_APPROVED_CHARS || named === 0) return about;
  }
}

function placeText({ from, until, firstReceipt, lastReceipt }: Missing): string {
  const times = [
    ...(from === null ? [] : [`after ${timeText(from)}`]),
    ...(until === null ? [] : [`before ${timeText(until)}`]),
  ];
  const receipts = receiptsText(firstReceipt, lastReceipt);
  return times.length === 0 ? receipts : `${receipts} (${times.join(", ")})`;
}

function receiptsText(first: string | null, last: string | null): string {
  if (first === null) return "no receipt known";
  if (last === null) return `receipt ${first} and later`;
  return first === last ? `receipt ${first}` : `receipts ${first} to ${last}`;
}

function timeText(at: Instant): string {
  return `${localTimeOf({ at, timeZone: "UTC" }).replace("T", " ")} UTC`;
}
