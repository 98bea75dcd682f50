/** A moment by the clocks of a store, with its day. */
export function zonedTime(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en", {
    timeZone,
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(at);
}

const MINUTES_PER_HOUR = 60;
const MINUTE_MS = 60_000;

/** A length of work as hours and minutes, `7:45`. */
export function hoursText(ms: number): string {
  const minutes = Math.round(ms / MINUTE_MS);
  const rest = String(minutes % MINUTES_PER_HOUR).padStart(2, "0");
  return `${Math.floor(minutes / MINUTES_PER_HOUR)}:${rest}`;
}
