import { useState } from "react";
import { shareBack, worthOf } from "#domain/loyalty/burn.ts";
import { earnedOn } from "#domain/loyalty/earn.ts";
import type { LoyaltyProgramme, LoyaltyTier } from "#domain/loyalty/programme.ts";
import { zeroMoney } from "#domain/money/arithmetic.ts";
import type { Currency, Money } from "#domain/money/money.ts";
import { amountText, numberText } from "../format.ts";
import { t, tCount } from "../translate.ts";
import { TextField } from "../ui/text-field.tsx";
import { amountOrNone } from "./typed.ts";

const PERCENT = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 2 });

/** What a purchase would earn by what is typed, reckoned as tills reckon it. */
export function LoyaltySample({
  programme,
  currency,
}: {
  readonly programme: LoyaltyProgramme | null;
  readonly currency: Currency;
}) {
  const [typed, setTyped] = useState("50");
  const amount = amountOrNone(typed, currency);
  return (
    <section aria-label={t("loyalty.sample")} className="col-span-full rounded-2xl bg-sunken p-4">
      <h3 className="mb-3 font-semibold">{t("loyalty.sample")}</h3>
      <div className="grid items-center gap-4 sm:grid-cols-[12rem_minmax(0,1fr)]">
        <TextField label={t("loyalty.sample.amountIn", { currency })} value={typed} onChange={setTyped} />
        {programme === null || amount === null || amount === "wrong" ? (
          <p className="text-soft">{t("loyalty.sample.wrong")}</p>
        ) : (
          <Reckoned programme={programme} amount={amount} />
        )}
      </div>
    </section>
  );
}

function Reckoned({ programme, amount }: { readonly programme: LoyaltyProgramme; readonly amount: Money }) {
  const { burn } = programme;
  const earns = (tier: LoyaltyTier | null): number => {
    const goods = [{ position: 0, pieces: 1, category: null, paid: amount }];
    return earnedOn({ goods, programme, tier, withPoints: zeroMoney(amount.currency) }).points;
  };
  const points = earns(null);
  const percent = PERCENT.format(shareBack(programme));
  const pays = burn === null ? null : worthOf(burn, points);
  return (
    <div className="figures">
      <p className="font-semibold text-lg">{tCount("loyalty.sample.earns", points)}</p>
      {pays !== null && (
        <p className="text-soft">
          {pays.minor === 0
            ? t("loyalty.sample.worthLater", { percent })
            : t("loyalty.sample.worth", { amount: amountText(pays), percent })}
        </p>
      )}
      {programme.tiers.map((tier) => (
        <p key={tier.name} className="text-soft">
          {t("loyalty.sample.tier", { points: numberText(earns(tier)), tier: tier.name })}
        </p>
      ))}
    </div>
  );
}
