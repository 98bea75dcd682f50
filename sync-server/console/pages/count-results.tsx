import { useCallback, useState } from "react";
import type { VariantId } from "#domain/ids.ts";
import type { CountRow, ResultKind, ResultRow } from "#protocol/hq/counts.ts";
import { numberText } from "../format.ts";
import { useApi, useMay } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/panel.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { usePolled } from "../use-polled.ts";
import { addressOf } from "../use-route.ts";
import { nameOf } from "./levels-table.tsx";
import { signed } from "./movements-sheet.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { WorthCell, worthColumn } from "./worth-cell.tsx";

const REFRESH_MS = 3_000;
const PAGE_SIZE = 50;

const NOTHING = {
  off: "counts.noneOff",
  counted: "counts.noneCounted",
  uncounted: "counts.noneUncounted",
} as const;

/** What a count found, what is furthest off first; each article leads to the movements of its level. */
export function CountResults({
  count,
  show,
  chosen,
  onChoose,
}: {
  readonly count: CountRow;
  readonly show: ResultKind;
  readonly chosen: ReadonlySet<VariantId>;
  readonly onChoose: (chosen: ReadonlySet<VariantId>) => void;
}) {
  const { stock } = useApi();
  const mayEdit = useMay("stock.edit");
  const showsCosts = useMay("margins.read");
  const [offset, setOffset] = useState(0);
  const { id } = count;
  const { data, problem } = usePolled(
    // What was booked meanwhile is asked for at once.
    // biome-ignore lint/correctness/useExhaustiveDependencies: count.open says that there is something new
    useCallback(
      () => stock.results(id, { show, offset, limit: PAGE_SIZE }),
      [stock, id, show, offset, count.open],
    ),
    REFRESH_MS,
  );
  const results = data?.results ?? [];
  const isLast = results.length < PAGE_SIZE;

  function toggle(variant: VariantId, isChosen: boolean): void {
    const next = new Set(chosen);
    if (isChosen) next.add(variant);
    else next.delete(variant);
    onChoose(next);
  }

  return (
    <>
      <ProblemNote problem={problem} />
      {data !== null && results.length === 0 ? (
        <Empty>{t(NOTHING[show])}</Empty>
      ) : (
        <Table
          label={t("counts.results")}
          columns={[
            { title: t("stock.product") },
            { title: t("counts.found"), align: "right" },
            { title: t("counts.expected"), align: "right" },
            { title: t("counts.difference"), align: "right" },
            ...(showsCosts ? [worthColumn()] : []),
            { title: t("counts.state") },
          ]}
        >
          {results.map((row) => (
            <ResultLine
              key={row.variant}
              row={row}
              store={count.store}
              showsCosts={showsCosts}
              isChosen={mayEdit && count.state === "counted" ? chosen.has(row.variant) : null}
              onChoose={(isChosen) => toggle(row.variant, isChosen)}
            />
          ))}
        </Table>
      )}
      {(offset > 0 || !isLast) && (
        <div className="flex justify-end gap-3 p-3">
          <Button isDisabled={offset === 0} onPress={() => setOffset(Math.max(0, offset - PAGE_SIZE))}>
            {t("catalogue.previous")}
          </Button>
          <Button isDisabled={isLast} onPress={() => setOffset(offset + PAGE_SIZE)}>
            {t("catalogue.next")}
          </Button>
        </div>
      )}
    </>
  );
}

function ResultLine({
  row,
  store,
  showsCosts,
  isChosen,
  onChoose,
}: {
  readonly row: ResultRow;
  readonly store: string;
  readonly showsCosts: boolean;
  /** Null: there is nothing to choose it for. */
  readonly isChosen: boolean | null;
  readonly onChoose: (isChosen: boolean) => void;
}) {
  const name = nameOf(row);
  const { counted, expected, difference, between, booked, again, variant, sku } = row;
  return (
    <Row>
      <Cell>
        <span className="flex items-center gap-3">
          {isChosen !== null && !booked && !again && (
            <input
              type="checkbox"
              aria-label={t("counts.choose", { title: name })}
              checked={isChosen}
              onChange={(event) => onChoose(event.target.checked)}
              className="size-6 shrink-0 accent-brand"
            />
          )}
          <span>
            <a
              href={addressOf("stock", { level: `${store} ${variant}` })}
              className="block font-medium text-brand hover:underline"
            >
              {name}
            </a>
            <span className="block text-soft text-sm">{sku}</span>
            {between > 0 && (
              <span className="block text-sm text-warn">
                {t("counts.between", { count: numberText(between) })}
              </span>
            )}
          </span>
        </span>
      </Cell>
      <Cell align="right">{counted === null ? t("common.none") : numberText(counted)}</Cell>
      <Cell align="right">{numberText(expected)}</Cell>
      <Cell align="right" className="font-semibold">
        {signed(difference)}
      </Cell>
      {showsCosts && <WorthCell {...row} />}
      <Cell>
        {booked ? (
          <Badge tone="good">{t("counts.booked")}</Badge>
        ) : again ? (
          <Badge tone="neutral">{t("counts.again")}</Badge>
        ) : counted === null ? null : (
          <Badge tone="warn">{t("counts.waits")}</Badge>
        )}
      </Cell>
    </Row>
  );
}
