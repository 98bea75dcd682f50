import { ShieldCheck } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import type { OrderId } from "#domain/ids.ts";
import { variantLabel } from "#domain/product/variant-label.ts";
import type { TicketRow } from "#protocol/hq/console.ts";
import type { ExceptionRow, ExceptionsAnswer } from "#protocol/hq/orders.ts";
import type { ApiProblem } from "../ask.ts";
import { durationText, numberText } from "../format.ts";
import { May } from "../may.tsx";
import type { MessageKey } from "../messages.ts";
import { useApi } from "../signed-in.ts";
import { isKey, t, tCount, tNamed } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { useOpened } from "../use-opened.ts";
import { usePolled } from "../use-polled.ts";
import { type Ask, showAsk, useAsk } from "../use-route.ts";
import { AssignSheet } from "./assign-sheet.tsx";
import { OrderSheet } from "./order-sheet.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { PurchasesSheet } from "./purchases-sheet.tsx";
import { RefundedTwice } from "./refunded-twice.tsx";
import { ResolveSheet } from "./resolve-sheet.tsx";
import { StoreSelect } from "./store-select.tsx";
import { When } from "./when.tsx";

const REFRESH_MS = 3_000;
const SHOWN = 200;
const NAMES_REFRESH_MS = 60_000;
/** Exceptions speak of recent tickets; those further back keep their ids. */
const TICKETS_KNOWN_BY_NAME = 500;

export function ExceptionsPage() {
  const api = useApi();
  const { state = "open", store = "", kind = "", assignee = "", order: sorted = "" } = useAsk();
  const show = (change: Ask) =>
    showAsk("exceptions", { state, store, kind, assignee, order: sorted, ...change });
  const { data, problem, reload } = usePolled(
    useCallback(
      () => api.exceptions({ state, store, kind, assignee, oldestFirst: sorted === "oldest", limit: SHOWN }),
      [api, state, store, kind, assignee, sorted],
    ),
    REFRESH_MS,
  );
  const recent = usePolled(
    useCallback(() => api.tickets({ store: null, before: null, limit: TICKETS_KNOWN_BY_NAME }), [api]),
    NAMES_REFRESH_MS,
  );
  const names = useMemo(() => namesIn(recent.data?.tickets ?? []), [recent.data]);
  const [failure, setFailure] = useState<ApiProblem | null>(null);
  const resolving = useOpened<ExceptionRow>();
  /** The one that is to be given to somebody. */
  const [giving, setGiving] = useState<string | null>(null);
  const [order, setOrder] = useState<OrderId | null>(null);
  /** The number of the purchase that is looked at. */
  const [finding, setFinding] = useState<string | null>(null);
  const shown = data?.exceptions ?? [];
  const isNarrowed = store !== "" || kind !== "" || assignee !== "";
  async function assign(id: string, to: string | null): Promise<void> {
    const answer = await api.assignException(id, to);
    setFailure(answer.ok ? null : answer.reason);
    reload();
  }

  return (
    <>
      <PageTitle title={t("nav.exceptions")}>
        {data !== null && <span className="figures text-soft">{tCount("exceptions.count", data.total)}</span>}
        <StoreSelect
          value={store === "" ? null : store}
          none={t("common.allStores")}
          onChange={(code) => show({ store: code ?? "" })}
        />
        <Select
          label={t("exceptions.whose")}
          value={assignee}
          choices={[
            { value: "", text: t("exceptions.whose.all") },
            { value: "me", text: t("exceptions.whose.me") },
            { value: "nobody", text: t("exceptions.whose.nobody") },
          ]}
          onChange={(value) => show({ assignee: value })}
        />
        <Select
          label={t("exceptions.sorted")}
          value={sorted}
          choices={[
            { value: "", text: t("exceptions.sorted.newest") },
            { value: "oldest", text: t("exceptions.sorted.oldest") },
          ]}
          onChange={(value) => show({ order: value })}
        />
        <Select
          label={t("exceptions.show")}
          value={state}
          choices={[
            { value: "open", text: t("exceptions.showOpen") },
            { value: "all", text: t("exceptions.showAll") },
          ]}
          onChange={(value) => show({ state: value })}
        />
      </PageTitle>
      <ProblemNote problem={failure ?? problem} />
      <Kinds kinds={data?.kinds ?? []} current={kind} onChoose={(chosen) => show({ kind: chosen })} />
      <Panel>
        {data !== null && shown.length === 0 && (
          <Empty icon={<ShieldCheck aria-hidden size={36} className="text-brand" />}>
            {t(
              isNarrowed
                ? "exceptions.noneFits"
                : state === "open"
                  ? "exceptions.noneOpen"
                  : "exceptions.none",
            )}
          </Empty>
        )}
        <ul>
          {shown.map((exception) => (
            <ExceptionLine
              key={exception.id}
              exception={exception}
              names={names}
              onAssign={(to) => assign(exception.id, to)}
              onGive={() => setGiving(exception.id)}
              onResolve={() => resolving.open(exception)}
              onOpenOrder={setOrder}
              onFind={setFinding}
            />
          ))}
        </ul>
      </Panel>
      {resolving.what !== null && (
        <ResolveSheet
          exception={resolving.what}
          onDone={() => {
            resolving.close();
            reload();
          }}
          onClose={resolving.close}
        />
      )}
      {giving !== null && (
        <AssignSheet
          exception={giving}
          onChoose={(user) => {
            setGiving(null);
            void assign(giving, user);
          }}
          onClose={() => setGiving(null)}
        />
      )}
      {finding !== null && <PurchasesSheet search={finding} onClose={() => setFinding(null)} />}
      {order !== null && <OrderSheet id={order} onChanged={reload} onClose={() => setOrder(null)} />}
    </>
  );
}

/** How many of each kind stand open: a press shows these alone, another one all again. */
function Kinds({
  kinds,
  current,
  onChoose,
}: {
  readonly kinds: ExceptionsAnswer["kinds"];
  readonly current: string;
  readonly onChoose: (kind: string) => void;
}) {
  if (kinds.length === 0) return null;
  return (
    <ul className="mb-4 flex flex-wrap gap-2">
      {kinds.map(({ kind, open, overdue }) => (
        <li key={kind}>
          <button
            type="button"
            aria-pressed={kind === current}
            onClick={() => onChoose(kind === current ? "" : kind)}
            className="flex min-h-10 items-center gap-2 rounded-xl border border-line bg-surface px-3.5 aria-pressed:border-brand aria-pressed:bg-brand-soft"
          >
            {tNamed("exception", kind)}
            <span className="figures font-semibold">{numberText(open)}</span>
            {overdue > 0 && (
              <span className="text-danger text-sm">{tCount("exceptions.overdueCount", overdue)}</span>
            )}
          </button>
        </li>
      ))}
    </ul>
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
  onAssign,
  onGive,
  onResolve,
  onOpenOrder,
  onFind,
}: {
  readonly exception: ExceptionRow;
  readonly names: ReadonlyMap<string, string>;
  readonly onAssign: (to: string | null) => Promise<void>;
  readonly onGive: () => void;
  readonly onResolve: () => void;
  readonly onOpenOrder: (order: OrderId) => void;
  readonly onFind: (number: string) => void;
}) {
  const { closing, order, assignee } = exception;
  const isOverdue = !exception.resolved && exception.dueAt < Date.now();
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
        {isOverdue && <Badge tone="bad">{t("exceptions.overdue")}</Badge>}
        {!exception.resolved && assignee !== null && (
          <Badge tone="neutral">{t("exceptions.has", { name: assignee.name })}</Badge>
        )}
        {!exception.resolved && (
          <May right="exceptions.act">
            <Button onPress={() => onAssign(assignee === null ? "me" : null)}>
              {t(assignee === null ? "exceptions.take" : "exceptions.giveBack")}
            </Button>
            <Button onPress={onGive}>{t("exceptions.give")}</Button>
          </May>
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

/** What an exception is called: what is overdrawn may be a gift card, and a second journal be of a machine whose register went on at another. */
function nameOf({ kind, detail }: ExceptionRow): string {
  if (kind === "forked" && detail.lateEntries !== undefined) return "lateJournal";
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
