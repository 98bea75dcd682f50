import { CircleCheckBig } from "lucide-react";
import { useCallback, useState } from "react";
import { CONTRADICTIONS, type ContradictionKind } from "#domain/pricing/contradictions.ts";
import type { Finding, PriceCheckAnswer } from "#protocol/hq/price-check.ts";
import type { ApiProblem } from "../ask.ts";
import { numberText } from "../format.ts";
import { ReadOnlyUnless } from "../may.tsx";
import { useApi, useMay } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { usePolled } from "../use-polled.ts";
import { useAsk } from "../use-route.ts";
import { fixText, whyText } from "./finding-words.ts";
import { Pager } from "./pager.tsx";
import { parseDecimalPpm } from "./percent.ts";
import { PricesTabs } from "./prices-tabs.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { percentOf } from "./routing-draft.ts";
import { SaveRow, useSaving } from "./save-row.tsx";

const REFRESH_MS = 30_000;
const PAGE_SIZE = 25;

/** What contradicts itself in prices and promotions, with what sets each right. */
export function PriceCheckPage() {
  const { prices } = useApi();
  const asked = useAsk().kind;
  const [kind, setKind] = useState<ContradictionKind | null>(
    CONTRADICTIONS.find((each) => each === asked) ?? null,
  );
  const [offset, setOffset] = useState(0);
  const [done, setDone] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<ApiProblem | null>(null);
  const { data, problem, reload } = usePolled(
    useCallback(() => prices.check({ kind, offset, limit: PAGE_SIZE }), [prices, kind, offset]),
    REFRESH_MS,
  );
  async function fix(finding: Finding): Promise<void> {
    const answer = await prices.fix(finding);
    setTrouble(answer.ok ? null : answer.reason);
    setDone(answer.ok ? t("check.fixed", { what: fixText(finding) }) : null);
    reload();
  }
  return (
    <>
      <PageTitle title={t("check.title")}>
        <PricesTabs page="priceCheck" />
      </PageTitle>
      <ProblemNote problem={trouble ?? problem} />
      <ReadOnlyUnless right="prices.edit">
        <RulePanel onSaved={reload} />
      </ReadOnlyUnless>
      <p
        aria-live="polite"
        className={done === null ? "sr-only" : "mb-4 rounded-xl bg-brand-soft px-4 py-3 text-brand-strong"}
      >
        {done}
      </p>
      {data !== null && (
        <Kinds
          answer={data}
          chosen={kind}
          onChoose={(chosen) => {
            setKind(chosen);
            setOffset(0);
          }}
        />
      )}
      <Panel>
        {data === null && <Empty>{t("check.looking")}</Empty>}
        {data?.total === 0 && (
          <Empty icon={<CircleCheckBig aria-hidden size={36} />}>
            {t("check.clean", { count: numberText(data.products) })}
          </Empty>
        )}
        {data !== null && data.total > 0 && <Findings findings={data.findings} onFix={fix} />}
      </Panel>
      {data !== null && <Pager offset={offset} total={data.total} size={PAGE_SIZE} onMove={setOffset} />}
    </>
  );
}

function Kinds({
  answer: { counts },
  chosen,
  onChoose,
}: {
  readonly answer: PriceCheckAnswer;
  readonly chosen: ContradictionKind | null;
  readonly onChoose: (kind: ContradictionKind | null) => void;
}) {
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  const sorted = CONTRADICTIONS.flatMap((kind) => counts.filter((each) => each.kind === kind));
  if (all === 0) return null;
  const button = (kind: ContradictionKind | null, words: string, count: number) => (
    <Button
      key={words}
      aria-pressed={kind === chosen}
      look={kind === chosen ? "primary" : "plain"}
      onPress={() => onChoose(kind)}
    >
      {words} <span className="figures">{numberText(count)}</span>
    </Button>
  );
  return (
    <div className="mb-4 flex flex-wrap gap-2">
      {button(null, t("check.all"), all)}
      {sorted.map(({ kind, count }) => button(kind, t(`finding.${kind}`), count))}
    </div>
  );
}

function Findings({
  findings,
  onFix,
}: {
  readonly findings: readonly Finding[];
  readonly onFix: (finding: Finding) => Promise<void>;
}) {
  const mayFix = useMay("prices.edit", { everywhere: true });
  return (
    <Table
      label={t("check.title")}
      columns={[
        { title: t("check.what") },
        { title: t("check.article") },
        { title: t("check.facts") },
        { title: t("check.fix") },
      ]}
    >
      {findings.map((finding) => {
        const about = finding.article ?? finding.promotions.map(({ name }) => name).join(", ");
        return (
          <Row key={finding.id}>
            <Cell>
              <Badge tone="warn">{t(`finding.${finding.kind}`)}</Badge>
            </Cell>
            <Cell className="font-medium">{about}</Cell>
            <Cell>{whyText(finding)}</Cell>
            <Cell>
              {mayFix ? (
                <Button
                  aria-label={t("check.fixNamed", { fix: fixText(finding), about })}
                  onPress={() => onFix(finding)}
                >
                  {fixText(finding)}
                </Button>
              ) : (
                fixText(finding)
              )}
            </Cell>
          </Row>
        );
      })}
    </Table>
  );
}

/** By how much channels may differ. */
function RulePanel({ onSaved }: { readonly onSaved: () => void }) {
  const { prices } = useApi();
  const { known, problem } = useAskedOnce(useCallback(() => prices.rules(), [prices]));
  return (
    <Panel className="mb-4 p-5">
      <ProblemNote problem={problem} />
      {known !== null && <RuleForm allowed={known.channelDifferencePpm} onSaved={onSaved} />}
    </Panel>
  );
}

function RuleForm({ allowed, onSaved }: { readonly allowed: number | null; readonly onSaved: () => void }) {
  const { prices } = useApi();
  const [typed, setTyped] = useState(allowed === null ? "" : percentOf(allowed));
  const saving = useSaving();
  function save(): void {
    const ppm = typed.trim() === "" ? null : parseDecimalPpm(typed);
    if (typed.trim() !== "" && ppm === null) {
      saving.complain(t("check.rule.wrong"));
      return;
    }
    saving.save(async () => {
      const answer = await prices.saveRules({ channelDifferencePpm: ppm });
      if (answer.ok) onSaved();
      return answer;
    });
  }
  return (
    <form
      className="flex flex-wrap items-end gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div className="w-full max-w-md">
        <TextField
          label={t("check.rule")}
          hint={t("check.rule.hint")}
          value={typed}
          onChange={(text) => {
            setTyped(text);
            saving.forget();
          }}
        />
      </div>
      <SaveRow right="prices.edit" saving={saving} done={t("check.rule.saved")} />
    </form>
  );
}
