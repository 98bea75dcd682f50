/** One field that is not what it was; null: there was nothing, or there is nothing any more. */
export interface FieldChange {
  /** `stores.0`, `price.minor`; empty where the thing is a single value. */
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** The fields in which two states of a thing differ, in the order of their names as they first appear. */
export function trailDiff(before: unknown, after: unknown): readonly FieldChange[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((field) => {
    const change = { field, before: was.get(field) ?? null, after: is.get(field) ?? null };
    return change.before === change.after ? [] : [change];
  });
}

/** Every value of a thing that is not made of others, by where it stands. */
export function fieldsOf(thing: unknown): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (value: unknown, path: string): void => {
    if (value === null || value === undefined) return;
    if (typeof value !== "object") {
      found.set(path, String(value));
      return;
    }
    for (const [name, each] of Object.entries(value)) visit(each, path === "" ? name : `${path}.${name}`);
  };
  visit(thing, "");
  return found;
}
