import { seededRandom } from "../../sync-server/demo/random.ts";
import { type Article, articleAt } from "./article.ts";

/** What people type into the search field, by what it is to the search. */
export const QUESTION_KINDS = ["word", "prefix", "twoWords", "typo", "code"] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

export interface Question {
  readonly kind: QuestionKind;
  readonly text: string;
}

const SEED = 7;
const PREFIX_CHARS = 4;
/** Shorter words are searched for as they are: no typing error is forgiven in them. */
const SHORTEST_WITH_TYPO = 6;

/** As many questions, each kind as often as the others, about articles from all over the shop; the same for the same numbers. */
export function questionsAbout({
  skus,
  count,
}: {
  readonly skus: number;
  readonly count: number;
}): readonly Question[] {
  const random = seededRandom(SEED);
  return Array.from({ length: count }, (_, index): Question => {
    const kind = QUESTION_KINDS[index % QUESTION_KINDS.length] ?? "word";
    return { kind, text: TEXTS[kind](articleAt(random.between({ from: 0, to: skus - 1 })), index) };
  });
}

type Ask = (article: Article, turn: number) => string;

const TEXTS: Readonly<Record<QuestionKind, Ask>> = {
  word: (article, turn) => wordOf(article, turn),
  prefix: (article, turn) => wordOf(article, turn).slice(0, PREFIX_CHARS),
  twoWords: ({ product }) => product.title.split(" ").slice(2, 4).join(" "),
  typo: (article, turn) => mistyped(longWordOf(article), turn),
  code: ({ gtin, sku }, turn) => (turn % 2 === 0 ? gtin : sku),
};

/** Quality, material, kind and name take turns. */
function wordOf({ product }: Article, turn: number): string {
  const words = product.title.split(" ").slice(0, 4);
  return words[turn % words.length] ?? product.title;
}

function longWordOf({ product }: Article): string {
  return product.title.split(" ").find((word) => word.length >= SHORTEST_WITH_TYPO) ?? product.title;
}

/** Two neighbouring letters swapped, or one left out; never the first. */
function mistyped(word: string, turn: number): string {
  const at = 2 + (turn % (word.length - 3));
  return turn % 2 === 0
    ? word.slice(0, at) + word.slice(at + 1)
    : word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
}
