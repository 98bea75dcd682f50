/** More than a chain's languages and currencies make. */
const MAX_KEPT = 200;

/**
 * `make`, but what it makes for the same names is made once and kept: for formats of a locale, of which making one takes longer than a hundred uses of it. The
 * ones not used for longest are forgotten when there are more than `most`, so that names which come from outside cannot fill the memory. Null is not kept.
 */
export function madeOnce<Names extends readonly string[], Made extends object | null>(
  make: (...names: Names) => Made,
  most = MAX_KEPT,
): (...names: Names) => Made {
  const made = new Map<string, Made>();
  return (...names) => {
    const key = names.join("\n");
    const known = made.get(key) ?? make(...names);
    if (known === null) return known;
    made.delete(key);
    made.set(key, known);
    if (made.size > most) made.delete(made.keys().next().value ?? key);
    return known;
  };
}
