import { ShieldCheck } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import type { OrderId } from "#domain/ids.ts";
import { variantLabel } from "#domain/product/variant-label.ts";
import type { TicketRow } from "#protocol/hq/console.ts";
import type { ExceptionRow } from "#protocol/hq/orders.ts";
import { durationText } from "../format.ts";
import { May } from "../may.tsx";
import type { MessageKey } from "../messages.ts";
import { useApi } from "../signed-in.ts";
import { isKey, t, tNamed } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { usePolled } from "../use-polled.ts";
import { OrderSheet } from "./order-sheet.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { PurchasesSheet } from "./purchases-sheet.tsx";
import { RefundedTwice } from "./refunded-twice.tsx";
import { ResolveSheet } from "./resolve-sheet.tsx";
import { When } from "./when.tsx";

const REFRESH_MS = 3_000;
const NAMES_REFRESH_MS = 60_000;
/** Exceptions speak of recent tickets; those further back keep their ids. */
const TICKETS_KNOWN_BY_NAME = 500;

export function ExceptionsPage() {
  const api = useApi();
  const { data, problem, reload } = usePolled(api.exceptions, REFRESH_MS);
  const recent = usePolled(
    useCallback(() => api.tickets({ store: null, before: null, limit: TICKETS_KNOWN_BY_NAME }), [api]),
    NAMES_REFRESH_MS,
  );
  const names = useMemo(() => namesIn(recent.data?.tickets ?? []), [recent.data]);
  const [onlyOpen, setOnlyOpen] = useState(true);
  const [resolving, setResolving] = useState<ExceptionRow | null>(null);
  const [order, setOrder] = useState<OrderId | null>(null);
  /** The number of the purchase that is looked at. */
  const [finding, setFinding] = useState<string | null>(null);
  const all = data?.exceptions ?? [];
  const shown = onlyOpen ? all.filter(({ resolved }) => !resolved) : all;
  return (
    <>
      <PageTitle title={t("nav.exceptions")}>
        <Select
          label={t("exceptions.show")}
          value={onlyOpen ? "open" : "all"}
          choices={[
            { value: "open", text: t("exceptions.showOpen") },
            { value: "all", text: t("exceptions.showAll") },
          ]}
          onChange={(value) => setOnlyOpen(value === "open")}
        />
      </PageTitle>
      <ProblemNote problem={problem} />
      <Panel>
        {data !== null && shown.length === 0 && (
          <Empty icon={<ShieldCheck aria-hidden size={36} className="text-brand" />}>
            {t(all.length === 0 ? "exceptions.none" : "exceptions.noneOpen")}
          </Empty>
        )}
        <ul>
          {shown.map((exception) => (
            <ExceptionLine
              key={exception.id}
              exception={exception}
              names={names}
              onResolve={() => setResolving(exception)}
              onOpenOrder={setOrder}
              onFind={setFinding}
            />
          ))}
        </ul>
      </Panel>
      {resolving !== null && (
        <ResolveSheet
          exception={resolving}
          onDone={() => {
            setResolving(null);
            reload();
          }}
          onClose={() => setResolving(null)}
        />
      )}
      {finding !== null && <PurchasesSheet search={finding} onClose={() => setFinding(null)} />}
      {order !== null && <OrderSheet id={order} onChanged={reload} onClose={() => setOrder(null)} />}
    </>
  );
}

function badgeOf({ isCounting, lands }: ExceptionRow): MessageKey {
  if (isCounting) return "exceptions.counting";
  return lands === "store" ? "exceptions.landsStore" : "exceptions.landsHq";
}

/** What people call the tickets and variants that exceptions know by id. */
function namesIn(tickets: readonly TicketRow[]): ReadonlyMap<string, string> {
  return new Map(
    tickets.flatMap(({ id, number, ticket }): [string, string][] => [
      [id, number],
      ...ticket.lines.map((line): [string, string] => [
        line.variant,
        [line.name, variantLabel(line.options), line.sku].filter((text) => text !== "").join(" · "),
      ]),
    ]),
  );
}

function ExceptionLine({
  exception,
  names,
  onResolve,
  onOpenOrder,
  onFind,
}: {
  readonly exception: ExceptionRow;
  readonly names: ReadonlyMap<string, string>;
  readonly onResolve: () => void;
  readonly onOpenOrder: (order: OrderId) => void;
  readonly onFind: (number: string) => void;
}) {
  const { closing, order } = exception;
  const name = nameOf(exception);
  const lead = `exception.${name}.lead`;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 border-line border-b px-5 py-4 last:border-b-0">
      <div className="min-w-0 flex-1 basis-80">
        <h2 className="font-semibold">{tNamed("exception", name)}</h2>
        <p className="mt-0.5 text-soft">{t(isKey(lead) ? lead : "exception.other.lead")}</p>
        {exception.kind === "refundedTwice" ? (
          <RefundedTwice detail={exception.detail} onFind={onFind} />
        ) : (
          <Details detail={exception.detail} names={names} />
        )}
        {closing !== null && (
          <p className="mt-2 text-sm">
            {t("exceptions.closedBy", {
              resolution: tNamed("resolution", closing.resolution),
              who: closing.by,
              time: durationText(closing.at - exception.raisedAt),
            })}
            {closing.note !== "" && ` · ${closing.note}`}
          </p>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-3 text-soft">
        <span>{exception.store}</span>
        <When at={exception.raisedAt} />
        {exception.resolved ? (
          <Badge tone="good">{t("exceptions.resolved")}</Badge>
        ) : (
          <Badge tone="warn">{t(badgeOf(exception))}</Badge>
        )}
        {order !== null && <Button onPress={() => onOpenOrder(order)}>{t("exceptions.order")}</Button>}
        {!exception.resolved && (
          <May right="exceptions.act">
            <Button look="primary" onPress={onResolve}>
              {t("exceptions.resolve")}
            </Button>
          </May>
        )}
      </div>
    </li>
  );
}

/** What an exception is called: what is overdrawn may be a gift card. */
function nameOf({ kind, detail }: ExceptionRow): string {
  return kind === "overdrawn" && detail.kind === "giftCard" ? "overdrawnGiftCard" : kind;
}

function Details({
  detail,
  names,
}: {
  readonly detail: ExceptionRow["detail"];
  readonly names: ReadonlyMap<string, string>;
}) {
  return (
    <dl className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-sm">
      {Object.entries(detail).map(([name, value]) =>
        name === "kind" ? null : (
          <div key={name} className="flex gap-1.5">
            <dt className="text-soft">{tNamed("detail", name)}</dt>
            <dd className="figures break-words">
              {name === "state" ? tNamed("state", value) : (names.get(value) ?? value)}
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}
