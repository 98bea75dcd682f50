import type { PromotionId } from "#domain/ids.ts";
import type { Simulation } from "#protocol/hq/simulate.ts";
import { amountText } from "../format.ts";
import { t } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";

/** What a basket that was tried would cost, to the cent, and what each promotion does to it. */
export function PromotionSimulation({
  simulation: { quote, promotions },
  draft,
}: {
  readonly simulation: Simulation;
  readonly draft: PromotionId;
}) {
  const { totals } = quote;
  const wasShippingAsked = quote.freeShipping !== null || totals.shipping.minor > 0;
  return (
    <div className="space-y-4" data-testid="simulation">
      <ul className="space-y-2">
        {quote.lines.map((line) => (
          <li key={`${line.line}-${line.sku}`} className="border-line border-b pb-2">
            <Sum
              name={`${line.quantity} × ${line.name}, ${amountText(line.unitPrice)}`}
              amount={amountText(line.gross)}
            />
            {line.discounts.map(({ name, amount }) => (
              <Sum key={name} name={name} amount={`−${amountText(amount)}`} isSoft />
            ))}
          </li>
        ))}
      </ul>
      <div className="space-y-1">
        <Sum name={t("simulator.subtotal")} amount={amountText(totals.gross)} isSoft />
        {quote.promotions.map(({ id, name, amount }) => (
          <Sum key={id} name={name} amount={`−${amountText(amount)}`} isSoft />
        ))}
        {wasShippingAsked && (
          <Sum name={t("simulator.shipping")} amount={amountText(totals.shipping)} isSoft />
        )}
        <div className="font-semibold text-lg">
          <Sum name={t("simulator.total")} amount={amountText(totals.total)} testId="simulated-total" />
        </div>
        <Sum name={t("simulator.tax")} amount={amountText(totals.tax)} isSoft />
      </div>
      {promotions.length > 0 && (
        <section aria-label={t("simulator.promotions")}>
          <h4 className="mb-2 font-medium text-sm">{t("simulator.promotions")}</h4>
          <ul className="space-y-2">
            {promotions.map(({ id, name, why }) => (
              <li key={id} className="flex flex-wrap items-center justify-between gap-2">
                <span className={id === draft ? "font-semibold" : ""}>
                  {id === draft ? `${name} (${t("simulator.thisOne")})` : name}
                </span>
                <Badge tone={why === null ? "good" : "neutral"}>
                  {why === null ? t("simulator.granted") : t(`simulator.why.${why}`)}
                </Badge>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Sum({
  name,
  amount,
  isSoft = false,
  testId,
}: {
  readonly name: string;
  readonly amount: string;
  readonly isSoft?: boolean;
  readonly testId?: string;
}) {
  return (
    <p className={`flex justify-between gap-3 ${isSoft ? "text-soft" : ""}`}>
      <span>{name}</span>
      <span className="figures whitespace-nowrap" data-testid={testId}>
        {amount}
      </span>
    </p>
  );
}
