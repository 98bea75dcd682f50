import { ChevronLeft } from "lucide-react";
import { useCallback, useState } from "react";
import type { VariantId } from "#domain/ids.ts";
import type { CountDetail, ResultKind } from "#protocol/hq/counts.ts";
import type { Answer, ApiProblem } from "../ask.ts";
import { numberText } from "../format.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { PageTitle, Panel } from "../ui/panel.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { usePolled } from "../use-polled.ts";
import { addressOf } from "../use-route.ts";
import { CountAreas } from "./count-areas.tsx";
import { CountResults } from "./count-results.tsx";
import { CountStateBadge, scopeText } from "./count-state.tsx";
import { signed } from "./movements-sheet.tsx";
import { ProblemNote } from "./problem-note.tsx";

const REFRESH_MS = 3_000;
const RESULT_TABS = ["off", "counted", "uncounted"] as const satisfies readonly ResultKind[];

/** One count: its areas, what was found, and what is booked of it. */
export function CountDetailPage({ id }: { readonly id: string }) {
  const { stock } = useApi();
  const { data, problem, reload } = usePolled(
    useCallback(() => stock.count(id), [stock, id]),
    REFRESH_MS,
  );
  const [failed, setFailed] = useState<ApiProblem | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [show, setShow] = useState<ResultKind>("off");
  const [chosen, setChosen] = useState<ReadonlySet<VariantId>>(new Set());

  async function act<T>(work: Promise<Answer<T>>, words: (value: T) => string): Promise<void> {
    const answer = await work;
    setFailed(answer.ok ? null : answer.reason);
    setDone(answer.ok ? words(answer.value) : null);
    // What was chosen while the answer was on its way is for the next act.
    if (answer.ok) setChosen((now) => (now === chosen ? new Set() : now));
    reload();
  }

  return (
    <>
      <PageTitle title={data?.count.name ?? t("nav.counts")}>
        <a
          href={addressOf("counts")}
          className="inline-flex min-h-10 items-center gap-1 rounded-xl px-3 hover:bg-sunken"
        >
          <ChevronLeft aria-hidden size={18} />
          {t("counts.back")}
        </a>
        {data !== null && (
          <May right="stock.edit">
            <StateActs detail={data} act={act} />
          </May>
        )}
      </PageTitle>
      <ProblemNote problem={problem ?? failed} />
      <p
        role="status"
        className={done === null ? "sr-only" : "mb-4 rounded-xl bg-brand-soft px-4 py-3 text-brand-strong"}
      >
        {done}
      </p>
      {data !== null && (
        <>
          <Head detail={data} />
          {data.areas.some(({ toldTwice }) => toldTwice) && (
            <p className="mb-4 rounded-xl bg-warn-soft px-4 py-3 text-warn">{t("counts.twice")}</p>
          )}
          <Panel title={t("counts.areas")} className="mb-6">
            <CountAreas
              areas={data.areas}
              onLeaveOut={(area, leftOut) =>
                act(stock.leaveOut(data.count.id, area, leftOut), () =>
                  t(leftOut ? "counts.area.leftOut" : "counts.area.stands"),
                )
              }
            />
          </Panel>
          <Panel title={t("counts.results")}>
            <div className="flex flex-wrap items-center gap-3 border-line border-b px-5 py-3">
              <Tabs
                label={t("counts.results")}
                all={RESULT_TABS}
                current={show}
                textOf={(each) => t(`counts.show.${each}`, { count: numberText(totalOf(data, each)) })}
                onChange={(each) => {
                  setShow(each);
                  setChosen(new Set());
                }}
              />
              <May right="stock.edit">
                <ResultActs detail={data} show={show} chosen={[...chosen]} act={act} />
              </May>
            </div>
            <CountResults key={show} count={data.count} show={show} chosen={chosen} onChoose={setChosen} />
          </Panel>
        </>
      )}
    </>
  );
}

type Act = <T>(work: Promise<Answer<T>>, words: (value: T) => string) => Promise<void>;

function totalOf({ count, uncounted }: CountDetail, show: ResultKind): number {
  return { off: count.off, counted: count.counted, uncounted }[show];
}

function Head({ detail: { count } }: { readonly detail: CountDetail }) {
  const { storeName, store, day, by, blind, surplus, missing, note } = count;
  const facts = [
    `${store} · ${storeName}`,
    scopeText(count),
    day,
    t(blind ? "counts.blindShort" : "counts.openly"),
    by,
  ];
  return (
    <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
      <CountStateBadge state={count.state} />
      <span className="text-soft">{facts.filter((text) => text !== "").join(" · ")}</span>
      <span className="figures ml-auto font-semibold">
        {t("counts.difference")}: {signed(surplus)} / {signed(-missing)}
      </span>
      {note !== "" && <p className="w-full">{note}</p>}
    </div>
  );
}

function StateActs({ detail: { count }, act }: { readonly detail: CountDetail; readonly act: Act }) {
  const { stock } = useApi();
  const move = (state: "counted" | "cancelled" | "closed") =>
    act(stock.move(count.id, state), () => t(`counts.state.${state}`));
  return (
    <>
      {count.state === "open" && <Button onPress={() => move("counted")}>{t("counts.finish")}</Button>}
      {(count.state === "open" || count.state === "counted") && (
        <Button look="quietDanger" onPress={() => move("cancelled")}>
          {t("counts.cancel")}
        </Button>
      )}
      {count.state === "counted" && <Button onPress={() => move("closed")}>{t("counts.close")}</Button>}
    </>
  );
}

function ResultActs({
  detail: { count },
  show,
  chosen,
  act,
}: {
  readonly detail: CountDetail;
  readonly show: ResultKind;
  readonly chosen: readonly VariantId[];
  readonly act: Act;
}) {
  const { stock } = useApi();
  if (count.state !== "counted") return null;
  const booked = (value: { readonly booked: number }) =>
    t("counts.bookedMany", { count: numberText(value.booked) });
  const book = (wish: { readonly variants: readonly VariantId[] | null; readonly missing: boolean }) =>
    act(stock.book(count.id, wish), booked);
  const many = { count: numberText(chosen.length) };
  const again = { variants: chosen, name: t("counts.recountName", { name: count.name }) };
  return (
    <span className="ml-auto flex flex-wrap gap-2">
      {chosen.length > 0 && (
        <Button onPress={() => act(stock.again(count.id, again), () => t("counts.recounted"))}>
          {t("counts.recount", many)}
        </Button>
      )}
      {chosen.length > 0 && show !== "uncounted" && (
        <Button onPress={() => book({ variants: chosen, missing: false })}>
          {t("counts.bookChosen", many)}
        </Button>
      )}
      {show === "uncounted" ? (
        <Button onPress={() => book({ variants: null, missing: true })}>{t("counts.bookMissing")}</Button>
      ) : (
        <Button
          look="primary"
          isDisabled={count.open === 0}
          onPress={() => book({ variants: null, missing: false })}
        >
          {t("counts.book")}
        </Button>
      )}
    </span>
  );
}
