import type { HandOverProof } from "./act.ts";
import type { SignatureRule } from "./policy.ts";

/** The box that a signature is drawn in, in its own units: whatever screen it was drawn on, it is the same size. */
export const SIGNATURE_BOX = { width: 1_000, height: 320 } as const;
/** Of a path: about 500 points, far more than a name takes. */
export const MAX_SIGNATURE_CHARS = 4_000;
export const MAX_SIGNER_CHARS = 200;
/** `M` and a point begin a stroke, `l` and steps draw it: a part of SVG's path language, in whole units of the box. */
export const SIGNATURE_PATH = /^(?:M\d{1,4} \d{1,4}(?:l-?\d{1,4} -?\d{1,4}(?: -?\d{1,4} -?\d{1,4})*)?)+$/;
/** A slip of the finger is shorter, in units of the box. */
const MIN_LENGTH = 60;

/** By what a customer says that they got the goods: drawn with a finger or pen, or their name as they or a colleague typed it. */
export type Signature =
  | { readonly kind: "drawn"; readonly path: string }
  | { readonly kind: "typed"; readonly name: string };

/** A place in the box. */
export interface Point {
  readonly x: number;
  readonly y: number;
}
export type Stroke = readonly Point[];

/** Whether the customer has to sign for a hand-out that is proven like this. */
export function isSignatureDue(rule: SignatureRule, proof: Pick<HandOverProof, "kind">): boolean {
  return rule === "always" || (rule === "withoutCode" && proof.kind === "idCheck");
}

/** Whether so much was drawn that it can be a signature. */
export function isSigned(strokes: readonly Stroke[]): boolean {
  return strokes.reduce((sum, stroke) => sum + lengthOf(stroke), 0) >= MIN_LENGTH;
}

/** The strokes as path text of at most `MAX_SIGNATURE_CHARS`: the more was drawn, the coarser. Points outside the box are drawn at its edge. Empty where nothing was drawn. */
export function signaturePath(strokes: readonly Stroke[]): string {
  const drawn = strokes.map((stroke) => stroke.map(inBox)).filter((stroke) => stroke.length > 0);
  for (let grain = 2; ; grain *= 2) {
    const path = drawn.map((stroke) => strokePath(thinned(stroke, grain))).join("");
    if (path.length <= MAX_SIGNATURE_CHARS) return path;
    // Hundreds of dots are not a name: the coarsest grain keeps the first of them.
    if (grain > SIGNATURE_BOX.width) return firstStrokes(path);
  }
}

function inBox({ x, y }: Point): Point {
  return { x: within(x, SIGNATURE_BOX.width), y: within(y, SIGNATURE_BOX.height) };
}

function within(value: number, most: number): number {
  return Number.isFinite(value) ? Math.round(Math.min(Math.max(value, 0), most)) : 0;
}

/** Points that are nearer than the grain to the one before say nothing. */
function thinned(stroke: Stroke, grain: number): Stroke {
  const kept: Point[] = [];
  for (const point of stroke) {
    const last = kept.at(-1);
    if (last === undefined || distance(last, point) >= grain) kept.push(point);
  }
  return kept;
}

function strokePath([first, ...more]: Stroke): string {
  if (first === undefined) return "";
  let last = first;
  const steps = more.map((point) => {
    const step = `${point.x - last.x} ${point.y - last.y}`;
    last = point;
    return step;
  });
  return `M${first.x} ${first.y}${steps.length === 0 ? "" : `l${steps.join(" ")}`}`;
}

function firstStrokes(path: string): string {
  return path.slice(0, path.lastIndexOf("M", MAX_SIGNATURE_CHARS));
}

function lengthOf(stroke: Stroke): number {
  return stroke.reduce((sum, point, place) => {
    const before = stroke[place - 1];
    return before === undefined ? 0 : sum + distance(before, point);
  }, 0);
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
