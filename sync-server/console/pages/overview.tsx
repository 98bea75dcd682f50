import { useCallback } from "react";
import { DASHBOARD_SORTS, type Dashboard, type LiveKind } from "#protocol/hq/dashboard.ts";
import { LinkTo } from "../link-to.tsx";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t, tNamed } from "../translate.ts";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { usePolled } from "../use-polled.ts";
import { showAsk, useAsk } from "../use-route.ts";
import { Figures } from "./dashboard-figures.tsx";
import { ChannelTable, StoreTable } from "./dashboard-tables.tsx";
import { LiveMark } from "./live-mark.tsx";
import { NewestTickets } from "./newest-tickets.tsx";
import { Pager } from "./pager.tsx";
import { ProblemNote } from "./problem-note.tsx";

const REFRESH_MS = 3_000;
const STORES_SHOWN = 10;
const KINDS: readonly LiveKind[] = ["sales", "orders", "stock", "tills", "stores", "records"];

/** How the shops are doing now; every figure leads to what it is made of. */
export function OverviewPage() {
  const { shops } = useApi();
  const ask = useAsk();
  const sort = DASHBOARD_SORTS.find((each) => each === ask.sort) ?? "sales";
  const order = ask.order === "up" ? "up" : "down";
  const offset = Number(ask.offset ?? 0) || 0;
  const { data, problem } = usePolled(
    useCallback(
      () => shops.dashboard({ sort, order, offset, limit: STORES_SHOWN }),
      [shops, sort, order, offset],
    ),
    REFRESH_MS,
    KINDS,
  );
  return (
    <>
      <PageTitle title={t("nav.overview")}>
        <LiveMark problem={problem} />
      </PageTitle>
      <ProblemNote problem={problem} />
      <Figures dashboard={data} />
      {data !== null && (
        <>
          <Panel title={t("overview.storesToday")}>
            {data.storesTotal === 0 ? (
              <Empty>
                <LinkTo page="stores" className="text-brand hover:underline">
                  {t("overview.noStores")}
                </LinkTo>
              </Empty>
            ) : (
              <StoreTable
                dashboard={data}
                sort={sort}
                order={order}
                onSort={(by, way) => showAsk("overview", { sort: by, order: way })}
              />
            )}
          </Panel>
          <Pager
            offset={offset}
            total={data.storesTotal}
            size={STORES_SHOWN}
            onMove={(to) => showAsk("overview", { ...ask, offset: String(to) })}
          />
          <p className="mt-2 text-soft text-sm">{t("overview.until")}</p>
          <div className="mt-5 grid gap-5 lg:grid-cols-2">
            {data.channels !== null && (
              <Panel title={t("overview.channels")}>
                {data.channels.length === 0 ? (
                  <Empty>{t("overview.noChannels")}</Empty>
                ) : (
                  <ChannelTable channels={data.channels} />
                )}
              </Panel>
            )}
            <Panel title={t("overview.exceptions")}>
              <ExceptionKinds kinds={data.exceptions} />
            </Panel>
            <May right="tickets.read">
              <NewestTickets />
            </May>
          </div>
        </>
      )}
    </>
  );
}

function ExceptionKinds({ kinds }: { readonly kinds: Dashboard["exceptions"] }) {
  if (kinds.length === 0) return <Empty>{t("overview.noExceptions")}</Empty>;
  return (
    <ul>
      {kinds.map(({ kind, count }) => (
        <li key={kind} className="border-line border-b last:border-b-0">
          <LinkTo
            page="exceptions"
            ask={{ kind }}
            plain="flex min-h-12 items-center justify-between gap-4 px-5"
            className="flex min-h-12 items-center justify-between gap-4 px-5 hover:bg-sunken"
          >
            <span>{tNamed("exception", kind)}</span>
            <span className="figures font-semibold">{count}</span>
          </LinkTo>
        </li>
      ))}
    </ul>
  );
}
