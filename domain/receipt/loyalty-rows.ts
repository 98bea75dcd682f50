import { madeOnce } from "../made-once.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Language } from "./language.ts";
import type { ReceiptRow } from "./row.ts";
import { pair, RULE } from "./row-kinds.ts";

/** What the sale earned and where that leaves the customer; nothing where nobody collects points. */
export function loyaltyRows({ loyalty }: Ticket, language: Language): readonly ReceiptRow[] {
  if (loyalty === undefined || (loyalty.earned === 0 && loyalty.balance === undefined)) return [];
  const { words } = language;
  const { balance } = loyalty;
  const balanceWords = balance?.word === "till" ? words.pointsBalanceOffline : words.pointsBalance;
  return [
    RULE,
    pair(words.pointsEarned, countText(loyalty.earned, language)),
    ...(balance === undefined ? [] : [pair(balanceWords, countText(balance.points, language))]),
  ];
}

export function pointsText(points: number, language: Language): string {
  return language.words.countOfPoints(countText(points, language));
}

function countText(points: number, { locale }: Language): string {
  return countFormat(locale).format(points);
}

const countFormat = madeOnce((locale: string) => new Intl.NumberFormat(locale));
