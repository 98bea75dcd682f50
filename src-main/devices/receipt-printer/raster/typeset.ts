import bidiFactory from "bidi-js";
import { type Bitmap, blacken, blankBitmap } from "./bitmap.ts";
import { fillOutline } from "./fill.ts";
import type { Weight } from "./font-files.ts";
import { type LoadedFont, loadFonts } from "./fonts.ts";

export type TextDirection = "ltr" | "rtl";

interface Glyph {
  readonly font: LoadedFont;
  readonly id: number;
  /** In units of the font. */
  readonly advance: number;
  readonly dx: number;
  readonly dy: number;
}

/** A line of text in the order in which its letters stand on paper. */
export interface TypesetLine {
  /** In dots. */
  readonly width: number;
  /** Prints it with its left end at `x` and its baseline at `y`, in dots. */
  readonly print: (paper: Bitmap, x: number, y: number) => void;
}

export interface TypesetOptions {
  readonly direction: TextDirection;
  /** Times the size of the printer's own letters. */
  readonly size: number;
}

/** Shapes a line: joins its letters, orders them by the Unicode bidirectional algorithm, and finds a bundled font for each. */
export type Typeset = (text: string, options: TypesetOptions) => TypesetLine;

const bidi = bidiFactory();
const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** Loads the fonts for all letters of a text; they stay in memory from then on. */
export async function openTypeset(weight: Weight, letters: string): Promise<Typeset> {
  const { Buffer: ShapingBuffer, Direction, shape } = await import("harfbuzzjs");
  const fonts = await loadFonts(weight, letters);
  const known = new Map<string, Int16Array>();
  // One for all: its memory is the shaper's own, which no garbage collector sees in time.
  const buffer = new ShapingBuffer();

  function shaped({ text, level, font }: Run): readonly Glyph[] {
    buffer.reset();
    buffer.addText(text);
    buffer.guessSegmentProperties();
    buffer.setDirection(level % 2 === 1 ? Direction.RTL : Direction.LTR);
    shape(font.font, buffer);
    return buffer.getGlyphInfosAndPositions().map((glyph) => ({
      font,
      id: glyph.codepoint,
      advance: glyph.xAdvance ?? 0,
      dx: glyph.xOffset ?? 0,
      dy: glyph.yOffset ?? 0,
    }));
  }

  /** A letter's dots around its origin; the same letter stands on a receipt many times. */
  function dotsOf({ font, id }: Glyph, place: DotPlace): Int16Array {
    const key = `${fonts.indexOf(font)} ${id} ${place.size} ${place.x} ${place.y}`;
    const dots = known.get(key) ?? dotsAround(font, id, place);
    known.set(key, dots);
    return dots;
  }

  return (text, { direction, size }) => {
    const glyphs = visualRuns(text, direction, fonts).flatMap(shaped);
    const scaleOf = ({ em, unitsPerEm }: LoadedFont): number => (em * size) / unitsPerEm;
    return {
      width: glyphs.reduce((sum, glyph) => sum + glyph.advance * scaleOf(glyph.font), 0),
      print(paper, x, y) {
        let pen = x;
        for (const glyph of glyphs) {
          const scale = scaleOf(glyph.font);
          const left = inSteps(pen + glyph.dx * scale);
          const base = inSteps(y - glyph.dy * scale);
          const dots = dotsOf(glyph, { size, x: left.rest, y: base.rest });
          for (let at = 0; at < dots.length; at += 2)
            blacken(paper, left.whole + (dots[at] ?? 0), base.whole + (dots[at + 1] ?? 0));
          pen += glyph.advance * scale;
        }
      },
    };
  };
}

/** How large a letter is and how far from a whole dot it begins, in steps. */
interface DotPlace {
  readonly size: number;
  readonly x: number;
  readonly y: number;
}

/** Letters begin at every quarter of a dot: nobody sees less, and the same few pictures of them serve. */
const STEPS_PER_DOT = 4;

function inSteps(dots: number): { readonly whole: number; readonly rest: number } {
  const steps = Math.round(dots * STEPS_PER_DOT);
  const whole = Math.floor(steps / STEPS_PER_DOT);
  return { whole, rest: steps - whole * STEPS_PER_DOT };
}

/** The dots of a letter, x and y in turn, seen from the whole dot that it begins in. */
function dotsAround({ font, em, unitsPerEm }: LoadedFont, id: number, { size, x, y }: DotPlace): Int16Array {
  // Letters reach over their own box, swashes and marks by far.
  const middle = Math.ceil(3 * em * size);
  const scrap = blankBitmap(2 * middle, 2 * middle);
  fillOutline(scrap, {
    outline: font.glyphToJson(id),
    x: middle + x / STEPS_PER_DOT,
    y: middle + y / STEPS_PER_DOT,
    scale: (em * size) / unitsPerEm,
  });
  const dots: number[] = [];
  scrap.dots.forEach((dot, index) => {
    if (dot === 1) dots.push((index % scrap.width) - middle, Math.floor(index / scrap.width) - middle);
  });
  return Int16Array.from(dots);
}

/** A stretch of text in one direction and one font. */
interface Run {
  readonly text: string;
  readonly level: number;
  readonly font: LoadedFont;
}

function visualRuns(text: string, direction: TextDirection, fonts: readonly LoadedFont[]): readonly Run[] {
  const { levels } = bidi.getEmbeddingLevels(text, direction);
  const runs: Run[] = [];
  for (const { segment, index } of graphemes.segment(text)) {
    const level = levels[index] ?? 0;
    const font = fontOf(segment, fonts);
    const last = runs.at(-1);
    if (last?.level === level && last.font === font)
      runs[runs.length - 1] = { ...last, text: last.text + segment };
    else runs.push({ text: segment, level, font });
  }
  return reordered(runs);
}

/** Rule L2 of the bidirectional algorithm: from the highest level down to the lowest odd one, what is at or above it turns round. */
function reordered(runs: readonly Run[]): readonly Run[] {
  const highest = Math.max(0, ...runs.map(({ level }) => level));
  let ordered = [...runs];
  for (let level = highest; level >= 1; level -= 1) {
    const turned: Run[] = [];
    let stretch: Run[] = [];
    for (const run of ordered) {
      if (run.level >= level) stretch.push(run);
      else {
        turned.push(...stretch.reverse(), run);
        stretch = [];
      }
    }
    ordered = [...turned, ...stretch.reverse()];
  }
  return ordered;
}

/** The first font that has the whole letter, else the first that has its base; a letter that none has is printed as the first font's empty box. */
function fontOf(grapheme: string, fonts: readonly LoadedFont[]): LoadedFont {
  const points = [...grapheme].map((letter) => letter.codePointAt(0) ?? 0);
  const found =
    fonts.find(({ covers }) => points.every(covers)) ??
    fonts.find(({ covers }) => covers(points[0] ?? 0)) ??
    fonts[0];
  if (found === undefined) throw new Error("no fonts are bundled");
  return found;
}
