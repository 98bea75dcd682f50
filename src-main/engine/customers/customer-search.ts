import {
  type AskedCustomer,
  askedCustomer,
  customerFit,
  isAlmostNamed,
  TYPO_FROM_CHARS,
} from "#domain/customer/search.ts";
import type { CustomerId } from "#domain/ids.ts";
import type { CustomerRow, CustomerRows } from "./customer-rows.ts";

/** Whoever types so little that more than these fit types on: the best of these are shown. */
const LOOKED_AT_MOST = 10_000;
/** The last digits of a number, by which it is found with and without a country's code. */
const NUMBER_TAIL = 6;
/** Below every fit without a typing error. */
const TYPO_FIT = 0.5;

/** Rows that are searched, but for those of customers whom another block says something newer of. */
export interface Block {
  readonly rows: CustomerRows;
  readonly isOutdated: (id: CustomerId) => boolean;
}

/** Who fits what was typed, best first and among equals by name. Names with a typing error come where the others are few. */
export function searchBlocks(
  blocks: readonly Block[],
  { text, limit }: { readonly text: string; readonly limit: number },
): { readonly ids: readonly CustomerId[]; readonly hasMore: boolean } {
  const asked = askedCustomer(text);
  if (asked === null) return { ids: [], hasMore: false };
  const best = new Best(limit);
  for (const { rows, isOutdated } of blocks)
    for (const row of rows.holding(neededTexts(asked), LOOKED_AT_MOST)) {
      const fit = customerFit(row, asked);
      if (fit > 0 && !isOutdated(row.id)) best.offer({ fit, row });
    }
  if (best.offered < limit && !/[@\d]/.test(text)) offerAlmost(blocks, asked, best);
  return { ids: best.found.map(({ row: { id } }) => id), hasMore: best.offered > limit };
}

function offerAlmost(blocks: readonly Block[], asked: AskedCustomer, best: Best): void {
  const longest = longestOf(asked.words);
  if (longest.length < TYPO_FROM_CHARS) return;
  const known = new Set(best.found.map(({ row: { id } }) => id));
  // One typing error leaves one half of a word as it is.
  const middle = Math.ceil(longest.length / 2);
  const halves = [` ${longest.slice(0, middle)}`, longest.slice(middle)];
  for (const { rows, isOutdated } of blocks)
    for (const row of rows.holding(halves, LOOKED_AT_MOST))
      if (!known.has(row.id) && !isOutdated(row.id) && isAlmostNamed(row, asked))
        best.offer({ fit: TYPO_FIT, row });
}

/** Texts of which at least one stands in the row of everybody who fits. */
function neededTexts({ words, text, phone, card }: AskedCustomer): readonly string[] {
  // Also a card's number or a name of so many digits has these in it.
  if (phone !== "") return [phone.slice(-NUMBER_TAIL)];
  if (text.includes("@")) return [text];
  const longest = longestOf(words);
  // A letter or two are somewhere in everybody's name: those whose name begins so are meant.
  const begun = longest.length < 3 ? ` ${longest}` : longest;
  const number = card.toLowerCase();
  return text.includes(number) || number.length < 3 ? [begun] : [begun, number];
}

function longestOf(words: readonly string[]): string {
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest), "");
}

/** A customer who fits what was typed, and how well. */
interface Found {
  readonly fit: number;
  readonly row: CustomerRow;
}

/** The best of many, in order: one letter fits almost everybody, and sorting them all would take longer than going through them. */
class Best {
  readonly found: Found[] = [];
  offered = 0;
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  offer(one: Found): void {
    this.offered += 1;
    const last = this.found.at(-1);
    const isFull = this.found.length === this.#limit;
    if (isFull && last !== undefined && compare(one, last) > 0) return;
    const place = this.found.findIndex((each) => compare(one, each) < 0);
    this.found.splice(place < 0 ? this.found.length : place, 0, one);
    if (this.found.length > this.#limit) this.found.pop();
  }
}

function compare(a: Found, b: Found): number {
  if (a.fit !== b.fit) return b.fit - a.fit;
  const [one, other] = [a.row.name, b.row.name];
  if (one !== other) return one < other ? -1 : 1;
  return a.row.id < b.row.id ? -1 : 1;
}
