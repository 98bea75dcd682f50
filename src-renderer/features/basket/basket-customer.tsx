import { UserRound, UserRoundPlus, X } from "lucide-react";
import type { BasketView } from "#protocol/till/basket.ts";
import { useCustomerName } from "../../app/customer-name.ts";
import { inTurn } from "../../app/in-turn.ts";
import { openOverlay } from "../../app/overlay.ts";
import { tellRepriced } from "../../app/register.ts";
import { ask } from "../../app/till.ts";
import { t, tCount } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";

/** Who the basket is sold to; until that is somebody known, the way to find them. */
export function BasketCustomer({
  customer,
  loyalty,
  atPayment,
}: {
  readonly customer: BasketView["customer"];
  readonly loyalty: BasketView["loyalty"];
  readonly atPayment: boolean;
}) {
  const name = useCustomerName(customer?.name ?? "", t("customer.title"));
  if (customer === null) return atPayment ? null : <NobodyYet />;
  return (
    <div data-testid="basket-customer" className="flex items-center border-line border-b bg-brand-soft pe-2">
      <button
        type="button"
        aria-label={t("customer.show", { name })}
        onClick={() => openOverlay({ kind: "customer", customer: customer.id })}
        className="press flex min-h-12 min-w-0 flex-1 items-center gap-3 py-1.5 ps-4 text-start"
      >
        <UserRound aria-hidden size={20} className="shrink-0" />
        <span className="flex min-w-0 flex-col leading-tight">
          <bdi className="truncate font-bold">{name}</bdi>
          {customer.pricesOf === undefined ? null : (
            <span className="truncate text-sm">
              {t("price.groups", { groups: customer.pricesOf.join(", ") })}
            </span>
          )}
          {customer.taxExemption === undefined ? null : (
            <span className="truncate text-good text-sm">
              {t("customer.taxExempt", { certificate: customer.taxExemption })}
            </span>
          )}
          {loyalty === null ? null : <Loyalty loyalty={loyalty} />}
        </span>
      </button>
      {atPayment ? null : (
        <Button
          look="quiet"
          className="px-2!"
          aria-label={t("customer.detachName", { name })}
          icon={<X aria-hidden size={20} />}
          onClick={() => void takeOff()}
        />
      )}
    </div>
  );
}

function takeOff(): Promise<void> {
  return inTurn(async () => {
    const answer = await ask("setCustomer", { customer: null });
    if (answer?.ok === true) tellRepriced(answer.value);
  });
}

function Loyalty({
  loyalty: { balance, tier, earns },
}: {
  readonly loyalty: NonNullable<BasketView["loyalty"]>;
}) {
  const points = tCount("loyalty.points", balance);
  return (
    <span data-testid="basket-points" className="figures block text-ink-soft text-sm leading-tight">
      {tier === null ? points : `${points} · ${tier}`}
      {earns > 0 ? ` · ${tCount("loyalty.earns", earns)}` : null}
    </span>
  );
}

function NobodyYet() {
  return (
    <button
      type="button"
      onClick={() => openOverlay({ kind: "findCustomer" })}
      className="press flex min-h-12 items-center gap-3 border-line border-b px-4 text-start font-semibold text-ink-soft hover:bg-sunken"
    >
      <UserRoundPlus aria-hidden size={20} className="shrink-0" />
      {t("customer.add")}
    </button>
  );
}
