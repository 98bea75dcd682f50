import { CircleHelp, CreditCard, Hand, RefreshCw, Square } from "lucide-react";
import { useState } from "react";
import type { BasketView } from "#protocol/till/basket.ts";
import type { TerminalWaiting } from "../../app/card.ts";
import { moneyText } from "../../app/format.ts";
import { inTurn } from "../../app/in-turn.ts";
import { ask, useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { SettleSheet } from "./settle-sheet.tsx";

/** What the terminal is doing, and what can be done about it. `isHere`: for the basket in front. */
export function TerminalPanel({
  waiting,
  isHere,
}: {
  readonly waiting: TerminalWaiting;
  readonly isHere: boolean;
}) {
  return (
    <section
      aria-label={t("terminal.title")}
      aria-live="polite"
      className="rise flex flex-col gap-4 rounded-panel border border-line bg-surface p-5"
    >
      {isHere || waiting.state === "unknown" ? null : (
        <p>{t("terminal.elsewhere", { amount: moneyText(waiting.amount) })}</p>
      )}
      {isHere && waiting.state === "asking" ? <Asking waiting={waiting} /> : null}
      {waiting.state === "unknown" ? <NotKnown waiting={waiting} /> : null}
    </section>
  );
}

function Asking({ waiting }: { readonly waiting: Extract<TerminalWaiting, { readonly state: "asking" }> }) {
  return (
    <>
      <div className="flex items-center gap-4">
        <CreditCard aria-hidden size={44} className="shrink-0 text-brand motion-safe:animate-pulse" />
        <div>
          <p className="font-bold text-2xl leading-tight">
            {t(waiting.act === "pay" ? "terminal.asking" : "terminal.askingBack")}
          </p>
          <p className="text-ink-soft">{t("terminal.askingHint")}</p>
        </div>
        <p className="figures ml-auto font-extrabold text-3xl">{moneyText(waiting.amount)}</p>
      </div>
      <Button
        size="large"
        icon={<Square aria-hidden />}
        disabled={waiting.aborting}
        onClick={() => void inTurn(() => ask("abortTerminal", {}))}
      >
        {t(waiting.aborting ? "terminal.aborting" : "terminal.abort")}
      </Button>
    </>
  );
}

function NotKnown({
  waiting,
}: {
  readonly waiting: Extract<TerminalWaiting, { readonly state: "unknown" }>;
}) {
  const [isSettling, settle] = useState(false);
  const amount = moneyText(waiting.amount);
  return (
    <>
      <div className="flex items-center gap-4">
        <CircleHelp aria-hidden size={44} className="shrink-0 text-danger" />
        <div>
          <p className="font-bold text-xl leading-tight">
            {t(waiting.act === "pay" ? "terminal.unknown" : "terminal.unknownBack", { amount })}
          </p>
          <p className="mt-1">{t(waiting.reachable ? "terminal.unknownAsking" : "terminal.unknownSilent")}</p>
        </div>
      </div>
      <div className="grid grid-cols-3 gap-3">
        <Button
          look="primary"
          icon={<RefreshCw aria-hidden />}
          onClick={() => void inTurn(() => ask("askTerminal", {}))}
        >
          {t("terminal.ask")}
        </Button>
        <Button icon={<Square aria-hidden />} onClick={() => void inTurn(() => ask("abortTerminal", {}))}>
          {t("terminal.abort")}
        </Button>
        <Button icon={<Hand aria-hidden />} onClick={() => settle(true)}>
          {t("terminal.settle")}
        </Button>
      </div>
      {isSettling ? <SettleSheet waiting={waiting} onClose={() => settle(false)} /> : null}
    </>
  );
}

/** How the last request for this basket ended, where that is not plain to see in the basket. */
export function TerminalSaid({ basket }: { readonly basket: BasketView }) {
  const now = useTill(({ terminal }) => terminal?.now ?? null);
  if (now?.state !== "idle" || now.last === null || now.last.basket !== basket.id) return null;
  const { last } = now;
  if (last.outcome === "notDone")
    return (
      <div role="alert" className="rounded-2xl bg-danger-soft px-4 py-3 font-semibold text-danger">
        <p>{t(`terminal.notDone.${last.reason}`)}</p>
        {last.says === "" ? null : (
          <p className="font-normal text-sm">{t("terminal.says", { words: last.says })}</p>
        )}
      </div>
    );
  if (last.approved.minor >= last.amount.minor) return null;
  return (
    <p role="alert" className="rounded-2xl bg-sunken px-4 py-3 font-semibold">
      {t("terminal.partly", { amount: moneyText(last.approved) })}
    </p>
  );
}
