import type { AcrossFact } from "#domain/reports/across.ts";

/** So many columns of measures there are; a report that has fewer leaves the last ones at nothing. */
export const MEASURE_COLUMNS = ["m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7"] as const;

/** Table and columns of a fact; its values are `factValues`. */
export const REPORT_FACTS = `report_facts
  (report, day, store, kind, id, place, number, at, currency, channel, value, person, other, ${MEASURE_COLUMNS.join(", ")})`;

/** What `REPORT_FACTS` takes of a fact, in its order. */
export function factValues({ about, ...fact }: AcrossFact): readonly (string | number)[] {
  const { report, place, number, at, day, store, currency, channel, value, person, other, measures } = fact;
  return [
    ...[report, day, store ?? "", about.kind, about.id, place],
    ...[number, at, currency, channel, value, person, other],
    ...MEASURE_COLUMNS.map((_, column) => measures[column] ?? 0),
  ];
}
