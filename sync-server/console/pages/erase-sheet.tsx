import { useState } from "react";
import { addMoney } from "#domain/money/arithmetic.ts";
import type { Money } from "#domain/money/money.ts";
import type { CustomerView } from "#protocol/hq/customers.ts";
import type { ApiProblem } from "../ask.ts";
import { amountText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useNewest } from "../use-newest.ts";
import { ProblemNote } from "./problem-note.tsx";

/** Says what erasing a customer destroys and what it leaves, and asks for their name before it is done. */
export function EraseSheet({
  view: { customer, credits, points, unfinished },
  onErased,
  onClose,
}: {
  readonly view: CustomerView;
  readonly onErased: () => void;
  readonly onClose: () => void;
}) {
  const { people } = useApi();
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const newest = useNewest();
  const erase = async (): Promise<void> => {
    const isHere = newest.ask();
    const answer = await people.erase(customer.id, typed);
    // Whoever closed this meanwhile looks at something else.
    if (!isHere()) return;
    if (answer.ok) onErased();
    else setProblem(answer.reason);
  };
  return (
    <Sheet
      title={t("customers.eraseTitle", { name: customer.name })}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <div className="space-y-4">
        <ProblemNote problem={problem} />
        <p>{t("customers.eraseLead")}</p>
        {totals(credits.map(({ balance }) => balance)).map((amount) => (
          <p key={amount.currency} className="rounded-xl bg-warn-soft px-4 py-3 text-warn">
            {t("customers.eraseCredit", { amount: amountText(amount) })}
          </p>
        ))}
        {points > 0 && (
          <p className="rounded-xl bg-warn-soft px-4 py-3 text-warn">
            {t("customers.erasePoints", { points: String(points) })}
          </p>
        )}
        {unfinished.length > 0 ? (
          <p className="rounded-xl bg-danger-soft px-4 py-3 text-danger">
            {t("customers.eraseUnfinished", { numbers: unfinished.join(", ") })}
          </p>
        ) : (
          <>
            <TextField
              label={t("customers.eraseType", { name: customer.name })}
              value={typed}
              onChange={setTyped}
            />
            <Button look="danger" isDisabled={typed.trim() !== customer.name.trim()} onPress={() => erase()}>
              {t("customers.erase")}
            </Button>
          </>
        )}
      </div>
    </Sheet>
  );
}

/** One sum for each currency. */
function totals(amounts: readonly Money[]): readonly Money[] {
  const sums = new Map<string, Money>();
  for (const amount of amounts) {
    const sum = sums.get(amount.currency);
    sums.set(amount.currency, sum === undefined ? amount : addMoney(sum, amount));
  }
  return [...sums.values()];
}
