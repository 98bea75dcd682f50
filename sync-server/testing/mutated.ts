import fc from "fast-check";

const STRANGE: readonly unknown[] = [
  null,
  true,
  "",
  " ",
  "\u0000",
  "NaN",
  "-1.00",
  "1e400",
  "99999999999999999999.99",
  "0.001",
  "2026-13-45T99:99:99Z",
  "XXX",
  0,
  -1,
  0.1,
  Number.MAX_SAFE_INTEGER,
  1e300,
  [],
  {},
  [null],
  { amount: null },
  "x".repeat(5_000),
];

type Path = readonly (string | number)[];

/** A message as a platform sends it, of which one part or a few were left out, put there twice, or are something that nobody expects. */
export function mutated(message: unknown): fc.Arbitrary<unknown> {
  const paths = pathsIn(message, []);
  const change = fc.record({
    path: fc.constantFrom(...paths),
    how: fc.constantFrom("replace", "replace", "remove", "double"),
    by: fc.oneof(fc.constantFrom<unknown>(...STRANGE), fc.jsonValue({ maxDepth: 2 })),
  });
  return fc
    .array(change, { minLength: 1, maxLength: 3 })
    .map((changes) =>
      changes.reduce<unknown>(
        (value, { path, how, by }) => changed(value, path, { how, by }),
        structuredClone(message),
      ),
    );
}

function pathsIn(value: unknown, at: Path): Path[] {
  if (typeof value !== "object" || value === null) return [at];
  return [
    at,
    ...Object.entries(value).flatMap(([key, each]) =>
      pathsIn(each, [...at, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

function changed(
  value: unknown,
  [first, ...rest]: Path,
  change: { readonly how: string; readonly by: unknown },
): unknown {
  if (first === undefined) return change.by;
  if (typeof value !== "object" || value === null) return value;
  const copy: unknown[] | Record<string, unknown> = Array.isArray(value) ? [...value] : { ...value };
  const before: unknown = Reflect.get(copy, first);
  if (rest.length > 0) Reflect.set(copy, first, changed(before, rest, change));
  else if (change.how === "remove") Reflect.deleteProperty(copy, first);
  else if (change.how === "double" && Array.isArray(copy)) copy.push(before);
  else Reflect.set(copy, first, change.by);
  return Array.isArray(copy) ? copy.filter((_, index) => index in copy) : copy;
}
