import type { Actor, Trace } from "#domain/orders/order.ts";
import { SIGNATURE_BOX, type Signature } from "#domain/orders/signature.ts";
import { fits } from "#domain/orders/transitions.ts";
import type { OrderDetail } from "#protocol/hq/orders.ts";
import { dateTimeText } from "../format.ts";
import { May } from "../may.tsx";
import { t, tNamed } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { StateBadge } from "./order-status.tsx";

type Part = OrderDetail["fulfilments"][number];

/** A store's part of an order: its pieces, and everything that happened to it. */
export function OrderFulfilment({
  part,
  order,
  onReroute,
}: {
  readonly part: Part;
  readonly order: OrderDetail;
  readonly onReroute: () => void;
}) {
  const { fulfilment } = part;
  const facts = [
    t("orders.promised", { time: dateTimeText(fulfilment.promisedAt) }),
    ...(fulfilment.collectBy === null
      ? []
      : [t("orders.collectBy", { time: dateTimeText(fulfilment.collectBy) })]),
    ...(fulfilment.shelf ? [t("orders.shelf", { shelf: fulfilment.shelf })] : []),
    ...fulfilment.parcels.map(({ carrier, tracking }) => `${carrier} ${tracking}`),
  ];
  return (
    <section className="mb-4 rounded-2xl border border-line p-4">
      <header className="flex flex-wrap items-center gap-3">
        <h3 className="mr-auto font-semibold">
          {part.store} · {part.storeName}
        </h3>
        <StateBadge state={fulfilment.state} />
        {fits("declined", fulfilment.state) && (
          <May right="orders.act">
            <Button onPress={onReroute}>{t("orders.reroute")}</Button>
          </May>
        )}
      </header>
      <p className="mt-1 text-soft text-sm">{facts.join(" · ")}</p>
      <ul className="mt-3 space-y-1.5">
        {fulfilment.lines.map((line) => {
          const ordered = order.lines.find((each) => each.id === line.line);
          return (
            <li key={line.line} className="flex gap-3">
              <span className="figures w-9 shrink-0 text-soft">{line.quantity} ×</span>
              <span className="min-w-0 flex-1">
                {ordered?.name} <span className="text-soft text-sm">{ordered?.sku}</span>
              </span>
              <span className="figures text-soft text-sm">
                {t("orders.progress", { handed: line.handed, due: line.quantity - line.missing })}
                {line.missing > 0 && `, ${t("orders.missing", { count: line.missing })}`}
              </span>
            </li>
          );
        })}
      </ul>
      <details className="mt-3">
        <summary className="cursor-pointer font-medium text-sm">{t("orders.history")}</summary>
        <ol className="mt-2 space-y-1.5">
          {fulfilment.trace.map((trace) => (
            <TraceLine key={`${trace.at} ${trace.act} ${trace.from}`} trace={trace} />
          ))}
        </ol>
      </details>
    </section>
  );
}

function TraceLine({ trace }: { readonly trace: Trace }) {
  return (
    <li className="flex flex-wrap items-center gap-x-2 text-sm">
      <span className="figures w-28 shrink-0 text-soft">{dateTimeText(trace.at)}</span>
      <span className="font-medium">{tNamed("act", trace.act)}</span>
      <span className="text-soft">
        {actorText(trace.by)}
        {trace.reason !== null && ` · ${trace.reason}`}
      </span>
      {!trace.fits && <Badge tone="warn">{t("orders.unexpected")}</Badge>}
      {trace.signature !== undefined && <SignatureShown signature={trace.signature} />}
    </li>
  );
}

/** By what the customer said that they got it. */
function SignatureShown({ signature }: { readonly signature: Signature }) {
  if (signature.kind === "typed")
    return <p className="w-full pl-28">{t("orders.signedTyped", { name: signature.name })}</p>;
  const { width, height } = SIGNATURE_BOX;
  return (
    <svg
      role="img"
      aria-label={t("orders.signature")}
      viewBox={`0 0 ${width} ${height}`}
      className="mt-1 ml-28 w-56 rounded-lg border border-line bg-white text-black"
    >
      <path
        d={signature.path}
        fill="none"
        stroke="currentColor"
        strokeWidth={6}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

function actorText(actor: Actor): string {
  switch (actor.kind) {
    case "shop":
      return t("actor.shop", { name: actor.channel });
    case "staff":
      return t("actor.staff");
    case "hq":
      return t("actor.hq", { name: actor.who });
    case "server":
      return t("actor.server");
  }
}
