import type { AreaRow } from "#protocol/hq/counts.ts";
import { dateTimeText, numberText } from "../format.ts";
import { May } from "../may.tsx";
import { t } from "../translate.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/panel.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";

/** What tills told of the areas of a count, and which of it stands. */
export function CountAreas({
  areas,
  onLeaveOut,
}: {
  readonly areas: readonly AreaRow[];
  readonly onLeaveOut: (area: string, leftOut: boolean) => Promise<void>;
}) {
  if (areas.length === 0) return <Empty>{t("counts.noAreas")}</Empty>;
  return (
    <Table
      label={t("counts.areas")}
      columns={[
        { title: t("counts.area") },
        { title: t("counts.till") },
        { title: t("movements.who") },
        { title: t("movements.when") },
        { title: t("counts.articlesShort"), align: "right" },
        { title: t("counts.pieces"), align: "right" },
        { title: t("counts.state") },
      ]}
    >
      {areas.map((area) => (
        <Row key={area.id}>
          <Cell className="font-medium">{area.area}</Cell>
          <Cell className="figures">{area.register}</Cell>
          <Cell>{area.staff}</Cell>
          <Cell className="figures whitespace-nowrap">{dateTimeText(area.at)}</Cell>
          <Cell align="right">{numberText(area.articles)}</Cell>
          <Cell align="right">{numberText(area.pieces)}</Cell>
          <Cell>
            <span className="flex flex-wrap items-center gap-2">
              <Badge tone={standingOf(area).tone}>{t(`counts.area.${standingOf(area).words}`)}</Badge>
              {!area.replaced && (
                <May right="stock.edit">
                  <Button
                    look="quiet"
                    aria-label={t(area.leftOut ? "counts.area.takeIn" : "counts.area.leaveOut", {
                      area: area.area,
                      register: String(area.register),
                    })}
                    onPress={() => onLeaveOut(area.id, !area.leftOut)}
                  >
                    {t(area.leftOut ? "counts.area.takeInShort" : "counts.area.leaveOutShort")}
                  </Button>
                </May>
              )}
            </span>
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

function standingOf({ leftOut, replaced, toldTwice }: AreaRow): {
  readonly tone: Tone;
  readonly words: "leftOut" | "replaced" | "toldTwice" | "stands";
} {
  if (leftOut) return { tone: "neutral", words: "leftOut" };
  if (replaced) return { tone: "neutral", words: "replaced" };
  return toldTwice ? { tone: "warn", words: "toldTwice" } : { tone: "good", words: "stands" };
}
