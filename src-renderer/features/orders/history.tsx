import { CircleDot, TriangleAlert } from "lucide-react";
import type { OrderCard } from "#protocol/till/orders.ts";
import { timeText } from "../../app/format.ts";
import { apart, isKey, t } from "../../i18n/translate.ts";

type Trace = OrderCard["trace"][number];

/** Everything that happened to the order, the latest first; what contradicted the state it met is marked. */
export function History({ card }: { readonly card: OrderCard }) {
  if (card.trace.length === 0) return null;
  return (
    <section aria-label={t("orders.history")}>
      <h3 className="mb-2 font-bold text-lg">{t("orders.history")}</h3>
      <ol className="flex flex-col gap-2 border-line border-s-2 ps-4">
        {card.trace.toReversed().map((trace) => (
          <Step key={`${trace.at}-${trace.act}-${trace.who}`} trace={trace} />
        ))}
      </ol>
    </section>
  );
}

function Step({ trace }: { readonly trace: Trace }) {
  const details = [trace.who, reasonWords(trace.reason)]
    .filter((part) => part !== "")
    .map(apart)
    .join(" · ");
  return (
    <li className="figures flex items-baseline gap-3">
      <span className="min-w-12 shrink-0 text-ink-soft text-sm">{timeText(trace.at)}</span>
      <span className={`inline-flex items-center gap-1.5 ${trace.fits ? "" : "font-semibold text-danger"}`}>
        {trace.fits ? (
          <CircleDot aria-hidden size={14} className="shrink-0 text-ink-soft" />
        ) : (
          <TriangleAlert aria-hidden size={16} className="shrink-0" />
        )}
        {actWords(trace.act)}
        {trace.fits ? "" : ` (${t("orders.history.unfit")})`}
      </span>
      <span className="min-w-0 text-ink-soft">{details}</span>
    </li>
  );
}

function actWords(act: string): string {
  const key = `orders.history.${act}`;
  return isKey(key) ? t(key) : act;
}

/** A choice that was made is written down by its name, a person's reason in their words. */
function reasonWords(reason: string | null): string {
  if (reason === null) return "";
  const key = `orders.short.${reason}`;
  return isKey(key) ? t(key) : reason;
}
