import { Minus, Plus } from "lucide-react";
import { useEffect } from "react";
import { worthOf } from "#domain/loyalty/burn.ts";
import type { PointsView } from "#protocol/till/loyalty.ts";
import { moneyText } from "../../app/format.ts";
import { useTyped } from "../../app/keyboard.ts";
import { useBackspace } from "../../app/use-backspace.ts";
import { useEnter } from "../../app/use-enter.ts";
import { refusalWords, t, tCount } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Numpad } from "../../ui/numpad.tsx";
import {
  beginPoints,
  deletePointsDigit,
  pointsToTake,
  stepPoints,
  takePoints,
  typePoints,
  usePoints,
} from "./points-store.ts";
import { TakeButton } from "./take-button.tsx";

/** Points of the basket's customer: what is there, and how many of them pay. */
export function PointsEntry() {
  const { found, refused } = usePoints();
  useEffect(() => void beginPoints(), []);
  if (refused !== null)
    return (
      <p role="status" className="rise rounded-2xl border border-line bg-surface px-5 py-4 text-lg">
        {refusalWords(refused)}
      </p>
    );
  return found === null ? null : <Found points={found} />;
}

function Found({ points }: { readonly points: PointsView }) {
  const { digits } = usePoints();
  const { step, worth } = points;
  const taken = pointsToTake(points, { digits });
  const amount = worthOf({ points: step, worth }, taken);
  useTyped("over", typePoints);
  useEnter(() => void takePoints());
  useBackspace(deletePointsDigit);
  return (
    <>
      <div className="rise flex flex-wrap items-baseline justify-between gap-x-4 rounded-2xl border border-line bg-surface px-5 py-2">
        <p data-testid="points-left" className="figures font-bold text-xl">
          {tCount("loyalty.points", points.balance)}
        </p>
        <p className="text-ink-soft">{tCount("payment.pointsSteps", step, { worth: moneyText(worth) })}</p>
      </div>
      {points.askedServer ? null : (
        <p role="status" className="rounded-2xl bg-warn-soft px-5 py-2 text-warn">
          {t("loyalty.offline")}
          {points.boundBy === "offline" ? (
            <strong> {t("payment.pointsBound", { count: points.most })}</strong>
          ) : null}
        </p>
      )}
      <div className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-2">
        <Button
          size="huge"
          aria-label={t("payment.pointsLess")}
          icon={<Minus aria-hidden />}
          onClick={() => stepPoints(-1)}
        />
        <p
          aria-live="polite"
          className={`flex items-baseline justify-between rounded-2xl border border-line bg-surface px-5 py-2 ${digits === "" ? "text-ink-soft" : ""}`}
        >
          <span className="text-ink-soft">{t("payment.pointsAmount")}</span>
          <span data-testid="points-taken" className="figures font-bold text-3xl">
            {tCount("loyalty.points", digits === "" ? taken : Number(digits))}
          </span>
        </p>
        <Button
          size="huge"
          aria-label={t("payment.pointsMore")}
          icon={<Plus aria-hidden />}
          onClick={() => stepPoints(1)}
        />
      </div>
      <Numpad
        label={t("payment.pad")}
        deleteLabel={t("payment.delete")}
        extra="00"
        onDigits={typePoints}
        onDelete={deletePointsDigit}
      />
      <TakeButton disabled={taken === 0} onClick={() => void takePoints()}>
        {taken === 0
          ? t("payment.pointsFrom", { count: points.least })
          : tCount("payment.takePoints", taken, { amount: moneyText(amount) })}
      </TakeButton>
    </>
  );
}
