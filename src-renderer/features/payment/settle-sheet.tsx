import { useState } from "react";
import type { TerminalWaiting } from "../../app/card.ts";
import { moneyText } from "../../app/format.ts";
import { ManagerSheet } from "../../app/manager-sheet.tsx";
import { ask } from "../../app/till.ts";
import { refusalWords, t } from "../../i18n/translate.ts";
import { Field } from "../../ui/field.tsx";
import { Segments } from "../../ui/segments.tsx";

const QUICK_REASONS = [
  "terminal.settle.reason.slip",
  "terminal.settle.reason.list",
  "terminal.settle.reason.broken",
] as const;
const MAX_APPROVAL_CHARS = 40;

/** Somebody who may says what the terminal did, since it cannot be asked. */
export function SettleSheet({
  waiting,
  onClose,
}: {
  readonly waiting: TerminalWaiting;
  readonly onClose: () => void;
}) {
  const [happened, choose] = useState<"yes" | "no">("yes");
  const [approvalCode, type] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const amount = moneyText(waiting.amount);
  const isPayment = waiting.act === "pay";
  return (
    <ManagerSheet
      title={t("terminal.settle.title")}
      quickReasons={QUICK_REASONS.map((key) => t(key))}
      problem={problem}
      confirm={t("terminal.settle.confirm")}
      onAllow={async ({ manager, pin, reason }) => {
        const answer = await ask("settleTerminal", {
          happened: happened === "yes",
          approvalCode: happened === "yes" ? approvalCode : "",
          reason,
          approval: { manager, pin },
        });
        if (answer?.ok === true) onClose();
        else if (answer !== null) setProblem(wordsFor(answer.reason));
      }}
      onClose={onClose}
    >
      <Segments
        segments={[
          {
            value: "yes",
            words: t(isPayment ? "terminal.settle.charged" : "terminal.settle.givenBack", { amount }),
          },
          {
            value: "no",
            words: t(isPayment ? "terminal.settle.notCharged" : "terminal.settle.notGivenBack"),
          },
        ]}
        chosen={happened}
        onChoose={choose}
      />
      {happened === "yes" ? (
        <Field
          label={t("terminal.settle.code")}
          autoComplete="off"
          spellCheck={false}
          maxLength={MAX_APPROVAL_CHARS}
          value={approvalCode}
          onChange={(event) => type(event.target.value)}
        />
      ) : isPayment ? (
        <p className="text-ink-soft">{t("terminal.settle.later")}</p>
      ) : null}
    </ManagerSheet>
  );
}

function wordsFor(reason: string): string {
  return reason === "tooManyTries" ? t("terminal.tooManyTries") : refusalWords(reason);
}
