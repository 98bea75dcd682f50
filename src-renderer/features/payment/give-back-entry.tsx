import { Banknote, CreditCard, Gift, Globe, Star, TicketCheck } from "lucide-react";
import { sumMoney } from "#domain/money/arithmetic.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import type { RefundRouteView } from "#protocol/till/returns.ts";
import { useHasTerminal } from "../../app/card.ts";
import { moneyText } from "../../app/format.ts";
import { useEnter } from "../../app/use-enter.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { AmountPad } from "./amount-pad.tsx";
import {
  amountToGiveBack,
  chooseRoute,
  chosenRoute,
  giveBack,
  giveBackOnto,
  routeName,
  typeApprovalCode,
  usePayment,
} from "./payment-store.ts";
import { TakeButton } from "./take-button.tsx";

const MAX_APPROVAL_CHARS = 40;
const SHOWN_OF_CODE = 4;
const ICONS = { cash: Banknote, card: CreditCard, credit: TicketCheck, points: Star, online: Globe } as const;

/** What is still to be given back, or that all of it was. */
export function ToGiveBack({ basket, paid }: { readonly basket: BasketView; readonly paid: boolean }) {
  const { giveBack: left, giveBackInCash, tenders } = basket;
  const given = sumMoney(
    tenders.flatMap((tender) => (tender.kind === "refund" ? [tender.amount] : [])),
    left.currency,
  );
  const label = paid ? "all" : tenders.length > 0 ? "remaining" : "due";
  const rounded = !paid && giveBackInCash.minor !== left.minor;
  return (
    <div
      aria-live="polite"
      className={`flex items-baseline justify-between gap-4 rounded-panel px-5 ${paid ? "flex-1 flex-col items-center justify-center bg-brand-soft py-8" : "bg-surface py-2 shadow-tile"}`}
    >
      <p className={`font-semibold text-ink-soft ${paid ? "text-2xl" : "text-lg"}`}>
        {t(`payment.giveBack.${label}`)}
      </p>
      <div className="text-end">
        <p
          data-testid="give-back"
          className={`figures font-extrabold leading-none tracking-tight ${paid ? "text-7xl xl:text-8xl" : "text-4xl"}`}
        >
          {moneyText(paid ? given : left)}
        </p>
        {rounded ? (
          <p className="figures mt-1 text-ink-soft">
            {t("payment.giveBack.inCash", { amount: moneyText(giveBackInCash) })}
          </p>
        ) : null}
      </div>
    </div>
  );
}

/** How money is given back: the ways that the policy offers, the amount, and what the way asks for. */
export function GiveBackEntry({ basket }: { readonly basket: BasketView }) {
  const payment = usePayment();
  const route = chosenRoute(basket, payment);
  const hasTerminal = useHasTerminal();
  if (route === null)
    return (
      <p role="alert" className="font-semibold text-danger text-lg">
        {t("payment.giveBack.none")}
      </p>
    );
  const amount = amountToGiveBack(route, payment);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void giveBack(route);
      }}
    >
      <Routes basket={basket} chosen={route} />
      {route.kind === "card" && !hasTerminal ? (
        <Field
          key={routeName(route)}
          label={t("payment.approval")}
          hint={t("payment.giveBack.approvalHint", { code: route.paidBy ?? "" })}
          autoComplete="off"
          spellCheck={false}
          maxLength={MAX_APPROVAL_CHARS}
          value={payment.approvalCode}
          onChange={(event) => typeApprovalCode(event.target.value)}
        />
      ) : (
        <RouteHint basket={basket} route={route} />
      )}
      <AmountPad
        label={t("payment.giveBack.amount")}
        amount={amount}
        typed={payment.digits !== ""}
        onScan={(code) => giveBackOnto(basket, code)}
      />
      <Enter route={route} />
      <TakeButton type="submit">
        {t(
          route.kind === "credit" && payment.onto !== null
            ? "payment.giveBack.ontoDo"
            : `payment.giveBack.${route.kind}Do`,
          { amount: moneyText(amount) },
        )}
      </TakeButton>
    </form>
  );
}

/** Enter gives back as well, wherever no field or button has it. */
function Enter({ route }: { readonly route: RefundRouteView }) {
  useEnter(() => void giveBack(route));
  return null;
}

function Routes({ basket, chosen }: { readonly basket: BasketView; readonly chosen: RefundRouteView }) {
  const routes = basket.returning?.routes ?? [];
  return (
    <fieldset
      aria-label={t("payment.giveBack.how")}
      className={`grid gap-2 border-0 p-0 ${routes.length > 2 ? "grid-cols-3" : "grid-cols-2"}`}
    >
      {routes.map((route) => (
        <Route key={routeName(route)} route={route} chosen={routeName(route) === routeName(chosen)} />
      ))}
    </fieldset>
  );
}

function Route({ route, chosen }: { readonly route: RefundRouteView; readonly chosen: boolean }) {
  const Icon = ICONS[route.kind];
  const most = t("payment.giveBack.most", { amount: moneyText(route.most) });
  const { paidBy } = route;
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={() => chooseRoute(route)}
      className={`press flex min-h-16 items-center gap-3 rounded-2xl border px-3 py-1.5 text-start ${chosen ? "border-brand bg-brand text-on-brand" : "border-line bg-surface hover:bg-sunken"}`}
    >
      <Icon aria-hidden className="shrink-0" />
      <span className="min-w-0 leading-tight">
        <span className="block font-bold text-lg leading-tight">{t(`payment.giveBack.${route.kind}`)}</span>
        <span className="figures block text-sm">{most}</span>
        {route.kind === "card" && paidBy !== null ? (
          <span className="figures block truncate text-sm">
            {t("payment.giveBack.paidBy", { code: paidBy })}
          </span>
        ) : null}
      </span>
    </button>
  );
}

/** What becomes of the money that goes neither as coins nor by the terminal. */
function RouteHint({
  basket,
  route: { kind, paidBy },
}: {
  readonly basket: BasketView;
  readonly route: RefundRouteView;
}) {
  const onto = usePayment((payment) => payment.onto);
  if (kind === "cash") return null;
  if (kind === "card") return <p className="text-ink-soft leading-snug">{t("terminal.giveBackHint")}</p>;
  if (kind === "credit" && onto !== null)
    return (
      <p className="flex items-center gap-3 rounded-2xl border border-line bg-surface py-1 pe-1 ps-4">
        <Gift aria-hidden className="shrink-0" />
        <strong className="flex-1">{t("payment.giveBack.onto", { tail: onto.slice(-SHOWN_OF_CODE) })}</strong>
        <Button onClick={() => giveBackOnto(basket, null)}>{t("payment.giveBack.ontoNone")}</Button>
      </p>
    );
  const words =
    kind === "online"
      ? t("payment.giveBack.onlineHint", { number: paidBy ?? "" })
      : kind === "points"
        ? t("payment.giveBack.pointsHint")
        : `${t("payment.giveBack.creditHint")} ${t("payment.giveBack.ontoHint")}`;
  return <p className="text-ink-soft leading-snug">{words}</p>;
}
