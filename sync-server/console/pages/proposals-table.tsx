import type { Proposal } from "#protocol/hq/replenish.ts";
import { numberText } from "../format.ts";
import { t } from "../translate.ts";
import { Check } from "../ui/check.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { addressOf } from "../use-route.ts";
import { piecesTyped } from "./delivery-lines.ts";
import { nameOf } from "./levels-table.tsx";
import { piecesText, type RuleDraft, type TypedPieces } from "./replenish-draft.ts";

const LINK = "inline-flex min-h-10 items-center text-brand hover:underline";
const right = { align: "right" as const };

/** Proposals with the figures that explain them; some are taken, and other pieces typed than are proposed. */
export function ProposalsTable({
  store,
  proposals,
  chosen,
  typed,
  mayOrder,
  onChoose,
  onType,
  onRule,
}: {
  readonly store: string;
  readonly proposals: readonly Proposal[];
  readonly chosen: ReadonlySet<string>;
  readonly typed: TypedPieces;
  readonly mayOrder: boolean;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
  readonly onType: (typed: TypedPieces) => void;
  readonly onRule: (rule: Partial<RuleDraft>) => void;
}) {
  const all = proposals.map(({ variant }) => variant);
  const choose = (variants: readonly string[], isTaken: boolean) => {
    const rest = [...chosen].filter((each) => !variants.includes(each));
    onChoose(new Set(isTaken ? [...rest, ...variants] : rest));
  };
  return (
    <>
      {mayOrder && (
        <div className="border-line border-b px-5 py-1">
          <Check
            label={t("replenish.takeAll")}
            checked={all.every((variant) => chosen.has(variant))}
            onChange={(isTaken) => choose(all, isTaken)}
          />
        </div>
      )}
      <Table
        label={t("replenish.title")}
        columns={[
          { title: t("replenish.article") },
          { title: t("replenish.free"), ...right },
          { title: t("replenish.incoming"), ...right },
          { title: t("replenish.sold"), ...right },
          { title: t("replenish.point"), ...right },
          { title: t("replenish.target"), ...right },
          { title: t("replenish.proposed"), ...right },
          { title: t("replenish.spare") },
        ]}
      >
        {proposals.map((proposal) => (
          <Row key={proposal.variant}>
            <Cell>
              <Article
                proposal={proposal}
                isTaken={chosen.has(proposal.variant)}
                onTake={mayOrder ? (isTaken) => choose([proposal.variant], isTaken) : null}
              />
            </Cell>
            <Figures store={store} proposal={proposal} onRule={mayOrder ? onRule : null} />
            <Cell align="right">
              {mayOrder ? (
                <PiecesField
                  proposal={proposal}
                  text={piecesText(proposal, typed)}
                  onType={(text) => {
                    onType(new Map(typed).set(proposal.variant, text));
                    choose([proposal.variant], true);
                  }}
                />
              ) : (
                numberText(proposal.proposed)
              )}
            </Cell>
            <Cell className="text-soft">
              {proposal.spare.map((each) => `${each.store}: ${numberText(each.pieces)}`).join(" · ") ||
                t("common.none")}
            </Cell>
          </Row>
        ))}
      </Table>
    </>
  );
}

function Article({
  proposal,
  isTaken,
  onTake,
}: {
  readonly proposal: Proposal;
  readonly isTaken: boolean;
  readonly onTake: ((isTaken: boolean) => void) | null;
}) {
  return (
    <span className="flex items-center gap-3">
      {onTake !== null && (
        <label className="flex min-h-10 min-w-10 cursor-pointer items-center justify-center">
          <input
            type="checkbox"
            aria-label={t("replenish.take", { article: nameOf(proposal) })}
            checked={isTaken}
            onChange={(event) => onTake(event.target.checked)}
            className="size-5 accent-brand"
          />
        </label>
      )}
      <span>
        <span className="block font-medium">{nameOf(proposal)}</span>
        <span className="block text-soft text-sm">
          {[proposal.sku, proposal.category].filter((text) => text !== "").join(" · ")}
        </span>
      </span>
    </span>
  );
}

/** Each figure leads to what it is made of. */
function Figures({
  store,
  proposal,
  onRule,
}: {
  readonly store: string;
  readonly proposal: Proposal;
  readonly onRule: ((rule: Partial<RuleDraft>) => void) | null;
}) {
  const { sku, variant, free, onHand, reserved, safetyStock, incoming, reorderPoint, target, pack } =
    proposal;
  const why = t("replenish.freeWhy", {
    onHand: numberText(onHand),
    reserved: numberText(reserved),
    safety: numberText(safetyStock),
  });
  const edit = () =>
    onRule?.({
      kind: "article",
      sku,
      store,
      reorderPoint: String(reorderPoint),
      target: String(target),
      pack: String(pack),
    });
  return (
    <>
      <Cell align="right">
        <a href={addressOf("reservations", { sku, store })} className={LINK} title={why}>
          {numberText(free)}
          <span className="sr-only">, {why}</span>
        </a>
      </Cell>
      <Cell align="right">
        <a href={addressOf("deliveries", { store, search: sku })} className={LINK}>
          {numberText(incoming)}
        </a>
      </Cell>
      <Cell align="right">
        <a href={addressOf("stock", { level: `${store} ${variant}` })} className={LINK}>
          {numberText(proposal.soldPerWeek)}
        </a>
      </Cell>
      <Cell align="right">{numberText(reorderPoint)}</Cell>
      <Cell align="right" className="whitespace-nowrap">
        {onRule === null ? (
          numberText(target)
        ) : (
          <button
            type="button"
            onClick={edit}
            aria-label={t("replenish.editRule", { article: nameOf(proposal) })}
            className="min-h-10 min-w-10 rounded-lg px-2 text-brand hover:underline"
          >
            {numberText(target)}
          </button>
        )}
        {pack > 1 && (
          <span className="block text-soft text-sm">{t("replenish.packs", { count: numberText(pack) })}</span>
        )}
      </Cell>
    </>
  );
}

function PiecesField({
  proposal,
  text,
  onType,
}: {
  readonly proposal: Proposal;
  readonly text: string;
  readonly onType: (text: string) => void;
}) {
  return (
    <input
      inputMode="numeric"
      aria-label={t("replenish.pieces", { article: nameOf(proposal) })}
      aria-invalid={piecesTyped(text) === null ? true : undefined}
      value={text}
      onChange={(event) => onType(event.target.value)}
      className="figures min-h-10 w-20 rounded-xl border border-line bg-surface px-3 text-right aria-invalid:border-danger"
    />
  );
}
