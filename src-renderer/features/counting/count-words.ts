import type { CountCard } from "#protocol/till/counts.ts";
import { dayText } from "../../app/format.ts";
import { t } from "../../i18n/translate.ts";

/** Which articles are to be counted, in words. */
export function scopeWords({ scope, category, articles }: CountCard): string {
  switch (scope) {
    case "all":
      return t("counting.scope.all");
    case "category":
      return t("counting.scope.category", { category });
    case "list":
      return t("counting.scope.list", { count: articles ?? 0 });
  }
}

/** Until when, and who asks for it. A day has no hour: noon is that day in every time zone of a country. */
export function dueWords({ day, by }: CountCard): string {
  return t("counting.due", { day: dayText(Date.parse(`${day}T12:00:00Z`)), who: by });
}
