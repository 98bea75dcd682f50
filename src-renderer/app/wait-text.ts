import { tCount } from "../i18n/translate.ts";

const SECOND_MS = 1_000;
const SECONDS_PER_MINUTE = 60;

/** How long there is still to wait, in words: by the second below a minute and a half, by the minute above. */
export function waitText(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / SECOND_MS));
  return seconds <= 90
    ? tCount("lock.wait.seconds", seconds)
    : tCount("lock.wait.minutes", Math.ceil(seconds / SECONDS_PER_MINUTE));
}
