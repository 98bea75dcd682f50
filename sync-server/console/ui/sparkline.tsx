const WIDTH = 112;
const HEIGHT = 28;
const INSET = 3;

/** How something went, as a small line from old to new; what it says stands in words beside it or in `label`. */
export function Sparkline({ values, label }: { readonly values: readonly number[]; readonly label: string }) {
  const most = Math.max(1, ...values);
  const step = (WIDTH - 2 * INSET) / Math.max(values.length - 1, 1);
  const places = values.map((value, place) => ({
    x: WIDTH - INSET - (values.length - 1 - place) * step,
    y: HEIGHT - INSET - (value / most) * (HEIGHT - 2 * INSET),
  }));
  const last = places.at(-1);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      className="text-brand"
    >
      <title>{label}</title>
      <polyline
        points={places.map(({ x, y }) => `${x},${y}`).join(" ")}
        fill="none"
        stroke="currentColor"
        strokeWidth={2}
        strokeLinejoin="round"
      />
      {last !== undefined && <circle cx={last.x} cy={last.y} r={3} fill="currentColor" />}
    </svg>
  );
}
