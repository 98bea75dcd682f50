import { madeOnce } from "#domain/made-once.ts";

/** How paper says when something was: day and time, as people of the locale write them, in the store's time zone. */
export const momentFormat = madeOnce(
  (locale: string, timeZone: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone }),
);
