import type { BasketView } from "#protocol/till/basket.ts";
import { moneyText } from "../../app/format.ts";
import { useEnter } from "../../app/use-enter.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { AmountPad } from "./amount-pad.tsx";
import { payWithCode } from "./credit-store.ts";
import { amountToTake, takeCash, usePayment } from "./payment-store.ts";
import { TakeButton } from "./take-button.tsx";

/** Cash: the notes a customer is likely to hand over, or any amount. */
export function CashEntry({ basket }: { readonly basket: BasketView }) {
  const payment = usePayment();
  const tendered = amountToTake(basket, payment);
  // Read anew: digits that came just before Enter count.
  useEnter(() => void takeCash(amountToTake(basket)));
  return (
    <>
      <fieldset
        aria-label={t("payment.quick")}
        className="grid auto-cols-fr grid-flow-col gap-2 border-0 p-0"
      >
        {basket.quickCash.map((amount) => (
          <Button
            key={amount.minor}
            size="huge"
            className="figures low:min-h-12! px-1! text-lg!"
            onClick={() => void takeCash(amount)}
          >
            {moneyText(amount)}
          </Button>
        ))}
      </fieldset>
      <AmountPad
        label={t("payment.tendered")}
        amount={tendered}
        typed={payment.digits !== ""}
        onScan={payWithCode}
      />
      <TakeButton onClick={() => void takeCash(tendered)}>
        {t("payment.take", { amount: moneyText(tendered) })}
      </TakeButton>
    </>
  );
}
