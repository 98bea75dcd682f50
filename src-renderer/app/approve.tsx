import { ShieldCheck } from "lucide-react";
import { useEffect } from "react";
import { create } from "zustand";
import type { Approval } from "#protocol/till/approval.ts";
import type { Verb, VerbAnswer, VerbArgs } from "#protocol/till/contract.ts";
import { type MessageValues, refusalWords, t } from "../i18n/translate.ts";
import { Say } from "../ui/say.tsx";
import { ManagerSheet } from "./manager-sheet.tsx";
import { clearNotice, client, tell } from "./till.ts";
import { whyUnanswered } from "./till-client.ts";

/** The verbs that somebody else may allow with a PIN. */
type ApprovableVerb = { [V in Verb]: "approval" extends keyof VerbArgs<V> ? V : never }[Verb];

/** An act that waits for a manager's PIN. */
interface Asking {
  readonly what: string;
  /** What was wrong with the word that was given last. */
  readonly problem: string | null;
  readonly allow: (word: Approval) => Promise<void>;
  readonly giveUp: () => void;
}

export const useApproval = create<{ readonly asking: Asking | null }>(() => ({ asking: null }));

/** A word that was no good may be given again: the sheet stays. */
const TRY_AGAIN = ["wrongPin", "tooManyTries", "notAManager", "approvalNeeded"] as const;
type TryAgain = (typeof TRY_AGAIN)[number];

/**
 * Asks the engine like `ask`, and where whoever is at the till may not do it, asks a manager for a PIN in place and the engine once more.
 * `what` says in words what is to be allowed; `given`: a word that was given just before for the same piece of work. Null: the engine did
 * not answer, or nobody allowed it.
 */
export async function askApproved<V extends ApprovableVerb>(
  verb: V,
  args: Omit<VerbArgs<V>, "approval">,
  {
    what,
    values = {},
    given = null,
  }: { readonly what: string; readonly values?: MessageValues; readonly given?: Approval | null },
): Promise<VerbAnswer<V> | null> {
  const attempt = (approval: Approval | null) => askOnce(verb, { ...args, approval } as VerbArgs<V>);
  const first = await attempt(given);
  if (refusalOf(first) !== "approvalNeeded") return said(first, values);
  return new Promise((resolve) => {
    const close = (answer: VerbAnswer<V> | null): void => {
      useApproval.setState({ asking: null });
      resolve(answer);
    };
    useApproval.getState().asking?.giveUp();
    clearNotice();
    const asking: Asking = {
      what,
      problem: null,
      allow: async (word) => {
        const answer = await attempt(word);
        const reason = refusalOf(answer);
        if (isTryAgain(reason))
          useApproval.setState({ asking: { ...asking, problem: t(`approve.problem.${reason}`) } });
        else close(said(answer, values));
      },
      giveUp: () => close(null),
    };
    useApproval.setState({ asking });
  });
}

type Attempt<V extends Verb> = VerbAnswer<V> | "engineAway" | "internal";

async function askOnce<V extends Verb>(verb: V, args: VerbArgs<V>): Promise<Attempt<V>> {
  try {
    return await client.call(verb, args);
  } catch (error) {
    return whyUnanswered(error);
  }
}

function said<V extends Verb>(answer: Attempt<V>, values: MessageValues): VerbAnswer<V> | null {
  const reason = refusalOf(answer);
  if (reason === null) clearNotice();
  else tell("refusal", refusalWords(reason, values));
  return answer === "engineAway" || answer === "internal" ? null : answer;
}

function refusalOf(answer: unknown): string | null {
  if (typeof answer === "string") return answer;
  const isRefusal = typeof answer === "object" && answer !== null && "reason" in answer && "ok" in answer;
  return isRefusal && answer.ok === false && typeof answer.reason === "string" ? answer.reason : null;
}

function isTryAgain(reason: string | null): reason is TryAgain {
  return TRY_AGAIN.some((each) => each === reason);
}

/** Asks for the PIN of somebody who may, over whatever else is open. Whoever locks the till gives up what was asked for. */
export function ApprovalSheet() {
  const asking = useApproval((state) => state.asking);
  useEffect(() => () => useApproval.getState().asking?.giveUp(), []);
  if (asking === null) return null;
  return (
    <ManagerSheet
      title={t("approve.title")}
      quickReasons={null}
      problem={asking.problem}
      confirm={t("approve.confirm")}
      onAllow={({ manager, pin }) => asking.allow({ manager, pin })}
      onBadge={(badge) => asking.allow({ badge })}
      onClose={asking.giveUp}
    >
      <Say icon={<ShieldCheck aria-hidden />}>
        <p>{asking.what}</p>
      </Say>
      <p className="text-ink-soft">{t("approve.explain")}</p>
    </ManagerSheet>
  );
}
