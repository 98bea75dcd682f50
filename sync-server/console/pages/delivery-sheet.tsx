import { useCallback, useState } from "react";
import type { DeliveryId } from "#domain/ids.ts";
import { decimalText } from "#domain/money/format.ts";
import type { DeliveryActor, DeliveryTrace } from "#domain/stock/delivery.ts";
import { underWayOf } from "#domain/stock/delivery-acts.ts";
import { deliveryFreedom } from "#domain/stock/delivery-edit.ts";
import { deliveryActFits } from "#domain/stock/delivery-state.ts";
import { piecesDelivered, worthOf } from "#domain/stock/worth.ts";
import type { DeliveryActRequest, HqDelivery } from "#protocol/hq/deliveries.ts";
import type { ApiProblem } from "../ask.ts";
import { dateTimeText, numberText } from "../format.ts";
import { May } from "../may.tsx";
import { useApi, useMay } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useOpened } from "../use-opened.ts";
import { usePolled } from "../use-polled.ts";
import { addressOf } from "../use-route.ts";
import { DeliveryBadge } from "./delivery-badge.tsx";
import { csvOf } from "./delivery-lines.ts";
import { download } from "./download.ts";
import { EditDelivery } from "./edit-delivery.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { WorthCell, worthColumn } from "./worth-cell.tsx";

const REFRESH_MS = 3_000;

/** One delivery with its articles, all that happened to it, and what HQ can do about it. */
export function DeliverySheet({
  id,
  onChanged,
  onClose,
}: {
  readonly id: DeliveryId;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}) {
  const api = useApi();
  const { data, problem, reload } = usePolled(
    useCallback(() => api.deliveries.one(id), [api, id]),
    REFRESH_MS,
  );
  const { what: editing, open: edit, close: leave } = useOpened<HqDelivery>();
  const done = (): void => {
    leave();
    reload();
    onChanged();
  };
  return (
    <Sheet
      title={t("deliveries.detail", { reference: data?.row.reference ?? "" })}
      closeLabel={t("common.close")}
      isWide
      onClose={onClose}
    >
      <ProblemNote problem={problem} />
      {editing !== null && (
        <EditDelivery
          opened={editing}
          onChanged={done}
          onRemoved={() => {
            onChanged();
            onClose();
          }}
          onClose={leave}
        />
      )}
      {editing === null && data !== null && (
        <div className="space-y-4">
          <Head detail={data} onEdit={() => edit(data)} />
          <Lines detail={data} />
          <History detail={data} />
          <May right="stock.edit">
            <Acts detail={data} onDone={done} />
          </May>
        </div>
      )}
    </Sheet>
  );
}

function Head({ detail, onEdit }: { readonly detail: HqDelivery; readonly onEdit: () => void }) {
  const { row, delivery } = detail;
  const way = [row.kind === "supplier" ? row.supplier : row.from, row.to].join(" → ");
  return (
    <div className="flex flex-wrap items-center gap-3">
      <DeliveryBadge {...row} />
      <span className="font-medium">{way}</span>
      {row.expectedOn !== null && (
        <span className="figures text-soft">
          {t("deliveries.expectedOn")} {row.expectedOn}
        </span>
      )}
      {delivery.note !== "" && <span className="text-soft">{delivery.note}</span>}
      <span className="ml-auto flex gap-2 print:hidden">
        {deliveryFreedom(row) !== "nothing" && (
          <May right="stock.edit">
            <Button onPress={onEdit}>{t("deliveries.change")}</Button>
          </May>
        )}
        <Button onPress={() => window.print()}>{t("deliveries.print")}</Button>
        <Button onPress={() => saveLines(detail)}>{t("deliveries.file")}</Button>
      </span>
    </div>
  );
}

function saveLines({ row: { reference }, delivery, costs }: HqDelivery): void {
  const heading = ["sku", "name", "ordered", "sent", "received", "damaged", "writtenOff", "inTransit"];
  const ofCosts = costs === undefined ? [] : ["cost", "worth", "currency"];
  const rows = delivery.lines.map((line) => [
    line.sku,
    line.name,
    line.ordered,
    line.sent,
    line.good,
    line.damaged,
    line.writtenOff,
    underWayOf(delivery, line),
    ...(costs === undefined ? [] : worthCells(worthOfLine(line, costs))),
  ]);
  download(new Blob([csvOf([[...heading, ...ofCosts], ...rows])], { type: "text/csv" }), `${reference}.csv`);
}

function Lines({ detail: { delivery, costs } }: { readonly detail: HqDelivery }) {
  const showsCosts = useMay("margins.read");
  const figures = ["ordered", "sent", "received", "damaged", "writtenOff", "inTransit"] as const;
  return (
    <Table
      label={t("deliveries.lines")}
      columns={[
        { title: t("deliveries.article") },
        { title: t("reservations.sku") },
        ...figures.map((each) => ({ title: t(`deliveries.${each}`), align: "right" as const })),
        ...(showsCosts ? [worthColumn()] : []),
      ]}
    >
      {delivery.lines.map((line) => (
        <Row key={line.variant}>
          <Cell>{line.name}</Cell>
          <Cell className="figures">
            <a
              href={addressOf("reservations", { sku: line.sku })}
              className="inline-flex min-h-10 items-center text-brand hover:underline"
            >
              {line.sku}
            </a>
          </Cell>
          <Cell align="right">{numberText(line.ordered)}</Cell>
          <Cell align="right">{numberText(line.sent)}</Cell>
          <Cell align="right">{numberText(line.good)}</Cell>
          <Cell align="right">{numberText(line.damaged)}</Cell>
          <Cell align="right">{numberText(line.writtenOff)}</Cell>
          <Cell align="right">{numberText(underWayOf(delivery, line))}</Cell>
          {showsCosts && <WorthCell {...worthOfLine(line, costs)} />}
        </Row>
      ))}
    </Table>
  );
}

function worthCells({ cost, value }: ReturnType<typeof worthOfLine>): readonly string[] {
  if (cost === null || value === null) return ["", "", ""];
  return [decimalText(cost), decimalText(value), cost.currency];
}

function worthOfLine(line: HqDelivery["delivery"]["lines"][number], costs: HqDelivery["costs"]) {
  const cost = costs?.[line.variant] ?? null;
  return { cost, value: worthOf(piecesDelivered(line), cost) };
}

function History({ detail }: { readonly detail: HqDelivery }) {
  const { delivery } = detail;
  return (
    <section aria-label={t("deliveries.history")} className="border-line border-t pt-3">
      <h3 className="mb-2 font-semibold">{t("deliveries.history")}</h3>
      <ol className="space-y-2">
        {delivery.history.toReversed().map((trace) => (
          <li key={trace.id} className="flex flex-wrap gap-x-2 text-sm">
            <span className="figures text-soft">{dateTimeText(trace.at)}</span>
            <span className={trace.fits ? "font-medium" : "font-medium text-danger"}>
              {didWords(trace)}
              {trace.fits ? "" : ` (${t("deliveries.unfit")})`}
            </span>
            <span className="text-soft">{[whoWas(detail, trace.by), wordsWith(trace)].join(" ")}</span>
          </li>
        ))}
        <li className="flex flex-wrap gap-x-2 text-sm">
          <span className="figures text-soft">{dateTimeText(delivery.openedAt)}</span>
          <span className="font-medium">{t("deliveries.made")}</span>
          <span className="text-soft">{whoWas(detail, delivery.openedBy)}</span>
        </li>
      </ol>
    </section>
  );
}

function didWords({ act }: DeliveryTrace): string {
  switch (act.kind) {
    case "sent": {
      const count = act.lines.reduce((sum, { pieces }) => sum + pieces, 0);
      return t("deliveries.did.sent", { count: numberText(count) });
    }
    case "received": {
      const damaged = act.lines.reduce((sum, line) => sum + line.damaged, 0);
      const count = numberText(act.lines.reduce((sum, { good }) => sum + good, damaged));
      return damaged === 0
        ? t("deliveries.did.received", { count })
        : t("deliveries.did.receivedDamaged", { count, damaged: numberText(damaged) });
    }
    case "confirmed":
    case "closedShort":
    case "cancelled":
      return t(`deliveries.did.${act.kind}`);
  }
}

function wordsWith({ act }: DeliveryTrace): string {
  if ("reason" in act) return act.reason;
  return "note" in act ? act.note : "";
}

function whoWas({ staff }: HqDelivery, by: DeliveryActor): string {
  if (by.kind === "hq") return by.who;
  return by.staff === null ? "" : (staff[by.staff] ?? by.staff);
}

function Acts({ detail: { id, row }, onDone }: { readonly detail: HqDelivery; readonly onDone: () => void }) {
  const api = useApi();
  /** A reason for what could be done as it was written: the delivery may have moved on since. */
  const [written, setWritten] = useState({ of: row.state, text: "" });
  const reason = written.of === row.state ? written.text : "";
  const setReason = (text: string) => setWritten({ of: row.state, text });
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const may = (kind: DeliveryActRequest["act"]["kind"]): boolean => deliveryActFits(row.state, kind);
  if (!may("confirmed") && !may("closedShort") && !may("cancelled")) return null;
  const act = async (wanted: DeliveryActRequest["act"]): Promise<void> => {
    const answer = await api.deliveries.act(id, { act: wanted });
    setProblem(answer.ok ? null : answer.reason);
    if (!answer.ok) return;
    setReason("");
    onDone();
  };
  const isReady = reason.trim() !== "";
  return (
    <section className="space-y-3 border-line border-t pt-3 print:hidden">
      <ProblemNote problem={problem} />
      <TextField
        label={t("deliveries.reason")}
        hint={may("closedShort") ? t("deliveries.closeShortHint") : null}
        value={reason}
        onChange={setReason}
      />
      <div className="flex flex-wrap justify-end gap-2">
        {may("cancelled") && (
          <Button isDisabled={!isReady} onPress={() => act({ kind: "cancelled", reason })}>
            {t("deliveries.cancel")}
          </Button>
        )}
        {may("closedShort") && (
          <Button isDisabled={!isReady} onPress={() => act({ kind: "closedShort", reason })}>
            {t("deliveries.closeShort")}
          </Button>
        )}
        {may("confirmed") && (
          <Button look="primary" onPress={() => act({ kind: "confirmed" })}>
            {t("deliveries.confirm")}
          </Button>
        )}
      </div>
    </section>
  );
}
