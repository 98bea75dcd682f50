import type { LineId } from "#domain/ids.ts";
import type { Item } from "#protocol/till/catalog.ts";
import type { VerbArgs } from "#protocol/till/contract.ts";
import type { OrderCard } from "#protocol/till/orders.ts";
import { inTurn } from "../../app/in-turn.ts";
import { ask, client, tell } from "../../app/till.ts";
import { playTone } from "../../app/tones.ts";
import { refusalWords, t } from "../../i18n/translate.ts";
import { wantedOf } from "./lanes.ts";
import { closeOrder, keepCard } from "./orders-store.ts";

type Rest = VerbArgs<"finishPicking">["rest"];

/** Another article in the place of all pieces of a line. */
export type Substitutes = ReadonlyMap<LineId, Item>;

/** A scanned article counts with a chime; a wrong one or one too many is refused with a tone and words. */
export function pickScan(card: OrderCard, code: string): Promise<void> {
  return inTurn(async () => {
    const answer = await ask("pickScan", { fulfilment: card.id, code }, { code });
    if (answer?.ok !== true) return;
    playTone(missingOf(answer.value) === 0 ? "done" : "ok");
    keepCard(answer.value);
  });
}

/** So many pieces of the line are there, counted by hand. */
export function pickCount(card: OrderCard, line: LineId, quantity: number): Promise<void> {
  return inTurn(async () => {
    const answer = await ask("pickCount", { fulfilment: card.id, line, quantity });
    if (answer?.ok === true) keepCard(answer.value);
  });
}

/** Pieces that are not there; a line that another article replaces counts as there. */
export function missingOf({ lines }: OrderCard, substitutes: Substitutes = new Map()): number {
  return lines.reduce(
    (sum, line) => sum + (substitutes.has(line.line) ? 0 : Math.max(0, wantedOf(line) - line.counted)),
    0,
  );
}

/** The article behind a scanned code, to take the place of another; null, said in words, when the code is unknown. */
export async function articleOf(code: string): Promise<Item | null> {
  try {
    const [item] = await client.call("search", { text: code, limit: 1 });
    if (item !== undefined) {
      playTone("ok");
      return item;
    }
    tell("refusal", refusalWords("noSuchItem", { code }));
  } catch {
    tell("refusal", refusalWords("engineAway"));
  }
  return null;
}

/** Ends picking: the parcel goes on its shelf. A line that another article replaces is there in full. */
export function finishPicking({
  card,
  shelf,
  rest,
  substitutes,
}: {
  readonly card: OrderCard;
  readonly shelf: string;
  readonly rest: Rest;
  readonly substitutes: Substitutes;
}): Promise<boolean> {
  return inTurn(async () => {
    for (const line of card.lines) {
      if (!substitutes.has(line.line) || line.counted >= wantedOf(line)) continue;
      const quantity = wantedOf(line);
      const counted = await ask("pickCount", { fulfilment: card.id, line: line.line, quantity });
      if (counted?.ok !== true) return false;
    }
    const answer = await ask("finishPicking", {
      fulfilment: card.id,
      shelf: shelf.trim(),
      rest,
      substitutes: [...substitutes].map(([line, { variant }]) => ({ line, variant })),
    });
    if (answer?.ok !== true) return false;
    keepCard(answer.value);
    playTone("done");
    tell("done", finishedWords(answer.value));
    // A parcel to be sent is packed next; one to be collected waits, and so does whoever picks the next.
    if (answer.value.kind === "pickup" || answer.value.state === "short") closeOrder();
    return true;
  });
}

function finishedWords({ number, shelf, state }: OrderCard): string {
  if (state === "short") return t("orders.pick.doneShort", { number });
  return shelf === null || shelf === ""
    ? t("orders.pick.done", { number })
    : t("orders.pick.doneShelf", { number, shelf });
}

/** Shelves that orders stand on or stood on, for one tap; most used first. */
export function knownShelves(orders: readonly OrderCard[]): readonly string[] {
  const uses = new Map<string, number>();
  for (const { shelf } of orders)
    if (shelf !== null && shelf !== "") uses.set(shelf, (uses.get(shelf) ?? 0) + 1);
  return [...uses].sort(([a, x], [b, y]) => y - x || a.localeCompare(b)).map(([shelf]) => shelf);
}
