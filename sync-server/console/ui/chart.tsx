import { type ReactNode, useId } from "react";
import { scaleOf } from "./chart-scale.ts";

/** One thing that is compared, and what it was before; null: it is compared with nothing. */
export interface ChartPoint {
  readonly key: string;
  readonly name: string;
  readonly value: number;
  readonly before: number | null;
}

interface ChartProps {
  /** What it shows, read out in its place; the numbers stand in a table beside it. */
  readonly label: string;
  readonly points: readonly ChartPoint[];
  readonly textOf: (value: number) => string;
  /** What the two kinds of marks are. */
  readonly now: string;
  readonly former: string;
}

const WIDTH = 960;
const HEIGHT = 260;
const LEFT = 96;
const BOTTOM = 28;
const TOP = 12;
const RIGHT = 12;
/** So many names fit below a chart. */
const MAX_NAMES = 8;
const BAR_SHARE = 0.7;

/** Values in their order, as a line; what was before is dashed. */
export function LineChart(props: ChartProps) {
  const { points, textOf } = props;
  const hasBefore = points.some(({ before }) => before !== null);
  const { yOf, xOf, scale } = placesOf(points);
  const path = (values: readonly (number | null)[]) =>
    values.map((value, place) => `${place === 0 ? "M" : "L"}${xOf(place)},${yOf(value ?? 0)}`).join(" ");
  return (
    <Figure {...props} hasBefore={hasBefore}>
      <Grid scale={scale} yOf={yOf} textOf={textOf} />
      {hasBefore && (
        <path
          d={path(points.map(({ before }) => before))}
          fill="none"
          stroke="var(--color-soft)"
          strokeWidth={2}
          strokeDasharray="6 5"
        />
      )}
      <path
        d={path(points.map(({ value }) => value))}
        fill="none"
        stroke="var(--color-brand)"
        strokeWidth={3}
      />
      {points.length <= 62 &&
        points.map(({ key, name, value }, place) => (
          <circle key={key} cx={xOf(place)} cy={yOf(value)} r={4} fill="var(--color-brand)">
            <title>{`${name}: ${textOf(value)}`}</title>
          </circle>
        ))}
      <Names points={points} xOf={xOf} />
    </Figure>
  );
}

/** Values beside each other, as bars; what was before is a hollow bar. */
export function BarChart(props: ChartProps) {
  const { points, textOf } = props;
  const hasBefore = points.some(({ before }) => before !== null);
  const { yOf, xOf, scale, room } = placesOf(points);
  const width = (room * BAR_SHARE) / (hasBefore ? 2 : 1);
  const bar = (value: number, x: number) => ({
    x,
    y: Math.min(yOf(value), yOf(0)),
    width: Math.max(width - 2, 1),
    height: Math.max(Math.abs(yOf(value) - yOf(0)), 1),
  });
  return (
    <Figure {...props} hasBefore={hasBefore}>
      <Grid scale={scale} yOf={yOf} textOf={textOf} />
      {points.map(({ key, name, value, before }, place) => {
        const left = xOf(place) - (room * BAR_SHARE) / 2;
        return (
          <g key={key}>
            <rect {...bar(value, left)} rx={2} fill="var(--color-brand)">
              <title>{`${name}: ${textOf(value)}`}</title>
            </rect>
            {before !== null && (
              <rect
                {...bar(before, left + width)}
                rx={2}
                fill="none"
                stroke="var(--color-soft)"
                strokeWidth={2}
              >
                <title>{`${name}: ${textOf(before)}`}</title>
              </rect>
            )}
          </g>
        );
      })}
      <Names points={points} xOf={xOf} />
    </Figure>
  );
}

function placesOf(points: readonly ChartPoint[]) {
  const scale = scaleOf(points.flatMap(({ value, before }) => (before === null ? [value] : [value, before])));
  const room = (WIDTH - LEFT - RIGHT) / Math.max(points.length, 1);
  const span = scale.high - scale.low;
  return {
    scale,
    room,
    xOf: (place: number) => LEFT + room * (place + 0.5),
    yOf: (value: number) => TOP + ((scale.high - value) / span) * (HEIGHT - TOP - BOTTOM),
  };
}

function Figure({
  label,
  now,
  former,
  hasBefore,
  children,
}: Pick<ChartProps, "label" | "now" | "former"> & {
  readonly hasBefore: boolean;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <figure className="m-0">
      <svg
        role="img"
        aria-labelledby={id}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        className="h-auto w-full text-soft"
      >
        <title id={id}>{label}</title>
        {children}
      </svg>
      {hasBefore && (
        <figcaption aria-hidden className="flex gap-6 px-2 text-soft text-sm">
          <span className="flex items-center gap-2">
            <span className="inline-block h-1 w-6 bg-brand" />
            {now}
          </span>
          <span className="flex items-center gap-2">
            <span className="inline-block w-6 border-soft border-t-2 border-dashed" />
            {former}
          </span>
        </figcaption>
      )}
    </figure>
  );
}

function Grid({
  scale,
  yOf,
  textOf,
}: {
  readonly scale: ReturnType<typeof scaleOf>;
  readonly yOf: (value: number) => number;
  readonly textOf: (value: number) => string;
}) {
  return scale.steps.map((step) => (
    <g key={step}>
      <line x1={LEFT} x2={WIDTH - RIGHT} y1={yOf(step)} y2={yOf(step)} stroke="var(--color-line)" />
      <text x={LEFT - 8} y={yOf(step) + 4} textAnchor="end" fontSize={12} fill="currentColor">
        {textOf(step)}
      </text>
    </g>
  ));
}

function Names({
  points,
  xOf,
}: {
  readonly points: readonly ChartPoint[];
  readonly xOf: (place: number) => number;
}) {
  const every = Math.max(1, Math.ceil(points.length / MAX_NAMES));
  const chars = Math.floor(110 / Math.min(points.length, MAX_NAMES));
  return points.map(({ key, name }, place) =>
    place % every === 0 ? (
      <text key={key} x={xOf(place)} y={HEIGHT - 8} textAnchor="middle" fontSize={12} fill="currentColor">
        {name.length > chars ? `${name.slice(0, Math.max(chars - 1, 1))}…` : name}
      </text>
    ) : null,
  );
}
