import { type ReactNode, useCallback } from "react";
import type { MailReturnDetail } from "#protocol/hq/returns.ts";
import type { Answer } from "../ask.ts";
import { amountText, dateTimeText } from "../format.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { useOpened } from "../use-opened.ts";
import { usePolled } from "../use-polled.ts";
import { ProblemNote } from "./problem-note.tsx";
import { ReceiveForm } from "./receive-form.tsx";
import { RefundForm } from "./refund-form.tsx";
import { RejectForm } from "./reject-form.tsx";
import { ReturnState } from "./return-state.tsx";

const REFRESH_MS = 3_000;

type Doing = "receive" | "refund" | "reject";

/** One return by mail with all that happened to it, and what HQ can do about it. */
export function MailReturnSheet({
  id,
  onChanged,
  onFind,
  onClose,
}: {
  readonly id: string;
  readonly onChanged: () => void;
  /** Shows what was bought. */
  readonly onFind: (number: string) => void;
  readonly onClose: () => void;
}) {
  const { returns } = useApi();
  const { data, problem, reload } = usePolled(
    useCallback(() => returns.byMail(id), [returns, id]),
    REFRESH_MS,
  );
  const { what: doing, open: begin, close: leave } = useOpened<Doing>();
  const done = async (asked: Promise<Answer<MailReturnDetail>>): Promise<Answer<MailReturnDetail>> => {
    const answer = await asked;
    if (answer.ok) {
      leave();
      reload();
      onChanged();
    }
    return answer;
  };
  return (
    <Sheet
      title={t("returns.detail", { number: data?.externalId ?? "" })}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <ProblemNote problem={problem} />
      {data !== null && (
        <>
          <Head detail={data} onFind={onFind} />
          <Announced detail={data} />
          <Arrivals detail={data} />
          <Outcome detail={data} />
          {doing === null && (
            <May right="returns.act">
              <Acts detail={data} onDo={begin} />
            </May>
          )}
          {doing === "receive" && (
            <ReceiveForm
              detail={data}
              onCancel={leave}
              onSubmit={(parcel) => done(returns.receive(id, parcel))}
            />
          )}
          {doing === "refund" && data.due !== null && (
            <RefundForm due={data.due} onCancel={leave} onSubmit={(how) => done(returns.refund(id, how))} />
          )}
          {doing === "reject" && (
            <RejectForm
              hasCome={data.arrivals.length > 0}
              onCancel={leave}
              onSubmit={(why) => done(returns.reject(id, why))}
            />
          )}
        </>
      )}
    </Sheet>
  );
}

function Head({
  detail,
  onFind,
}: {
  readonly detail: MailReturnDetail;
  readonly onFind: (number: string) => void;
}) {
  const { state, channel, announcedAt, arriveBy, purchase, note } = detail;
  return (
    <div className="mb-4 space-y-1">
      <p className="flex flex-wrap items-center gap-3">
        <ReturnState state={state} />
        <span className="text-soft">
          {channel} · {dateTimeText(announcedAt)}
        </span>
      </p>
      {state === "announced" && <p className="text-soft">{t("returns.arriveBy", { day: arriveBy })}</p>}
      <p>
        {t("returns.of")}{" "}
        <button
          type="button"
          onClick={() => onFind(purchase.number)}
          className="figures font-medium text-brand hover:underline"
        >
          {purchase.number}
        </button>
      </p>
      {note !== "" && <p className="text-soft">{note}</p>}
    </div>
  );
}

function Announced({ detail }: { readonly detail: MailReturnDetail }) {
  return (
    <ul className="border-line border-y">
      {detail.lines.map(({ position, sku, name, pieces, arrived, reason }) => (
        <li key={position} className="flex gap-3 border-line border-b py-2.5 last:border-b-0">
          <span className="figures w-9 shrink-0 text-soft">{pieces} ×</span>
          <span className="min-w-0 flex-1">
            <span className="block">{name === "" ? sku : name}</span>
            <span className="block text-soft text-sm">{t(`returnReason.${reason}`)}</span>
          </span>
          <span className="text-soft">{t("returns.arrived", { arrived, pieces })}</span>
        </li>
      ))}
    </ul>
  );
}

function Arrivals({ detail: { arrivals, purchase } }: { readonly detail: MailReturnDetail }) {
  const nameOf = (position: number) => {
    const line = purchase.lines.find((each) => each.position === position);
    return line === undefined || line.name === "" ? (line?.sku ?? "") : line.name;
  };
  return (
    <ul className="mt-3 space-y-2">
      {arrivals.map(({ at, by, store, note, lines }) => (
        <li key={at}>
          <p className="font-medium">
            {lines.map(({ position, pieces }) => `${pieces} × ${nameOf(position)}`).join(", ")}
          </p>
          <p className="text-soft text-sm">
            {[
              ...lines.map(
                ({ condition, disposition }) =>
                  `${t(`condition.${condition}`)}: ${t(`disposition.${disposition}`)}`,
              ),
              ...(store === "" ? [] : [store]),
              by,
              dateTimeText(at),
              ...(note === "" ? [] : [note]),
            ].join(" · ")}
          </p>
        </li>
      ))}
    </ul>
  );
}

function Outcome({ detail: { due, refund, rejection } }: { readonly detail: MailReturnDetail }) {
  return (
    <dl className="figures mt-4 space-y-1.5 border-line border-t pt-3">
      {due !== null && <Sum label={t("returns.due")}>{amountText(due.amount)}</Sum>}
      {refund !== null && (
        <>
          <Sum label={t("returns.refunded", { by: refund.by, time: dateTimeText(refund.at) })}>
            {amountText(refund.amount)}
          </Sum>
          {refund.parts.map(({ way, amount, code }) => (
            <div key={way} className="flex justify-between gap-4 text-soft text-sm">
              <dt>
                {t(`mailWay.${way}`)}
                {code !== null && <span className="ml-2 font-medium text-ink">{code}</span>}
              </dt>
              <dd>{amountText(amount)}</dd>
            </div>
          ))}
        </>
      )}
      {rejection !== null && (
        <Sum label={t("returns.rejectedBy", { by: rejection.by, time: dateTimeText(rejection.at) })}>
          {rejection.reason}
        </Sum>
      )}
    </dl>
  );
}

function Sum({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex justify-between gap-4 font-semibold">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Acts({
  detail: { state },
  onDo,
}: {
  readonly detail: MailReturnDetail;
  readonly onDo: (doing: Doing) => void;
}) {
  if (state === "refunded" || state === "rejected") return null;
  return (
    <div className="mt-5 flex flex-wrap justify-end gap-2">
      {state !== "lapsed" && (
        <Button look="danger" onPress={() => onDo("reject")}>
          {t("returns.reject")}
        </Button>
      )}
      <Button look={state === "received" ? "plain" : "primary"} onPress={() => onDo("receive")}>
        {t(state === "received" ? "returns.receiveMore" : "returns.receive")}
      </Button>
      {state === "received" && (
        <Button look="primary" onPress={() => onDo("refund")}>
          {t("returns.refund")}
        </Button>
      )}
    </div>
  );
}
