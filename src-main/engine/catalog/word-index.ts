import { Buffer } from "node:buffer";
import { integers, naturals } from "./column.ts";
import { Names } from "./names.ts";
import { TextArena } from "./text-arena.ts";
import { bitCount, exactQuality, forgivenTypos, maskOf, typoQuality } from "./word-match.ts";

const NONE = -1;
/** Low bits of a posting hold the weight of the field it comes from. */
const WEIGHTS = 16;

/** A known word that answers the question's, and how well. */
interface AnsweringWord {
  readonly word: number;
  readonly quality: number;
}

/** What one word of the question adds to a row at most once: quality of the match times weight of the field. */
export interface RowScores {
  /** Score per row; only rows with `hits` equal to the number of words asked count. */
  readonly score: Int32Array;
  readonly hits: Uint8Array;
}

/**
 * Which rows hold which words. The vocabulary is walked whole for each question, with a 32-bit picture of each word's letters
 * deciding nearly every word at the cost of one comparison: that one walk finds whole words, beginnings, parts and typing errors.
 */
export class WordIndex {
  readonly #arena = new TextArena();
  readonly #words = new Names(this.#arena);
  readonly #masks = naturals();
  /** Word -> newest posting, posting -> the one before. */
  readonly #head = integers(NONE);
  readonly #next = integers(NONE);
  readonly #posting = integers();
  #postings = 0;

  /** Notes that a row holds a word in a field of the given weight (1 to 15). */
  add({ row, word, weight }: { readonly row: number; readonly word: string; readonly weight: number }): void {
    const known = this.#words.count;
    const name = this.#words.add(word);
    if (name === known) this.#masks.set(name, maskOf(word));
    this.#posting.set(this.#postings, row * WEIGHTS + weight);
    this.#next.set(this.#postings, this.#head.get(name));
    this.#head.set(name, this.#postings);
    this.#postings += 1;
  }

  /**
   * Scores of `rows` rows for all words asked; a row counts when it answers every one of them. `typos` says whether
   * typing errors are forgiven.
   */
  score({
    words,
    rows,
    typos,
  }: {
    readonly words: readonly string[];
    readonly rows: number;
    readonly typos: boolean;
  }): RowScores {
    const score = new Int32Array(rows);
    const hits = new Uint8Array(rows);
    const best = new Int32Array(rows);
    words.forEach((word, index) => {
      best.fill(0);
      for (const answer of this.#answering(word, typos)) this.#raise(best, answer);
      for (let row = 0; row < rows; row += 1) {
        const gained = best[row] ?? 0;
        if (gained === 0 || hits[row] !== index) continue;
        hits[row] = index + 1;
        score[row] = (score[row] ?? 0) + gained;
      }
    });
    return { score, hits };
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
    const bytes = Buffer.from(asked);
    const mask = maskOf(asked);
    const allowed = typos ? forgivenTypos(asked) : 0;
    const found: AnsweringWord[] = [];
    for (let word = 0; word < this.#words.count; word += 1) {
      const missing = mask & ~this.#masks.get(word);
      if (missing === 0) {
        const quality = exactQuality(bytes, this.#arena.bytesAt(this.#words.placeOf(word)));
        if (quality > 0) {
          found.push({ word, quality });
          continue;
        }
      }
      if (allowed === 0 || bitCount(missing) > allowed) continue;
      if (bitCount(this.#masks.get(word) & ~mask) > allowed) continue;
      const quality = typoQuality({ asked, word: this.#words.text(word), allowed });
      if (quality > 0) found.push({ word, quality });
    }
    return found;
  }
}
