import { useCallback, useState } from "react";
import type { CustomerId } from "#domain/ids.ts";
import type { LoyaltyStandingView, PointsRow } from "#protocol/documents/loyalty.ts";
import type { ApiProblem } from "../ask.ts";
import { amountText, dateTimeText, dayText, numberText } from "../format.ts";
import { May } from "../may.tsx";
import { OnceIds } from "../once-ids.ts";
import { useApi, useOwnName } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useOpened } from "../use-opened.ts";
import { usePolled } from "../use-polled.ts";
import { ProblemNote } from "./problem-note.tsx";

const REFRESH_MS = 5_000;
const ROWS_SHOWN = 20;

/** A customer's points: how they stand, what moved them, and setting them right. Nothing where there is no programme. */
export function CustomerPoints({ customer }: { readonly customer: CustomerId }) {
  const { loyalty } = useApi();
  const adjusting = useOpened<"points">();
  // Whoever leaves the form to look may come back to it.
  const [ids] = useState(() => new OnceIds());
  const { data, reload } = usePolled(
    useCallback(() => loyalty.pointsOf(customer), [loyalty, customer]),
    REFRESH_MS,
  );
  if (data?.standing == null) return null;
  return (
    <section
      aria-label={t("customerPoints.title")}
      className="rounded-2xl border border-line bg-surface px-5 pb-3"
    >
      <div className="-mx-5 mb-3 flex min-h-14 items-center justify-between gap-3 border-line border-b px-5">
        <h2 className="font-semibold text-base">{t("customerPoints.title")}</h2>
        {adjusting.what === null && (
          <May right="value.adjust">
            <Button look="quiet" onPress={() => adjusting.open("points")}>
              {t("customerPoints.adjust")}
            </Button>
          </May>
        )}
      </div>
      <Standing standing={data.standing} />
      {adjusting.what !== null && (
        <AdjustForm
          customer={customer}
          ids={ids}
          onDone={() => {
            ids.forget();
            adjusting.close();
            reload();
          }}
          onCancel={adjusting.close}
        />
      )}
      <Moves rows={data.entries} />
    </section>
  );
}

function Standing({ standing }: { readonly standing: LoyaltyStandingView }) {
  const { balance, tier, next, expiry, worth } = standing;
  const said = [
    ...(tier === null ? [] : [t("customerPoints.tier", { tier })]),
    ...(next === null
      ? []
      : [t("customerPoints.next", { points: numberText(next.missing), tier: next.tier })]),
    ...(expiry === null
      ? []
      : [t("customerPoints.expiry", { points: numberText(expiry.points), day: dayText(expiry.at) })]),
  ];
  return (
    <>
      <p className="figures flex flex-wrap items-baseline gap-x-3">
        <span className="font-semibold text-lg">{tCount("customerPoints.balance", balance)}</span>
        {worth.minor > 0 && (
          <span className="text-soft">{t("customerPoints.worth", { amount: amountText(worth) })}</span>
        )}
      </p>
      {balance < 0 && <p className="text-danger text-sm">{t("customerPoints.belowZero")}</p>}
      {said.length > 0 && <p className="figures text-soft text-sm">{said.join(" · ")}</p>}
    </>
  );
}

function Moves({ rows }: { readonly rows: readonly PointsRow[] }) {
  if (rows.length === 0) return <p className="text-soft">{t("customerPoints.none")}</p>;
  return (
    <ul className="mt-2 divide-y divide-line">
      {rows.slice(0, ROWS_SHOWN).map(({ id, kind, points, at, number, storeName, note }) => (
        <li key={id} className="flex items-start gap-4 py-2">
          <div className="min-w-0 flex-1">
            <p>{t(`pointsMove.${kind}`)}</p>
            <p className="text-soft text-sm">
              {[dateTimeText(at), number, storeName, note].filter((each) => each !== null).join(" · ")}
            </p>
          </div>
          <span className="figures font-medium">
            {points > 0 ? "+" : ""}
            {numberText(points)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function AdjustForm({
  customer,
  ids,
  onDone,
  onCancel,
}: {
  readonly customer: CustomerId;
  readonly ids: OnceIds;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}) {
  const { loyalty } = useApi();
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const by = useOwnName();
  const [problem, setProblem] = useState<ApiProblem | "inDoubt" | null>(null);
  const points = /^-?\d{1,9}$/.test(typed.trim()) ? Number(typed) : 0;
  async function book(): Promise<void> {
    const wish = [points, reason.trim()];
    if (ids.isInDoubt(wish)) {
      setProblem("inDoubt");
      return;
    }
    const answer = await ids.ask(wish, (id) =>
      loyalty.adjust(customer, { id, points, reason: reason.trim(), by }),
    );
    if (answer.ok) onDone();
    else setProblem(answer.reason);
  }
  return (
    <div className="my-3 space-y-3 rounded-2xl bg-sunken p-4">
      {problem === "inDoubt" ? (
        <p role="alert" className="text-danger">
          {t("customerPoints.adjust.inDoubt")}
        </p>
      ) : (
        <ProblemNote problem={problem} />
      )}
      <TextField label={t("customerPoints.adjust.points")} value={typed} onChange={setTyped} />
      <TextField label={t("customerPoints.adjust.reason")} value={reason} onChange={setReason} />
      <div className="flex justify-end gap-2">
        <Button look="quiet" onPress={onCancel}>
          {t("common.cancel")}
        </Button>
        <Button look="primary" isDisabled={points === 0 || reason.trim() === ""} onPress={() => book()}>
          {t("customerPoints.adjust.submit")}
        </Button>
      </div>
    </div>
  );
}
