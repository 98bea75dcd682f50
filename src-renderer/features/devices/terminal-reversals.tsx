import { useState } from "react";
import type { TerminalView } from "#protocol/till/terminal.ts";
import { moneyText } from "../../app/format.ts";
import { ManagerSheet } from "../../app/manager-sheet.tsx";
import { ask } from "../../app/till.ts";
import { refusalWords, t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";

type Reversal = TerminalView["reversals"][number];

/** Payments that have to go back to their card and did not yet. */
export function TerminalReversals({ reversals }: { readonly reversals: TerminalView["reversals"] }) {
  const [settling, settle] = useState<Reversal | null>(null);
  if (reversals.length === 0) return null;
  return (
    <>
      <ul aria-label={t("terminal.reversals")} className="flex flex-col gap-2">
        {reversals.map((each) => (
          <li
            key={each.service}
            className="flex min-h-14 items-center gap-3 rounded-2xl border border-line bg-surface py-1 pr-1 pl-4"
          >
            <span className="flex-1">
              <strong className="figures">{moneyText(each.amount)}</strong>{" "}
              {`${each.brand} ${each.lastFour === null ? "" : `…${each.lastFour}`}`}
              <span
                className={`block text-sm ${each.state === "byHand" ? "font-semibold text-danger" : "text-ink-soft"}`}
              >
                {t(`terminal.reversal.${each.state}`)}
              </span>
            </span>
            <Button onClick={() => settle(each)}>{t("terminal.reversal.settle")}</Button>
          </li>
        ))}
      </ul>
      {settling === null ? null : <ByHandSheet reversal={settling} onClose={() => settle(null)} />}
    </>
  );
}

function ByHandSheet({ reversal, onClose }: { readonly reversal: Reversal; readonly onClose: () => void }) {
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <ManagerSheet
      title={t("terminal.reversal.settle")}
      quickReasons={[t("terminal.settle.reason.list"), t("terminal.settle.reason.broken")]}
      problem={problem}
      confirm={t("terminal.settle.confirm")}
      onAllow={async ({ manager, pin, reason }) => {
        const { service } = reversal;
        const answer = await ask("settleTerminal", {
          service,
          happened: true,
          reason,
          approval: { manager, pin },
        });
        if (answer?.ok === true) onClose();
        else if (answer !== null) setProblem(refusalWords(answer.reason));
      }}
      onClose={onClose}
    >
      <p className="figures font-bold text-xl">{moneyText(reversal.amount)}</p>
    </ManagerSheet>
  );
}
