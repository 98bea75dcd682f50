import { useCallback, useState } from "react";
import { idOf, type OrderId } from "#domain/ids.ts";
import type { MovementRow } from "#protocol/hq/stock.ts";
import type { ApiProblem } from "../ask.ts";
import { dateTimeText, numberText } from "../format.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { isKey, t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { usePolled } from "../use-polled.ts";
import { addressOf } from "../use-route.ts";
import { AdjustForm } from "./adjust-form.tsx";
import { nameOf } from "./levels-table.tsx";
import { OrderSheet } from "./order-sheet.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { PurchasesSheet } from "./purchases-sheet.tsx";

const REFRESH_MS = 5_000;
/** Moments further apart are told: somebody sold while cut off. */
const LATE_MS = 60_000;

type Older = { readonly rows: readonly MovementRow[]; readonly next: string | null };

/** What a level is made of: every movement with its reason, the newest first, and the level after each; and the way to adjust it. */
export function MovementsSheet({
  level: opened,
  onChanged,
  onClose,
}: {
  readonly level: { readonly store: string; readonly variant: string };
  readonly onChanged: () => void;
  readonly onClose: () => void;
}) {
  const { stock } = useApi();
  const { store, variant } = opened;
  const { data, problem, reload } = usePolled(
    useCallback(() => stock.movements({ store, variant }, null), [stock, store, variant]),
    REFRESH_MS,
  );
  /** Pages below the first, from where it ended when they were asked for. */
  const [older, setOlder] = useState<Older | null>(null);
  const [failed, setFailed] = useState<ApiProblem | null>(null);
  const [order, setOrder] = useState<OrderId | null>(null);
  const [purchase, setPurchase] = useState<string | null>(null);
  const level = data?.level ?? null;
  const newest = data?.movements ?? [];
  const known = new Set(older?.rows.map(({ id }) => id) ?? []);
  const rows = [...newest.filter(({ id }) => !known.has(id)), ...(older?.rows ?? [])];
  const next = older === null ? (data?.next ?? null) : older.next;

  async function showOlder(): Promise<void> {
    if (next === null) return;
    const answer = await stock.movements({ store, variant }, next);
    setFailed(answer.ok ? null : answer.reason);
    if (!answer.ok) return;
    const before = older?.rows ?? newest;
    setOlder({ rows: [...before, ...answer.value.movements], next: answer.value.next });
  }

  return (
    <Sheet
      title={t("movements.title", { title: level === null ? variant : nameOf(level), store })}
      closeLabel={t("common.close")}
      isWide
      onClose={onClose}
    >
      <ProblemNote problem={problem ?? failed} />
      {level !== null && (
        <dl className="figures mb-4 flex flex-wrap gap-x-8 gap-y-2">
          {(
            [
              ["stock.onHand", level.onHand],
              ["stock.reserved", level.reserved],
              ["stock.safety", level.safetyStock],
              ["stock.available", level.available],
            ] as const
          ).map(([key, count]) => (
            <div key={key}>
              <dt className="text-soft text-sm">{t(key)}</dt>
              <dd data-testid={key} className="font-semibold text-2xl">
                {numberText(count)}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <May right="stock.edit">
        <AdjustForm
          level={opened}
          onDone={() => {
            setOlder(null);
            reload();
            onChanged();
          }}
        />
      </May>
      <MovementTable rows={rows} onOrder={setOrder} onPurchase={setPurchase} />
      {next === null ? (
        data !== null && <p className="mt-3 text-soft">{t("movements.begin")}</p>
      ) : (
        <Button className="mt-3" onPress={() => showOlder()}>
          {t("movements.older")}
        </Button>
      )}
      {order !== null && <OrderSheet id={order} onChanged={reload} onClose={() => setOrder(null)} />}
      {purchase !== null && <PurchasesSheet search={purchase} onClose={() => setPurchase(null)} />}
    </Sheet>
  );
}

interface Opens {
  readonly onOrder: (order: OrderId) => void;
  readonly onPurchase: (number: string) => void;
}

function MovementTable({ rows, ...opens }: Opens & { readonly rows: readonly MovementRow[] }) {
  return (
    <Table
      label={t("movements.table")}
      columns={[
        { title: t("movements.when") },
        { title: t("movements.what") },
        { title: t("movements.who") },
        { title: t("movements.by"), align: "right" },
        { title: t("movements.after"), align: "right" },
      ]}
    >
      {rows.map((row) => (
        <Row key={row.id}>
          <Cell className="figures whitespace-nowrap">
            {dateTimeText(row.at)}
            {row.bookedAt - row.at > LATE_MS && (
              <span className="block text-soft text-sm">
                {t("movements.late", { time: dateTimeText(row.bookedAt) })}
              </span>
            )}
          </Cell>
          <Cell>
            <span className="font-medium">{kindText(row)}</span> <Source row={row} {...opens} />
            {row.note !== "" && <span className="block text-soft text-sm">{row.note}</span>}
          </Cell>
          <Cell>{row.who}</Cell>
          <Cell align="right" className="font-medium">
            {signed(row.quantity)}
          </Cell>
          <Cell align="right">{numberText(row.after)}</Cell>
        </Row>
      ))}
    </Table>
  );
}

function Source({ row: { source }, onOrder, onPurchase }: Opens & { readonly row: MovementRow }) {
  if (source === null) return null;
  const looks = "inline-flex min-h-10 items-center px-1 text-brand hover:underline";
  if (source.kind === "count")
    return (
      <a href={addressOf("counts", { count: source.id })} className={looks}>
        {source.text}
      </a>
    );
  if (source.kind === "delivery")
    return (
      <a href={addressOf("deliveries", { delivery: source.id })} className={looks}>
        {source.text}
      </a>
    );
  const open = () => (source.kind === "order" ? onOrder(idOf<"Order">(source.id)) : onPurchase(source.text));
  return (
    <button type="button" onClick={open} className={`figures ${looks}`}>
      {source.text}
    </button>
  );
}

function kindText({ kind, why }: MovementRow): string {
  const key = `movement.${kind}`;
  const text = t(isKey(key) ? key : "movement.other");
  const reason = `adjust.why.${why}`;
  return why === "" ? text : `${text}: ${isKey(reason) ? t(reason) : why}`;
}

/** With its sign: -2, +3. */
export function signed(pieces: number): string {
  return pieces > 0 ? `+${numberText(pieces)}` : numberText(pieces);
}
