/** A list with one of its members a place up (-1) or down (1). */
export function moved<T>(list: readonly T[], place: number, by: 1 | -1): readonly T[] {
  const [member] = list.slice(place, place + 1);
  if (member === undefined || place + by < 0 || place + by >= list.length) return list;
  return list.toSpliced(place, 1).toSpliced(place + by, 0, member);
}
