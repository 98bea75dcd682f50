/** A scale with few round steps that holds all values and nothing. */
export interface ChartScale {
  readonly low: number;
  readonly high: number;
  readonly steps: readonly number[];
}

const USUAL_STEPS = 4;
const ROUND = [1, 2, 2.5, 5, 10];

/** Values are whole, and so are the steps: half a cent is no amount. They may lie on both sides of nothing. */
export function scaleOf(values: readonly number[]): ChartScale {
  const least = Math.min(0, ...values);
  const most = Math.max(0, ...values);
  const rough = Math.max(most - least, USUAL_STEPS) / USUAL_STEPS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.ceil((ROUND.find((each) => each * power >= rough) ?? 10) * power);
  const [first, last] = [Math.floor(least / step), Math.ceil(most / step)];
  const steps = Array.from(
    { length: Math.max(last, first + 1) - first + 1 },
    (_, place) => (first + place) * step,
  );
  return { low: steps[0] ?? 0, high: steps.at(-1) ?? 1, steps };
}
