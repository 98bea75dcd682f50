import { sumMoney } from "#domain/money/arithmetic.ts";
import type { Money } from "#domain/money/money.ts";
import { valueKindOf } from "#domain/value/credit-code.ts";
import { isLongText, moneyText } from "../../app/format.ts";
import type { DoneSale, Refund } from "../../app/register.ts";
import { t } from "../../i18n/translate.ts";
import { QrCode } from "../../ui/qr-code.tsx";

type Credit = Extract<Refund["to"], { readonly kind: "credit" }>;

const ELSEWHERE = {
  cash: "receipt.giveBack",
  card: "receipt.toCard",
  credit: "receipt.credit",
  points: "receipt.points",
  online: "receipt.asPaidOnline",
} as const satisfies Record<Refund["to"]["kind"], string>;

/** What the customer gets: coins in figures nobody can misread, store credit with its code, and what goes elsewhere. */
export function GivenBack({ sale }: { readonly sale: DoneSale }) {
  const inCash = amountOf(sale, "cash");
  const credits = sale.refunds.flatMap(({ to, amount }) =>
    to.kind === "credit" && valueKindOf(to.code) === "credit" ? [{ to, amount }] : [],
  );
  const onto = sale.refunds.filter(({ to }) => to.kind === "credit" && valueKindOf(to.code) === "giftCard");
  const elsewhere = sale.refunds.filter(({ to }) => to.kind !== "cash" && to.kind !== "credit");
  return (
    <div role="status" className="flex flex-col items-center gap-2">
      {sale.refunds.length === 0 ? (
        <p className="font-semibold text-ink-soft text-xl">{t("receipt.even")}</p>
      ) : null}
      {inCash.minor === 0 ? null : <Big words={t("receipt.giveBack")} amount={inCash} />}
      {inCash.minor === 0 && credits.length === 0 && elsewhere.length > 0 ? (
        <Big words={t("receipt.givenBack")} amount={amountOf(sale, null)} />
      ) : null}
      {elsewhere.map(({ id, to, amount }) => (
        <p key={id} className="figures font-semibold text-lg">
          {t(ELSEWHERE[to.kind], { amount: moneyText(amount) })}
        </p>
      ))}
      {onto.map(({ id, amount }) => (
        <p key={id} className="figures font-semibold text-lg">
          {t("receipt.ontoGiftCard", { amount: moneyText(amount) })}
        </p>
      ))}
      {credits.map(({ to, amount }) => (
        <CreditCode key={to.code} credit={to} amount={amount} />
      ))}
      <p className="figures text-ink-soft">{sale.receipt.number}</p>
    </div>
  );
}

function Big({ words, amount }: { readonly words: string; readonly amount: Money }) {
  const said = moneyText(amount);
  return (
    <>
      <p className="font-semibold text-ink-soft text-xl">{words}</p>
      <p
        data-testid="done-amount"
        className={`figures font-extrabold leading-tight tracking-tight ${isLongText(said) ? "text-4xl xl:text-6xl" : "text-6xl xl:text-7xl"}`}
      >
        {said}
      </p>
    </>
  );
}

function CreditCode({ credit, amount }: { readonly credit: Credit; readonly amount: Money }) {
  return (
    <div className="flex flex-col items-center gap-2">
      <p className="figures font-bold text-2xl">{t("receipt.credit", { amount: moneyText(amount) })}</p>
      <QrCode text={credit.code} label={t("receipt.creditQr")} className="w-36 rounded-xl" />
      <p
        data-testid="credit-code"
        className="figures select-text whitespace-nowrap font-extrabold text-lg tracking-wide xl:text-2xl"
      >
        {credit.code}
      </p>
    </div>
  );
}

/** All that went this way; null: in any. */
function amountOf({ refunds, due }: DoneSale, kind: Refund["to"]["kind"] | null): Money {
  return sumMoney(
    refunds.flatMap(({ to, amount }) => (kind === null || to.kind === kind ? [amount] : [])),
    due.currency,
  );
}
