import { ListChecks, Undo2 } from "lucide-react";
import { useCallback, useState } from "react";
import type { BulkEditListed } from "#protocol/hq/catalogue.ts";
import type { Answer, ApiProblem } from "../ask.ts";
import { numberText } from "../format.ts";
import { useApi, useMay } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { usePolled } from "../use-polled.ts";
import { canBeTakenBack, isUnderWay } from "./bulk-edit-state.ts";
import { bulkEditLines, type NamesOfChanges } from "./bulk-edit-words.ts";
import { CatalogueTabs } from "./catalogue-tabs.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { When } from "./when.tsx";

const REFRESH_MS = 2_000;
const TONES: Readonly<Record<BulkEditListed["state"], Tone>> = {
  running: "neutral",
  done: "good",
  stopped: "warn",
  failed: "bad",
};

/** The newest changes of many products: who made them and when, what they were, how they went, and taking them back. */
export function BulkEditsPage() {
  const { catalogue } = useApi();
  const { data, problem, reload } = usePolled(catalogue.bulkEdits, REFRESH_MS);
  const [failure, setFailure] = useState<ApiProblem | null>(null);
  const names = useNames();
  async function act(asked: Promise<Answer<unknown>>): Promise<void> {
    const answer = await asked;
    setFailure(answer.ok ? null : answer.reason);
    reload();
  }
  return (
    <>
      <PageTitle title={t("bulkEdits.title")}>
        <CatalogueTabs page="bulkEdits" />
      </PageTitle>
      <p className="mb-4 text-soft">{t("bulkEdits.lead")}</p>
      <ProblemNote problem={failure ?? problem} />
      <Panel>
        {data?.edits.length === 0 ? (
          <Empty icon={<ListChecks aria-hidden size={32} />}>{t("bulkEdits.none")}</Empty>
        ) : (
          <Table
            label={t("bulkEdits.title")}
            columns={[
              { title: t("bulkEdits.when") },
              { title: t("bulkEdits.who") },
              { title: t("bulkEdits.what") },
              { title: t("bulkEdits.products"), align: "right" },
              { title: t("bulkEdits.changed"), align: "right" },
              { title: t("bulkEdits.state") },
              { title: t("bulkEdits.act") },
            ]}
          >
            {(data?.edits ?? []).map((edit) => (
              <Row key={edit.id}>
                <Cell className="whitespace-nowrap">
                  <When at={edit.at} />
                </Cell>
                <Cell>{edit.by}</Cell>
                <Cell>
                  {bulkEditLines(edit.change, names).map((line) => (
                    <span key={line} className="block">
                      {line}
                    </span>
                  ))}
                </Cell>
                <Cell align="right">{numberText(edit.total)}</Cell>
                <Cell align="right">{numberText(edit.changed)}</Cell>
                <Cell>
                  <State edit={edit} />
                </Cell>
                <Cell>
                  <Acts
                    edit={edit}
                    onStop={() => act(catalogue.stopBulk(edit.id))}
                    onTakeBack={() => act(catalogue.undoBulk(edit.id))}
                  />
                </Cell>
              </Row>
            ))}
          </Table>
        )}
      </Panel>
    </>
  );
}

/** How a change went, and how far it was taken back. */
function State({ edit: { state, looked, total, trouble, undo } }: { readonly edit: BulkEditListed }) {
  return (
    <div className="space-y-1">
      <Badge tone={TONES[state]}>{t(`bulkEdits.state.${state}`)}</Badge>
      {state === "running" && (
        <p className="figures text-soft text-sm">
          {t("catalogue.bulk.progress", { looked: numberText(looked), total: numberText(total) })}
        </p>
      )}
      {trouble !== "" && <p className="text-danger text-sm">{trouble}</p>}
      {undo?.state === "running" && <p className="text-sm">{t("catalogue.bulk.undoing")}</p>}
      {undo?.state === "done" && (
        <p className="text-sm">
          {undo.kept === 0
            ? tCount("bulkEdits.allBack", undo.undone)
            : t("catalogue.bulk.undone", { undone: numberText(undo.undone), kept: numberText(undo.kept) })}
        </p>
      )}
      {undo !== null && undo.left.length > 0 && (
        <p className="text-soft text-sm">
          {t("bulkEdits.left", { names: undo.left.map(({ name }) => name).join(", ") })}
        </p>
      )}
    </div>
  );
}

function Acts({
  edit,
  onStop,
  onTakeBack,
}: {
  readonly edit: BulkEditListed;
  readonly onStop: () => Promise<void>;
  readonly onTakeBack: () => Promise<void>;
}) {
  const mayEdit = useMay("catalogue.edit", { everywhere: true });
  const mayPrice = useMay("prices.edit", { everywhere: true });
  if (!mayEdit) return null;
  if (edit.state === "running") return <Button onPress={onStop}>{t("catalogue.bulk.stop")}</Button>;
  // What changed prices takes whoever may change prices to take it back.
  if (!canBeTakenBack(edit) || isUnderWay(edit) || (edit.change.kind === "price" && !mayPrice)) return null;
  return (
    <Button onPress={onTakeBack}>
      <Undo2 aria-hidden size={18} />
      {t("catalogue.bulk.undo")}
    </Button>
  );
}

function useNames(): NamesOfChanges {
  const api = useApi();
  const lists = useAskedOnce(useCallback(() => api.prices.lists(), [api])).known?.lists ?? [];
  const taxClasses = useAskedOnce(useCallback(() => api.product.choices(), [api])).known?.taxClasses ?? [];
  return {
    lists: new Map(lists.map((list) => [list.id, list])),
    taxClasses: new Map(taxClasses.map(({ id, name }) => [id, name])),
  };
}
