import { BadgePercent } from "lucide-react";
import { useState } from "react";
import { instant } from "#domain/ids.ts";
import type { Promotion } from "#domain/promotions/promotion.ts";
import { localTimeOf } from "#domain/store/local-time.ts";
import type { PromotionsAnswer } from "#protocol/hq/promotions.ts";
import type { ApiProblem } from "../ask.ts";
import { May, ReadOnlyUnless } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { useOpened } from "../use-opened.ts";
import { usePolled } from "../use-polled.ts";
import { OnTills } from "./on-tills.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { PromotionCalendar } from "./promotion-calendar.tsx";
import { PromotionChoiceSelect } from "./promotion-choice.tsx";
import { draftOf, emptyDraft, newPromotionId, type PromotionDraft, standingAt } from "./promotion-draft.ts";
import { PromotionSheet } from "./promotion-sheet.tsx";
import { namesOf, promotionText } from "./promotion-words.ts";

const EN_DASH = "–";
const VIEWS = ["list", "calendar"] as const;
const REFRESH_MS = 10_000;
const TONES: Readonly<Record<ReturnType<typeof standingAt>, Tone>> = {
  coming: "neutral",
  running: "good",
  over: "warn",
};

/** Money off by rule: what runs, what is coming, what is over. */
export function PromotionsPage() {
  const { returns } = useApi();
  const { data, problem, reload } = usePolled(returns.promotions, REFRESH_MS);
  const categories = useAskedOnce(returns.categories).known?.categories ?? [];
  const [view, setView] = useState<(typeof VIEWS)[number]>("list");
  const { what: editing, open: edit, close } = useOpened<PromotionDraft>();
  const removing = useOpened<Promotion>();
  /** Where in the feed of promotions that stands which was saved last. */
  const [saved, setSaved] = useState<number | null>(null);
  return (
    <>
      <PageTitle title={t("nav.promotions")}>
        <ViewSwitch view={view} onChange={setView} />
        {data !== null && (
          <May right="promotions.edit">
            <Button look="primary" onPress={() => edit(newDraft(data))}>
              {t("promotions.new")}
            </Button>
          </May>
        )}
      </PageTitle>
      <ProblemNote problem={problem} />
      {saved !== null && (
        <p className="mb-4 flex flex-wrap items-center gap-x-4 rounded-xl bg-brand-soft px-4 py-2">
          <span role="status">{t("promotions.saved")}</span>
          <OnTills key={saved} feed="promotions" seq={saved} />
        </p>
      )}
      {data !== null && (
        <ReadOnlyUnless right="promotions.edit">
          <PromotionChoiceSelect saved={data} onSaved={reload} />
        </ReadOnlyUnless>
      )}
      <Panel>
        {data?.promotions.length === 0 && (
          <Empty icon={<BadgePercent aria-hidden size={32} />}>{t("promotions.empty")}</Empty>
        )}
        {view === "calendar" && data !== null && data.promotions.length > 0 && (
          <PromotionCalendar answer={data} onEdit={(promotion) => edit(draftOf(promotion, data))} />
        )}
        {view === "list" && data !== null && data.promotions.length > 0 && (
          <PromotionTable
            answer={data}
            onEdit={(promotion) => edit(draftOf(promotion, data))}
            onRemove={removing.open}
          />
        )}
      </Panel>
      {editing !== null && data !== null && (
        <PromotionSheet
          key={editing.id}
          first={editing}
          answer={data}
          categories={categories}
          onSave={async (promotion) => {
            const answer = await returns.savePromotion(promotion);
            if (answer.ok) {
              reload();
              close();
              setSaved(answer.value.seq);
            }
            return answer;
          }}
          onClose={close}
        />
      )}
      {removing.what !== null && (
        <RemoveSheet
          promotion={removing.what}
          onDone={(seq) => {
            removing.close();
            reload();
            setSaved(seq);
          }}
          onClose={removing.close}
        />
      )}
    </>
  );
}

function ViewSwitch({
  view,
  onChange,
}: {
  readonly view: (typeof VIEWS)[number];
  readonly onChange: (view: (typeof VIEWS)[number]) => void;
}) {
  return (
    <fieldset className="flex gap-1 rounded-xl bg-sunken p-1">
      <legend className="sr-only">{t("promotions.view")}</legend>
      {VIEWS.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === view}
          onClick={() => onChange(each)}
          className={`min-h-10 rounded-lg px-4 ${each === view ? "bg-surface font-semibold" : "text-soft hover:text-ink"}`}
        >
          {t(`promotions.view.${each}`)}
        </button>
      ))}
    </fieldset>
  );
}

function newDraft({ timeZone }: PromotionsAnswer): PromotionDraft {
  const now = Date.now();
  return emptyDraft(newPromotionId(now), localTimeOf({ at: instant(now), timeZone }));
}

function PromotionTable({
  answer,
  onEdit,
  onRemove,
}: {
  readonly answer: PromotionsAnswer;
  readonly onEdit: (promotion: Promotion) => void;
  readonly onRemove: (promotion: Promotion) => void;
}) {
  const { promotions, timeZone } = answer;
  const names = namesOf(answer);
  const now = Date.now();
  const sorted = promotions.toSorted((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1));
  return (
    <Table
      label={t("nav.promotions")}
      columns={[
        { title: t("promotions.name") },
        { title: t("promotions.standing") },
        { title: t("promotions.rule") },
        { title: t("promotions.holds") },
        { title: t("promotions.priority"), align: "right" },
        { title: "" },
      ]}
    >
      {sorted.map((promotion) => {
        const standing = standingAt(promotion, now);
        return (
          <Row key={promotion.id} className="hover:bg-sunken/60">
            <Cell>
              <button
                type="button"
                onClick={() => onEdit(promotion)}
                aria-label={t("promotions.edit", { name: promotion.name })}
                className="min-h-10 min-w-40 text-left font-medium text-brand hover:underline"
              >
                {promotion.name}
              </button>
            </Cell>
            <Cell>
              <Badge tone={TONES[standing]}>{t(`promotions.standing.${standing}`)}</Badge>
            </Cell>
            <Cell className="min-w-56">{promotionText(promotion, names)}</Cell>
            <Cell className="figures whitespace-nowrap text-soft">
              {spanLines(promotion, timeZone).map((line) => (
                <p key={line}>{line}</p>
              ))}
            </Cell>
            <Cell align="right">{promotion.priority}</Cell>
            <Cell align="right">
              <May right="promotions.edit">
                <Button
                  look="quietDanger"
                  className="whitespace-nowrap"
                  aria-label={t("promotions.removeNamed", { name: promotion.name })}
                  onPress={() => onRemove(promotion)}
                >
                  {t("promotions.remove")}
                </Button>
              </May>
            </Cell>
          </Row>
        );
      })}
    </Table>
  );
}

/** From when and until when it holds, as far as that is bounded. */
function spanLines({ validFrom, validUntil }: Promotion, timeZone: string): readonly string[] {
  const clock = (at: Promotion["validFrom"]): string => localTimeOf({ at, timeZone }).replace("T", " ");
  const from = validFrom === 0 ? [] : [clock(validFrom)];
  const until = validUntil === null ? [] : [`${EN_DASH} ${clock(validUntil)}`];
  return from.length + until.length === 0 ? [t("common.none")] : [...from, ...until];
}

function RemoveSheet({
  promotion,
  onDone,
  onClose,
}: {
  readonly promotion: Promotion;
  /** With where in the feed it is taken away. */
  readonly onDone: (seq: number) => void;
  readonly onClose: () => void;
}) {
  const { returns } = useApi();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const remove = async (): Promise<void> => {
    const answer = await returns.removePromotion(promotion.id);
    if (answer.ok) onDone(answer.value.seq);
    else setProblem(answer.reason);
  };
  return (
    <Sheet
      title={t("promotions.removeNamed", { name: promotion.name })}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <ProblemNote problem={problem} />
      <p>{t("promotions.removeLead")}</p>
      <div className="mt-5 flex justify-end gap-2">
        <Button look="quiet" onPress={onClose}>
          {t("common.cancel")}
        </Button>
        <Button look="danger" onPress={() => remove()}>
          {t("promotions.remove")}
        </Button>
      </div>
    </Sheet>
  );
}
