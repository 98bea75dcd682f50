import { type PointerEvent, type ReactNode, useRef } from "react";

export interface PadPoint {
  readonly x: number;
  readonly y: number;
}
type Strokes = readonly (readonly PadPoint[])[];

const LINE_WIDTH = 5;

/** A field to draw in with finger, pen or mouse. Strokes are told in units of its box, whatever size it has on the screen. */
export function DrawPad({
  label,
  box,
  strokes,
  onStrokes,
  children,
}: {
  readonly label: string;
  readonly box: { readonly width: number; readonly height: number };
  readonly strokes: Strokes;
  /** Takes what makes the strokes of now into those after: several moves may come between two frames. */
  readonly onStrokes: (change: (strokes: Strokes) => Strokes) => void;
  /** What lies in the field beneath the ink. */
  readonly children?: ReactNode;
}) {
  const drawing = useRef<number | null>(null);

  function pointOf(event: PointerEvent<SVGSVGElement>): PadPoint {
    const field = event.currentTarget.getBoundingClientRect();
    return {
      x: ((event.clientX - field.left) / field.width) * box.width,
      y: ((event.clientY - field.top) / field.height) * box.height,
    };
  }
  function begin(event: PointerEvent<SVGSVGElement>): void {
    // A palm that rests on the glass beside the pen draws nothing.
    if (drawing.current !== null || event.button !== 0) return;
    drawing.current = event.pointerId;
    event.currentTarget.setPointerCapture(event.pointerId);
    const point = pointOf(event);
    onStrokes((before) => [...before, [point]]);
  }
  function draw(event: PointerEvent<SVGSVGElement>): void {
    if (event.pointerId !== drawing.current) return;
    const point = pointOf(event);
    onStrokes((before) => [...before.slice(0, -1), [...(before.at(-1) ?? []), point]]);
  }
  function end(event: PointerEvent<SVGSVGElement>): void {
    if (event.pointerId === drawing.current) drawing.current = null;
  }

  return (
    <div className="relative overflow-hidden rounded-2xl border-2 border-line bg-paper">
      <div className="pointer-events-none absolute inset-0">{children}</div>
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${box.width} ${box.height}`}
        className="relative block w-full cursor-crosshair touch-none"
        onPointerDown={begin}
        onPointerMove={draw}
        onPointerUp={end}
        onPointerCancel={end}
      >
        {strokes.map((stroke, place) => (
          <polyline
            // biome-ignore lint/suspicious/noArrayIndexKey: strokes are only ever added at the end
            key={place}
            points={stroke.map(({ x, y }) => `${x},${y}`).join(" ")}
            fill="none"
            stroke="currentColor"
            strokeWidth={LINE_WIDTH}
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        ))}
      </svg>
    </div>
  );
}
