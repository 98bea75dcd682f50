import { Minus, Plus } from "lucide-react";
import type { OrderCard } from "#protocol/till/orders.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { piecesNow, setPieces, useHandOut } from "./hand-out.ts";
import { leftOf } from "./lanes.ts";
import { LineRow } from "./line-row.tsx";

/** What is handed out now: all that is left, unless the customer takes only a part. */
export function HandOutLines({ card }: { readonly card: OrderCard }) {
  const fewer = useHandOut((state) => state.fewer);
  return (
    <ul aria-label={t("orders.lines")} className="flex flex-col gap-2">
      {card.lines.map((line) => {
        const left = leftOf(line);
        const now = piecesNow(line, fewer);
        return (
          <LineRow
            key={line.line}
            line={line}
            large={false}
            look={now === 0 ? "border-line border-dashed" : "border-line bg-surface"}
          >
            {left === 0 ? null : (
              <>
                <Button
                  className="px-0!"
                  aria-label={t("orders.pick.less", { name: line.name })}
                  icon={<Minus aria-hidden />}
                  disabled={now <= 0}
                  onClick={() => setPieces(line, now - 1)}
                />
                <p
                  role="status"
                  aria-label={t("orders.out.count", { name: line.name, done: now, total: left })}
                  dir="ltr"
                  className="figures min-w-16 text-center font-extrabold text-3xl"
                >
                  {now}
                  {now === left ? null : <span className="font-semibold text-ink-soft text-xl">/{left}</span>}
                </p>
                <Button
                  className="px-0!"
                  aria-label={t("orders.pick.more", { name: line.name })}
                  icon={<Plus aria-hidden />}
                  disabled={now >= left}
                  onClick={() => setPieces(line, now + 1)}
                />
              </>
            )}
          </LineRow>
        );
      })}
    </ul>
  );
}
