import { type ReactNode, useCallback, useState } from "react";
import type { FulfilmentId, OrderId } from "#domain/ids.ts";
import { isOpen } from "#domain/orders/transitions.ts";
import type { OrderDetail } from "#protocol/hq/orders.ts";
import type { Answer } from "../ask.ts";
import { amountText, dateTimeText } from "../format.ts";
import { OnceIds } from "../once-ids.ts";
import { useApi, useMay } from "../signed-in.ts";
import { t, tNamed } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { useOpened } from "../use-opened.ts";
import { usePolled } from "../use-polled.ts";
import { OrderChanges } from "./order-changes.tsx";
import { OrderEditForm } from "./order-edit-form.tsx";
import { OrderFulfilment } from "./order-fulfilment.tsx";
import { OrderRefundForm } from "./order-refund-form.tsx";
import { OrderReturns } from "./order-returns.tsx";
import { StatusBadge } from "./order-status.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { ReasonForm } from "./reason-form.tsx";

const REFRESH_MS = 3_000;

type Doing = "cancel" | "edit" | "refund" | { readonly reroute: FulfilmentId | null };

/** One order with all that happened to it, and what HQ can do about it. Where another may be shown in its place, give it the order as its `key`. */
export function OrderSheet({
  id,
  onChanged,
  onClose,
}: {
  readonly id: OrderId;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}) {
  const api = useApi();
  const { data, problem, reload } = usePolled(
    useCallback(() => api.order(id), [api, id]),
    REFRESH_MS,
  );
  const { what: doing, open: begin, close: leave } = useOpened<Doing>();
  // Whoever leaves the form to look may come back to it.
  const [ids] = useState(() => new OnceIds());
  const done = async (asked: Promise<Answer<OrderDetail>>): Promise<Answer<OrderDetail>> => {
    const answer = await asked;
    if (!answer.ok) return answer;
    leave();
    reload();
    onChanged();
    return answer;
  };
  return (
    <Sheet
      title={t("orders.detail", { number: data?.number ?? "" })}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <ProblemNote problem={problem} />
      {data !== null && (
        <>
          <Head order={data} />
          {data.fulfilments.map((part) => (
            <OrderFulfilment
              key={part.fulfilment.id}
              part={part}
              order={data}
              onReroute={() => begin({ reroute: part.fulfilment.id })}
            />
          ))}
          <OrderChanges order={data} />
          <OrderReturns order={data} />
          <Sums order={data} />
          {doing === null && <Acts order={data} onDo={begin} />}
          {doing === "cancel" && (
            <ReasonForm
              submit={t("orders.doCancel")}
              withStore={false}
              onSubmit={({ reason }) => done(api.cancelOrder(id, reason))}
              onCancel={leave}
            />
          )}
          {doing === "edit" && (
            <OrderEditForm order={data} onSubmit={(edit) => done(api.editOrder(id, edit))} onCancel={leave} />
          )}
          {doing === "refund" && (
            <OrderRefundForm
              order={data}
              ids={ids}
              onSubmit={(how) => done(api.refundOrder(id, how))}
              onCancel={leave}
            />
          )}
          {typeof doing === "object" && doing !== null && (
            <ReasonForm
              submit={t("orders.doReroute")}
              withStore
              onSubmit={({ reason, store }) =>
                done(api.reroute(id, { fulfilment: doing.reroute, store, reason }))
              }
              onCancel={leave}
            />
          )}
        </>
      )}
    </Sheet>
  );
}

function Head({ order }: { readonly order: OrderDetail }) {
  const { contact, delivery } = order;
  return (
    <div className="mb-4 space-y-1">
      <p className="flex flex-wrap items-center gap-3">
        <StatusBadge status={order.status} />
        <span className="text-soft">
          {order.channel} · {dateTimeText(order.placedAt)}
        </span>
      </p>
      <p className="font-medium">{contact.name}</p>
      <p className="text-soft">
        {[contact.email, contact.phone].filter((each) => each !== null).join(" · ")}
      </p>
      <p className="text-soft">{deliveryText(delivery)}</p>
      {order.note !== "" && <p className="text-soft">{order.note}</p>}
    </div>
  );
}

function deliveryText(delivery: OrderDetail["delivery"]): string {
  if (delivery.kind === "pickup") return t("orders.pickupAt");
  const { address } = delivery;
  if (address === null) return t("orders.noAddress");
  const lines = [address.name, ...address.lines, `${address.postcode} ${address.city}`, address.country];
  return t("orders.shipTo", { address: lines.join(", ") });
}

function Sums({ order }: { readonly order: OrderDetail }) {
  const { payment, shipping, credits } = order;
  return (
    <dl className="figures mt-4 space-y-1.5 border-line border-t pt-3">
      {shipping.minor !== 0 && <Sum label={t("orders.shipping")}>{amountText(shipping)}</Sum>}
      <div className="flex justify-between font-semibold text-lg">
        <dt>{tNamed("payment", payment.state)}</dt>
        <dd>
          {payment.state === "paid" || payment.paid.minor === payment.total.minor
            ? amountText(payment.total)
            : t("orders.paidOfTotal", { paid: amountText(payment.paid), total: amountText(payment.total) })}
        </dd>
      </div>
      {payment.refunded.minor !== 0 && <Sum label={t("orders.refunded")}>{amountText(payment.refunded)}</Sum>}
      {credits.map((credit) => (
        <Sum key={`${credit.to} ${credit.name}`} label={`${tNamed("credit", credit.to)} ${credit.name}`}>
          {amountText(credit.amount)}
        </Sum>
      ))}
    </dl>
  );
}

function Sum({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex justify-between gap-4 text-soft text-sm">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Acts({ order, onDo }: { readonly order: OrderDetail; readonly onDo: (doing: Doing) => void }) {
  const hasOpen =
    order.status === "placed" || order.fulfilments.some(({ fulfilment }) => isOpen(fulfilment.state));
  const mayAct = useMay("orders.act") && hasOpen;
  const mayRefund = useMay("value.adjust") && order.refundable.minor > 0;
  if (!mayAct && !mayRefund) return null;
  return (
    <div className="mt-5 flex flex-wrap justify-end gap-2">
      {mayRefund && <Button onPress={() => onDo("refund")}>{t("orders.refund")}</Button>}
      {mayAct && <Button onPress={() => onDo("edit")}>{t("orders.edit")}</Button>}
      {mayAct && order.status === "placed" && (
        <Button onPress={() => onDo({ reroute: null })}>{t("orders.route")}</Button>
      )}
      {mayAct && (
        <Button look="danger" onPress={() => onDo("cancel")}>
          {t("orders.cancel")}
        </Button>
      )}
    </div>
  );
}
