import type { ObstacleView } from "#protocol/till/returns.ts";
import { dateText, moneyText } from "../../app/format.ts";
import { isKey, t } from "../../i18n/translate.ts";

/** Why it is not possible, and what is. */
export function obstacleWords(obstacle: ObstacleView): string {
  return `${whyWords(obstacle)} ${wayWords(obstacle)}`;
}

/** Why it is not possible. */
export function whyWords({ why, day, limit, left }: ObstacleView): string {
  return t(`returns.obstacle.${why}`, {
    day: day === null ? "" : dateText(day),
    limit: limit === null ? "" : moneyText(limit),
    left: left ?? 0,
  });
}

/** What is possible instead, or what gets past it. */
export function wayWords({ why, way }: ObstacleView): string {
  if (way !== "none") return t(`returns.way.${way}`);
  const key = `returns.way.none.${why}`;
  return isKey(key) ? t(key) : t("returns.way.none.other");
}
