import { Buffer } from "node:buffer";
import { forEachAsciiWord, wordsOf } from "#domain/text/fold.ts";
import { integers, naturals, PAGE_ROWS } from "./column.ts";
import { Names } from "./names.ts";
import { TextArena } from "./text-arena.ts";
import { bitCount, exactQuality, forgivenTypos, maskOf, typoQuality } from "./word-match.ts";

const NONE = -1;
/** Low bits of a posting hold the weight of the field it comes from. */
const WEIGHTS = 16;
const UTF8_BYTES_PER_LETTER = 4;

/** A known word that answers the question's, and how well. */
interface AnsweringWord {
  readonly word: number;
  readonly quality: number;
}

/** A word of the question, made ready for the walk over the vocabulary. */
interface Question {
  readonly text: string;
  readonly bytes: Buffer;
  readonly mask: number;
  /** Typing errors forgiven. */
  readonly typos: number;
}

/**
 * Which rows hold which words. The vocabulary is walked whole for each question, with a 32-bit picture of each word's letters
 * deciding nearly every word at the cost of one comparison: that one walk finds whole words, beginnings, parts and typing errors.
 */
export class WordIndex {
  readonly #arena = new TextArena();
  readonly #words = new Names(this.#arena);
  readonly #masks = naturals();
  /** Words that have their mask: all that were ever noted. */
  #masked = 0;
  /** Word -> newest posting, posting -> the one before. */
  readonly #head = integers(NONE);
  readonly #next = integers(NONE);
  readonly #posting = integers();
  #postings = 0;
  readonly #room = { scores: new Int32Array(0), best: new Int32Array(0) };

  /**
   * Notes that a row holds the words of a text in a field of the given weight (1 to 15), and says how many words that are. Of one row all
   * texts come in turn; a word that it has already counts as it did first.
   */
  add({
    row,
    text,
    weight,
  }: {
    readonly row: number;
    readonly text: string;
    readonly weight: number;
  }): number {
    let count = 0;
    const isAscii = forEachAsciiWord(text, (folded, from, to) => {
      this.#note(row, this.#words.addAscii(folded, from, to), weight);
      count += 1;
    });
    if (isAscii) return count;
    const words = wordsOf(text);
    for (const word of words) this.#note(row, this.#words.add(word), weight);
    return words.length;
  }

  #note(row: number, name: number, weight: number): void {
    if (name === this.#masked) {
      this.#masks.set(name, maskOf(this.#words.text(name)));
      this.#masked += 1;
    }
    const newest = this.#head.get(name);
    if (newest !== NONE && Math.floor(this.#posting.get(newest) / WEIGHTS) === row) return;
    this.#posting.set(this.#postings, row * WEIGHTS + weight);
    this.#next.set(this.#postings, newest);
    this.#head.set(name, this.#postings);
    this.#postings += 1;
  }

  /**
   * A score for each of the first `rows` rows: per word asked, the best of match quality times field weight; 0 for a row
   * that does not answer every word. `typos` says whether typing errors are forgiven. The answer is good until the next question:
   * its memory is used again.
   */
  score({
    words,
    rows,
    typos,
  }: {
    readonly words: readonly string[];
    readonly rows: number;
    readonly typos: boolean;
  }): Int32Array {
    const scores = this.#scratch("scores", rows);
    const best = this.#scratch("best", rows);
    words.forEach((word, index) => {
      best.fill(0);
      for (const answer of this.#answering(word, typos)) this.#raise(best, answer);
      addWhereAll({ scores, best, first: index === 0 });
    });
    return scores;
  }

  #scratch(use: "scores" | "best", rows: number): Int32Array {
    if (this.#room[use].length < rows) this.#room[use] = new Int32Array(rows * 2);
    return this.#room[use].subarray(0, rows).fill(0);
  }

  #raise(best: Int32Array, { word, quality }: AnsweringWord): void {
    for (let at = this.#head.get(word); at !== NONE; at = this.#next.get(at)) {
      const posting = this.#posting.get(at);
      const row = Math.floor(posting / WEIGHTS);
      const gained = quality * (posting % WEIGHTS);
      if (gained > (best[row] ?? 0)) best[row] = gained;
    }
  }

  #answering(asked: string, typos: boolean): readonly AnsweringWord[] {
    const question = {
      text: asked,
      bytes: Buffer.from(asked),
      mask: maskOf(asked),
      typos: typos ? forgivenTypos(asked) : 0,
    };
    const found: AnsweringWord[] = [];
    this.#masks.pages.forEach((masks, page) => {
      const first = page * PAGE_ROWS;
      const length = Math.min(PAGE_ROWS, this.#words.count - first);
      for (let index = 0; index < length; index += 1) {
        const mask = masks?.[index] ?? 0;
        const missing = question.mask & ~mask;
        if (missing !== 0 && (question.typos === 0 || bitCount(missing) > question.typos)) continue;
        const quality = this.#quality(question, first + index, mask);
        if (quality > 0) found.push({ word: first + index, quality });
      }
    });
    return found;
  }

  #quality(question: Question, word: number, mask: number): number {
    const place = this.#words.placeOf(word);
    if ((question.mask & ~mask) === 0) {
      const exact = exactQuality(question.bytes, this.#arena.bytesAt(place));
      if (exact > 0) return exact;
    }
    if (question.typos === 0 || bitCount(mask & ~question.mask) > question.typos) return 0;
    const longer = Math.abs(this.#arena.length(place) - question.bytes.length);
    if (longer > question.typos * UTF8_BYTES_PER_LETTER) return 0;
    return typoQuality({ asked: question.text, word: this.#arena.text(place), allowed: question.typos });
  }
}

/** Adds one word's best to the rows that have answered every word before; the others fall out. */
function addWhereAll({
  scores,
  best,
  first,
}: {
  readonly scores: Int32Array;
  readonly best: Int32Array;
  readonly first: boolean;
}): void {
  for (let row = 0; row < scores.length; row += 1) {
    const gained = best[row] ?? 0;
    const before = scores[row] ?? 0;
    scores[row] = gained > 0 && (first || before > 0) ? before + gained : 0;
  }
}
