import { HQ_CREDIT_ACTS, type HqCreditAct, movableByHq } from "#domain/value/by-hq.ts";
import type { CreditRow } from "#protocol/hq/credits.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { useOpened } from "../use-opened.ts";
import { ReasonForm } from "./reason-form.tsx";

/** What HQ can do to a store credit or a gift card now, each with its reason. */
export function CreditActs({ credit, onDone }: { readonly credit: CreditRow; readonly onDone: () => void }) {
  const api = useApi();
  const { what: chosen, open: choose, close: leave } = useOpened<HqCreditAct>();
  const { balance, entries: moves } = credit;
  const possible = HQ_CREDIT_ACTS.filter((act) => movableByHq(act, { balance, moves }).minor > 0);
  if (possible.length === 0) return null;
  if (chosen === null)
    return (
      <div className="mt-5 flex flex-wrap gap-2">
        {possible.map((act) => (
          <Button key={act} onPress={() => choose(act)}>
            {t(`credits.act.${act}`)}
          </Button>
        ))}
      </div>
    );
  return (
    <>
      <p className="mt-5 text-soft">{t(`credits.act.lead.${chosen}`)}</p>
      <ReasonForm
        submit={t(`credits.act.${chosen}`)}
        hint={t("credits.act.why")}
        withStore={false}
        onSubmit={async ({ reason }) => {
          const answer = await api.actOnCredit(credit.id, { act: chosen, reason });
          if (answer.ok) {
            leave();
            onDone();
          }
          return answer;
        }}
        onCancel={leave}
      />
    </>
  );
}
