import { type Bitmap, blacken } from "./bitmap.ts";

/** One command of an outline: move, line, quadratic or cubic curve, close; absolute, in fractions of a dot, y upwards. */
export interface OutlineCommand {
  readonly type: string;
  readonly values: readonly number[];
}

interface Edge {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

const STEPS_PER_CURVE = 8;
const SCANS_PER_DOT = 5;
/** A dot is printed when this much of it is covered; a little less than half, since thin strokes fade on thermal paper. */
const COVERED = 0.44;

/** Prints an outline with its origin at a place of the paper; what is inside counts by the non-zero rule. */
export function fillOutline(
  paper: Bitmap,
  {
    outline,
    x,
    y,
    scale,
  }: {
    readonly outline: readonly OutlineCommand[];
    readonly x: number;
    readonly y: number;
    /** Dots per unit of the outline. */
    readonly scale: number;
  },
): void {
  const edges = edgesOf(outline).map((edge) => ({
    x0: x + edge.x0 * scale,
    y0: y - edge.y0 * scale,
    x1: x + edge.x1 * scale,
    y1: y - edge.y1 * scale,
  }));
  if (edges.length === 0) return;
  const top = Math.max(0, Math.floor(Math.min(...edges.map(({ y0, y1 }) => Math.min(y0, y1)))));
  const bottom = Math.min(paper.height, Math.ceil(Math.max(...edges.map(({ y0, y1 }) => Math.max(y0, y1)))));
  const coverage = new Float64Array(paper.width);
  for (let row = top; row < bottom; row += 1) {
    coverage.fill(0);
    for (let scan = 0; scan < SCANS_PER_DOT; scan += 1)
      coverScan(coverage, edges, row + (scan + 0.5) / SCANS_PER_DOT);
    coverage.forEach((covered, column) => {
      if (covered >= COVERED) blacken(paper, column, row);
    });
  }
}

/** Adds what one scan line sees: from where the winding leaves zero to where it comes back. */
function coverScan(coverage: Float64Array, edges: readonly Edge[], y: number): void {
  const crossings = edges
    .filter(({ y0, y1 }) => y0 <= y !== y1 <= y)
    .map(({ x0, y0, x1, y1 }) => ({ x: x0 + ((y - y0) / (y1 - y0)) * (x1 - x0), turn: y1 > y0 ? 1 : -1 }))
    .sort((one, other) => one.x - other.x);
  let winding = 0;
  let start = 0;
  for (const { x, turn } of crossings) {
    if (winding === 0) start = x;
    winding += turn;
    if (winding === 0) coverSpan(coverage, start, x);
  }
}

function coverSpan(coverage: Float64Array, from: number, to: number): void {
  const last = Math.min(coverage.length - 1, Math.floor(to));
  for (let column = Math.max(0, Math.floor(from)); column <= last; column += 1) {
    const part = Math.min(to, column + 1) - Math.max(from, column);
    coverage[column] = (coverage[column] ?? 0) + part / SCANS_PER_DOT;
  }
}

function edgesOf(outline: readonly OutlineCommand[]): Edge[] {
  const edges: Edge[] = [];
  let [startX, startY, x, y] = [0, 0, 0, 0];
  const lineTo = (toX: number, toY: number): void => {
    edges.push({ x0: x, y0: y, x1: toX, y1: toY });
    [x, y] = [toX, toY];
  };
  for (const { type, values } of outline) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = values;
    if (type === "M") {
      [startX, startY, x, y] = [a, b, a, b];
    } else if (type === "L") lineTo(a, b);
    // A quadratic curve is the cubic one whose handles lie two thirds along.
    else if (type === "Q")
      for (const point of curve(
        [x, y],
        [x + (2 / 3) * (a - x), y + (2 / 3) * (b - y)],
        [c + (2 / 3) * (a - c), d + (2 / 3) * (b - d)],
        [c, d],
      ))
        lineTo(...point);
    else if (type === "C") for (const point of curve([x, y], [a, b], [c, d], [e, f])) lineTo(...point);
    else lineTo(startX, startY);
  }
  return edges;
}

type Point = readonly [number, number];

function curve(from: Point, one: Point, two: Point, to: Point): readonly Point[] {
  return Array.from({ length: STEPS_PER_CURVE }, (_, step) => {
    const t = (step + 1) / STEPS_PER_CURVE;
    const s = 1 - t;
    const at = (axis: 0 | 1): number =>
      s * s * s * from[axis] + 3 * s * s * t * one[axis] + 3 * s * t * t * two[axis] + t * t * t * to[axis];
    return [at(0), at(1)];
  });
}
