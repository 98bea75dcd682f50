import { variantLabel } from "#domain/product/variant-label.ts";
import type { LevelRow } from "#protocol/hq/stock.ts";
import { numberText } from "../format.ts";
import { useMay } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { addressOf } from "../use-route.ts";
import { When } from "./when.tsx";
import { WorthCell, worthColumn } from "./worth-cell.tsx";

/** Levels, each of which opens what it is made of. */
export function LevelsTable({
  levels,
  onOpen,
}: {
  readonly levels: readonly LevelRow[];
  readonly onOpen: (level: LevelRow) => void;
}) {
  const showsCosts = useMay("margins.read");
  return (
    <Table
      label={t("nav.stock")}
      columns={[
        { title: t("stock.product") },
        { title: t("stock.store") },
        { title: t("stock.onHand"), align: "right" },
        { title: t("stock.reserved"), align: "right" },
        { title: t("stock.safety"), align: "right" },
        { title: t("stock.available"), align: "right" },
        { title: t("deliveries.inTransit"), align: "right" },
        ...(showsCosts ? [worthColumn()] : []),
        { title: t("stock.sold") },
        { title: t("stock.counted") },
      ]}
    >
      {levels.map((level) => (
        <Row key={`${level.store} ${level.variant}`} className="hover:bg-sunken/60">
          <Cell className="min-w-48">
            <span className="block font-medium">{nameOf(level)}</span>
            <span className="block text-soft text-sm">
              {[level.sku, level.category].filter((text) => text !== "").join(" · ")}
            </span>
          </Cell>
          <Cell>{level.store}</Cell>
          <Cell align="right" className="whitespace-nowrap">
            {level.onHand < 0 && <Badge tone="bad">{t("stock.below")}</Badge>}{" "}
            <button
              type="button"
              onClick={() => onOpen(level)}
              aria-label={t("stock.open", {
                title: nameOf(level),
                store: level.store,
                count: numberText(level.onHand),
              })}
              className="min-h-10 min-w-10 rounded-lg px-2 text-right font-semibold text-brand hover:underline"
            >
              {numberText(level.onHand)}
            </button>
          </Cell>
          <Cell align="right">{numberText(level.reserved)}</Cell>
          <Cell align="right" className="text-soft">
            {numberText(level.safetyStock)}
          </Cell>
          <Cell align="right">{numberText(level.available)}</Cell>
          <Cell align="right">
            <a
              href={addressOf("deliveries", { store: level.store, search: level.sku, kind: "transfer" })}
              className="inline-flex min-h-10 items-center text-brand hover:underline"
            >
              {numberText(level.inTransit)}
            </a>
          </Cell>
          {showsCosts && <WorthCell {...level} />}
          <Cell className="whitespace-nowrap text-soft">{moment(level.soldAt)}</Cell>
          <Cell className="whitespace-nowrap text-soft">{moment(level.countedAt)}</Cell>
        </Row>
      ))}
    </Table>
  );
}

/** What people call an article. */
export function nameOf({ title, options }: Pick<LevelRow, "title" | "options">): string {
  return [title, variantLabel(options)].filter((text) => text !== "").join(" · ");
}

function moment(at: number | null) {
  return at === null ? t("common.none") : <When at={at} />;
}
