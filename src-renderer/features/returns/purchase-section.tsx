import { CheckCheck, CloudOff, History, MonitorSmartphone, ShieldAlert, TrendingUp } from "lucide-react";
import type { ReactNode } from "react";
import type { ObstacleView, PurchaseLineView, PurchaseView } from "#protocol/till/returns.ts";
import { dateText, dayText, moneyText, timeText, todayHere } from "../../app/format.ts";
import { apart, t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { ChannelBadge } from "./channel-badge.tsx";
import { putInFront, rowKey, useGoods } from "./goods-store.ts";
import { LineRow, refundText } from "./line-row.tsx";
import { mayStillCome, returnAll, stepPieces } from "./return-acts.ts";

/** One purchase: whose it is, what of it may come back, what came back before. */
export function PurchaseSection({
  purchase,
  obstacles,
}: {
  readonly purchase: PurchaseView;
  /** What still stands in the way, of all lines. */
  readonly obstacles: readonly ObstacleView[];
}) {
  const { number, channel, at, storeName, customerName } = purchase;
  const isAll = !purchase.lines.some((line) => mayStillCome(line) && line.returnBy !== null);
  const facts = [timeText(at), storeName ?? "", customerName ?? ""].filter((part) => part !== "");
  return (
    <section aria-label={t("returns.panel.of", { number })} className="flex flex-col gap-2">
      <header className="flex items-center gap-3">
        <div className="min-w-0 flex-1 leading-tight">
          <h3 className="figures flex items-center gap-2 font-bold">
            <span className="truncate">{number}</span>
            <ChannelBadge channel={channel} />
          </h3>
          <p className="truncate text-ink-soft text-sm">{facts.map(apart).join(" · ")}</p>
        </div>
        <Button
          icon={<CheckCheck aria-hidden size={20} />}
          disabled={isAll}
          onClick={() => void returnAll(purchase)}
        >
          {t(isAll ? "returns.panel.allDone" : "returns.panel.all")}
        </Button>
      </header>
      <Marks purchase={purchase} />
      <ul className="flex flex-col gap-1.5">
        {purchase.lines.map((line) => (
          <PurchaseLine key={line.position} purchase={purchase} line={line} obstacles={obstacles} />
        ))}
      </ul>
      {purchase.repriced.map(({ name, amount }) => (
        <Fact
          key={name}
          icon={<TrendingUp aria-hidden size={18} />}
          look="bg-warn-soft font-semibold text-warn"
          words={t("returns.repriced", { name, amount: moneyText(amount) })}
        />
      ))}
      {purchase.before.map((act) => (
        <Fact
          key={act.at}
          icon={<History aria-hidden size={18} />}
          words={t(act.storeName === null ? "returns.beforeUnknown" : "returns.before", {
            amount: moneyText(act.amount),
            day: dayText(act.at),
            store: act.storeName ?? "",
          })}
        />
      ))}
    </section>
  );
}

function Marks({ purchase: { lease, flagged } }: { readonly purchase: PurchaseView }) {
  return (
    <>
      {flagged ? (
        <Fact
          icon={<ShieldAlert aria-hidden size={18} />}
          look="bg-danger-soft font-semibold text-danger"
          words={t("returns.find.flagged")}
        />
      ) : null}
      {lease === "another" ? (
        <Fact
          icon={<MonitorSmartphone aria-hidden size={18} />}
          look="bg-warn-soft font-semibold text-warn"
          words={t("returns.lease.another")}
        />
      ) : null}
      {lease === "offline" ? (
        <Fact icon={<CloudOff aria-hidden size={18} />} words={t("returns.lease.offline")} />
      ) : null}
    </>
  );
}

function Fact({
  icon,
  words,
  look = "bg-sunken text-ink",
}: {
  readonly icon: ReactNode;
  readonly words: string;
  readonly look?: string;
}) {
  return (
    <p className={`figures flex items-center gap-2 rounded-xl px-3 py-1.5 text-sm ${look}`}>
      <span className="shrink-0">{icon}</span>
      {words}
    </p>
  );
}

function PurchaseLine({
  purchase,
  line,
  obstacles,
}: {
  readonly purchase: PurchaseView;
  readonly line: PurchaseLineView;
  readonly obstacles: readonly ObstacleView[];
}) {
  const { chosen, position, sku } = line;
  const key = rowKey({ of: { purchase: purchase.ref, position }, sku });
  const isInFront = useGoods((state) => state.inFront === key);
  const mayMore = mayStillCome(line);
  return (
    <LineRow
      line={{
        ...line,
        facts: lineFacts(line),
        pieces: chosen?.quantity ?? 0,
        refund: refundText(chosen?.refund),
        obstacles: chosen === null ? [] : obstacles.filter((each) => each.line === chosen.line),
      }}
      isInFront={isInFront}
      mayMore={mayMore}
      onTake={() => void stepPieces(purchase.ref, position, 1)}
      onPutInFront={() => putInFront(key)}
      onLess={() => void stepPieces(purchase.ref, position, -1)}
    />
  );
}

function lineFacts({ chosen, left, bought, paidEach, returnBy }: PurchaseLineView): string {
  const said =
    chosen === null ? [] : [t(`returns.reason.${chosen.reason}`), t(`returns.condition.${chosen.condition}`)];
  if (left === 0) return t("returns.line.none");
  return [
    ...said,
    t("returns.line.left", { left, bought }),
    t("returns.line.each", { price: moneyText(paidEach) }),
    ...(said.length > 0 ? [] : [returnByWords(returnBy)]),
  ]
    .map(apart)
    .join(" · ");
}

function returnByWords(returnBy: string | null): string {
  if (returnBy === null) return t("returns.line.final");
  const isPast = returnBy < todayHere();
  return t(isPast ? "returns.line.late" : "returns.line.until", { day: dateText(returnBy) });
}
