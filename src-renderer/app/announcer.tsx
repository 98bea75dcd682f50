import { useEffect, useRef, useState } from "react";
import type { BasketView } from "#protocol/till/basket.ts";
import { t } from "../i18n/translate.ts";
import { moneyText } from "./format.ts";
import { useTill } from "./till.ts";

/** Says what was rung up or taken out, and what it comes to, to whoever cannot see the basket. */
export function Announcer() {
  const basket = useTill((till) => till.basket);
  const before = useRef<BasketView | null>(basket);
  const [said, say] = useState("");
  useEffect(() => {
    const words = changeWords(before.current, basket);
    before.current = basket;
    if (words !== null) say(words);
  }, [basket]);
  return (
    <p role="status" data-testid="announcer" className="sr-only">
      {said}
    </p>
  );
}

/** What changed of the lines, or else of the total, from one look at a basket to the next, in words; null where nothing did, or it is another basket. */
export function changeWords(before: BasketView | null, now: BasketView | null): string | null {
  if (before === null || now === null || before.id !== now.id) return null;
  const total = moneyText(now.due);
  const changed = now.lines.findLast((line) => {
    const was = before.lines.find(({ id }) => id === line.id);
    return was === undefined || was.quantity !== line.quantity;
  });
  if (changed !== undefined) {
    const { quantity, name } = changed;
    return t("say.line", { quantity, name, amount: moneyText(changed.total), total });
  }
  const gone = before.lines.find(({ id }) => !now.lines.some((line) => line.id === id));
  if (gone !== undefined) return t("say.removed", { name: gone.name, total });
  return now.due.minor === before.due.minor ? null : t("say.total", { total });
}
