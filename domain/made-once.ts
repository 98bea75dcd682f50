/**
 * `make`, but what it makes for the same names is made once and kept: for formats of a locale, of which making one takes longer than a hundred uses of it. Only for
 * names of which there are few.
 */
export function madeOnce<Names extends readonly string[], Made extends object>(
  make: (...names: Names) => Made,
): (...names: Names) => Made {
  const made = new Map<string, Made>();
  return (...names) => {
    const key = names.join("\n");
    const known = made.get(key) ?? make(...names);
    made.set(key, known);
    return known;
  };
}
