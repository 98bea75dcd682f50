const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A moment as a date field writes its day, by the clock of this machine. */
export function dayValue(atMs: number): string {
  const at = new Date(atMs);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** The last minute of the day that a date field says, milliseconds; null where it says none. */
export function endOfDay(typed: string): number | null {
  const parts = DAY.exec(typed);
  if (parts === null) return null;
  const [year, month, day] = parts.slice(1).map(Number);
  const at = new Date(year ?? 0, (month ?? 1) - 1, day, 23, 59).getTime();
  return at >= 0 && dayValue(at) === typed ? at : null;
}
