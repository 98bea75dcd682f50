/** What a text says as JSON, which is nobody's word yet; undefined where it is none. */
export function parsed(json: unknown): unknown {
  try {
    return JSON.parse(String(json));
  } catch {
    return undefined;
  }
}
