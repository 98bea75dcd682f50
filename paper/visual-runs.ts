import bidiFactory from "bidi-js";
import { type FontName, fontFor } from "./fonts.ts";

export type TextDirection = "ltr" | "rtl";

/** A stretch of a line in one direction and one font, its letters in the order in which they are read. */
export interface Run {
  readonly text: string;
  readonly font: FontName;
}

interface LevelledRun extends Run {
  readonly level: number;
}

const bidi = bidiFactory();
const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });
/** Signs that only say which way text runs. */
const DIRECTION_SIGN = /^[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]$/;
/** The shaping of a right-to-left script turns its letters round by itself; other text in such a stretch has to be turned here. */
const RIGHT_TO_LEFT_LETTER = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/** A line's runs from left to right, as the Unicode bidirectional algorithm (UAX 9) orders them. */
export function visualRuns({
  text,
  direction,
  isStrong,
}: {
  readonly text: string;
  readonly direction: TextDirection;
  readonly isStrong: boolean;
}): readonly Run[] {
  const { levels } = bidi.getEmbeddingLevels(text, direction);
  const runs: LevelledRun[] = [];
  for (const { segment, index } of graphemes.segment(text)) {
    if (DIRECTION_SIGN.test(segment)) continue;
    const level = levels[index] ?? 0;
    const letter = level % 2 === 1 ? (bidi.getMirroredCharacter(segment) ?? segment) : segment;
    const font = fontFor(segment, isStrong);
    const last = runs.at(-1);
    if (last?.level === level && last.font === font)
      runs[runs.length - 1] = { ...last, text: last.text + letter };
    else runs.push({ text: letter, level, font });
  }
  return reordered(runs).map(({ text: letters, level, font }) => ({
    text: level % 2 === 1 && !RIGHT_TO_LEFT_LETTER.test(letters) ? turned(letters) : letters,
    font,
  }));
}

function turned(text: string): string {
  return [...graphemes.segment(text)]
    .map(({ segment }) => segment)
    .reverse()
    .join("");
}

/** Rule L2: from the highest level down to the first, each stretch at or above it turns round. */
function reordered(runs: readonly LevelledRun[]): readonly LevelledRun[] {
  let ordered = [...runs];
  for (let level = Math.max(0, ...runs.map((run) => run.level)); level >= 1; level -= 1) {
    const next: LevelledRun[] = [];
    let stretch: LevelledRun[] = [];
    for (const run of ordered) {
      if (run.level >= level) stretch.push(run);
      else {
        next.push(...stretch.reverse(), run);
        stretch = [];
      }
    }
    ordered = [...next, ...stretch.reverse()];
  }
  return ordered;
}
