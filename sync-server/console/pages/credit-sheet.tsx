import { addMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import type { Money } from "#domain/money/money.ts";
import type { CreditRow } from "#protocol/hq/credits.ts";
import { amountText, dateTimeText } from "../format.ts";
import { May } from "../may.tsx";
import { t } from "../translate.ts";
import { Sheet } from "../ui/sheet.tsx";
import { CreditActs } from "./credit-acts.tsx";
import { CreditBadge } from "./credit-state.tsx";

/** One store credit, with every line of the books that explains what is left of it. */
export function CreditSheet({
  credit,
  onChanged,
  onClose,
}: {
  readonly credit: CreditRow;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}) {
  const { kind, tail, state, balance, overdrawn } = credit;
  return (
    <Sheet
      title={t(kind === "giftCard" ? "credits.detailGiftCard" : "credits.detail", { tail })}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <p className="mb-4 flex items-center justify-between gap-4">
        <CreditBadge state={state} />
        <span className="figures font-semibold text-xl">
          {state === "overdrawn"
            ? `${t("credits.overdrawn")} ${amountText(overdrawn)}`
            : `${t("credits.balance")} ${amountText(balance)}`}
        </span>
      </p>
      {state === "awaited" && <p className="mb-4 text-soft">{t("credits.awaited")}</p>}
      <h3 className="mb-1 font-semibold">{t("credits.ledger")}</h3>
      <ul className="border-line border-y">
        {withBalances(credit).map(({ entry, after }) => (
          <li key={entry.id} className="flex gap-4 border-line border-b py-2.5 last:border-b-0">
            <span className="min-w-0 flex-1">
              <span className="block">
                {t(`credits.entry.${entry.kind}`)} · <span className="figures">{sourceOf(entry)}</span>
              </span>
              <span className="block text-soft text-sm">
                {[
                  entry.store,
                  ...(entry.register === null ? [] : [t("tills.register", { register: entry.register })]),
                  dateTimeText(entry.at),
                  entry.staffName,
                ]
                  .filter((part) => part !== "")
                  .join(" · ")}
              </span>
            </span>
            <span className="figures shrink-0 text-right">
              <span className="block font-medium">{amountText(entry.amount)}</span>
              <span className="block text-soft text-sm">
                {t("credits.soFar")} {amountText(after)}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <May right="value.adjust">
        <CreditActs credit={credit} onDone={onChanged} />
      </May>
    </Sheet>
  );
}

/** What brought an entry about, as people know it. */
function sourceOf({ kind, number, note }: CreditRow["entries"][number]): string {
  if (number !== null) return number;
  if (note !== "") return note;
  return t(kind === "expired" ? "credits.timeOver" : "credits.returnByMail");
}

/** Each line of the books with what was left after it; what is of another currency counts for nothing. */
function withBalances({ entries, balance: { currency } }: CreditRow) {
  let after: Money = zeroMoney(currency);
  return entries.map((entry) => {
    if (entry.amount.currency === currency) after = addMoney(after, entry.amount);
    return { entry, after };
  });
}
