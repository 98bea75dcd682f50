import { Check, Minus, Plus } from "lucide-react";
import type { OrderCard } from "#protocol/till/orders.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { wantedOf } from "./lanes.ts";
import { LineRow } from "./line-row.tsx";
import { pickCount } from "./picking.ts";

/** What is to be found, with how much of it is there: a scan counts, and so do the two buttons. */
export function PickLines({ card }: { readonly card: OrderCard }) {
  return (
    <ul aria-label={t("orders.lines")} className="flex flex-col gap-2">
      {card.lines.map((line) => {
        const wanted = wantedOf(line);
        const done = line.counted >= wanted;
        const count = (by: number): void => void pickCount(card, line.line, line.counted + by);
        return (
          <LineRow
            key={line.line}
            line={line}
            large
            look={done ? "border-brand bg-brand-soft" : "border-line bg-surface"}
          >
            <Button
              size="large"
              className="min-w-14! px-0!"
              aria-label={t("orders.pick.less", { name: line.name })}
              icon={<Minus aria-hidden />}
              disabled={line.counted <= 0}
              onClick={() => count(-1)}
            />
            <p
              key={line.counted}
              role="status"
              aria-label={`${t("orders.pick.count", { name: line.name, done: line.counted, total: wanted })}${done ? `, ${t("orders.pick.complete")}` : ""}`}
              dir="ltr"
              className="flash figures flex min-w-24 items-center justify-center gap-1.5 rounded-xl font-extrabold text-4xl"
            >
              {done ? <Check aria-hidden size={30} strokeWidth={3} className="text-good" /> : null}
              {line.counted}
              <span className="font-semibold text-2xl text-ink-soft">/{wanted}</span>
            </p>
            <Button
              size="large"
              className="min-w-14! px-0!"
              aria-label={t("orders.pick.more", { name: line.name })}
              icon={<Plus aria-hidden />}
              disabled={done}
              onClick={() => count(1)}
            />
          </LineRow>
        );
      })}
    </ul>
  );
}
