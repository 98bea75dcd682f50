const SECONDS = { minute: 60, hour: 3_600, day: 86_400 } as const;

/** How long something took, as people read it: `12 min`, `3 h 5 min`, `2 d 4 h`. Whole minutes, the rest is left out. */
export function durationText(seconds: number): string {
  const minutes = Math.floor((seconds % SECONDS.hour) / SECONDS.minute);
  const hours = Math.floor((seconds % SECONDS.day) / SECONDS.hour);
  const days = Math.floor(seconds / SECONDS.day);
  if (days > 0) return hours === 0 ? `${days} d` : `${days} d ${hours} h`;
  if (hours > 0) return minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`;
  return `${minutes} min`;
}
