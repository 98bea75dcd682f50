import { useEffect, useState } from "react";
import { type Money, money } from "#domain/money/money.ts";
import { everydayUnit } from "#domain/shift/denominations.ts";
import type { GiftCardView } from "#protocol/till/credit.ts";
import { dayText, moneyText } from "../../app/format.ts";
import { useScans, useTyped } from "../../app/keyboard.ts";
import { typeDigits, zerosKey } from "../../app/typed-digits.ts";
import { useEnter } from "../../app/use-enter.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Field } from "../../ui/field.tsx";
import { FigurePad } from "../../ui/figure-pad.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { beginGiftCard, lookAtGiftCard, sellGiftCard, typeGiftCard, useGiftCard } from "./gift-card-store.ts";
import { PayOutSheet } from "./pay-out-sheet.tsx";

const MAX_CODE_CHARS = 60;
const QUICK_UNITS = [10, 25, 50, 100] as const;
const MAX_DIGITS = 7;

/** Selling a gift card, loading one, or looking what is on it. `code` was scanned already; null: nothing yet. */
export function GiftCardSheet({
  code,
  onClose,
}: {
  readonly code: string | null;
  readonly onClose: () => void;
}) {
  const card = useGiftCard((entry) => entry.card);
  const [isPayingOut, setPayingOut] = useState(false);
  useEffect(() => {
    beginGiftCard();
    if (code !== null) void lookAtGiftCard(code);
  }, [code]);
  if (isPayingOut && card !== null) return <PayOutSheet card={card} onClose={() => setPayingOut(false)} />;
  return (
    <Sheet title={t("giftCard.title")} closeLabel={t("app.close")} onClose={onClose} width="wide">
      {card === null ? (
        <WhichCard />
      ) : (
        <OneCard key={card.code} card={card} onPayOut={() => setPayingOut(true)} />
      )}
    </Sheet>
  );
}

function WhichCard() {
  const typed = useGiftCard((entry) => entry.typed);
  useScans("over", (scanned) => void lookAtGiftCard(scanned));
  useTyped("over", (text) => typeGiftCard(useGiftCard.getState().typed + text));
  return (
    <div className="grid grid-cols-2 gap-6">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() !== "") void lookAtGiftCard(typed);
        }}
      >
        <Field
          label={t("giftCard.code")}
          hint={t("giftCard.hint")}
          data-first-focus
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={MAX_CODE_CHARS}
          value={typed}
          onChange={(event) => typeGiftCard(event.target.value)}
        />
        <Button type="submit" size="huge" disabled={typed.trim() === ""}>
          {t("giftCard.look")}
        </Button>
      </form>
      <div className="flex flex-col gap-4 rounded-2xl bg-sunken p-5">
        <p className="flex-1 text-ink-soft">{t("giftCard.newHint")}</p>
        <Button look="primary" size="huge" onClick={() => void lookAtGiftCard(null)}>
          {t("giftCard.new")}
        </Button>
      </div>
    </div>
  );
}

function OneCard({ card, onPayOut }: { readonly card: GiftCardView; readonly onPayOut: () => void }) {
  const { most } = card;
  const [digits, setDigits] = useState("");
  const type = (keys: string): void => setDigits((before) => typeDigits(before, keys, MAX_DIGITS));
  const amount = digits === "" ? null : money(Number(digits), most.currency);
  const sell = (): void => {
    if (amount !== null) void sellGiftCard(amount);
  };
  useTyped("over", type);
  useScans("over", (scanned) => void lookAtGiftCard(scanned));
  useEnter(sell);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_18rem] gap-6">
      <div className="flex flex-col gap-4">
        <Facts card={card} />
        <div className="grid grid-cols-4 gap-2">
          {quickAmounts(most).map((each) => (
            <Chip
              key={each.minor}
              words={moneyText(each)}
              chosen={amount?.minor === each.minor}
              onChoose={() => setDigits(String(each.minor))}
            />
          ))}
        </div>
        {card.balance.minor === 0 ? null : <Button onClick={onPayOut}>{t("giftCard.payOut")}</Button>}
        <p className="mt-auto text-ink-soft">
          {most.minor === 0 ? t("giftCard.full") : t("giftCard.most", { amount: moneyText(most) })}
        </p>
      </div>
      <div className="flex flex-col gap-3">
        <FigurePad
          label={t("giftCard.amount")}
          shown={moneyText(amount ?? money(0, most.currency))}
          deleteLabel={t("payment.delete")}
          extra={zerosKey(most.currency)}
          onDigits={type}
          onDelete={() => setDigits((before) => before.slice(0, -1))}
        />
      </div>
      <Button look="primary" size="huge" className="col-span-2" disabled={amount === null} onClick={sell}>
        {t(card.isKnown ? "giftCard.load" : "giftCard.sell", {
          amount: moneyText(amount ?? money(0, most.currency)),
        })}
      </Button>
    </div>
  );
}

function Facts({ card }: { readonly card: GiftCardView }) {
  const { code, isKnown, balance, askedServer, issuedAt } = card;
  return (
    <>
      <div className="flex items-center gap-3 rounded-2xl border border-line bg-surface py-2 pe-2 ps-5">
        <div className="min-w-0 flex-1">
          <p data-testid="gift-card-left" className="figures font-bold text-xl">
            {isKnown
              ? t("giftCard.left", { amount: moneyText(balance) })
              : t(code === null ? "giftCard.newCard" : "giftCard.fresh")}
          </p>
          {code === null ? null : (
            <p className="figures text-ink-soft text-sm">
              {code}
              {issuedAt === null ? null : <> · {t("giftCard.since", { day: dayText(issuedAt) })}</>}
            </p>
          )}
        </div>
        <Button onClick={beginGiftCard}>{t("giftCard.other")}</Button>
      </div>
      {code === null || askedServer ? null : (
        <p role="status" className="rounded-2xl bg-warn-soft px-5 py-2 text-warn">
          {t("giftCard.offline")}
        </p>
      )}
    </>
  );
}

function quickAmounts({ minor, currency }: Money): readonly Money[] {
  return QUICK_UNITS.map((units) => money(units * everydayUnit(currency), currency)).filter(
    (each) => each.minor <= minor,
  );
}
