/** What this server wrote as JSON it reads back as the same type; nothing else writes these columns. */
export function stored<T>(value: unknown): T {
  return JSON.parse(String(value)) as T;
}
