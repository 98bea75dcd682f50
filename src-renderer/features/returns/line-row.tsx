import { CircleAlert, Minus, PackageOpen, Plus } from "lucide-react";
import type { ReactNode } from "react";
import { variantLabel } from "#domain/product/variant-label.ts";
import type { ObstacleView } from "#protocol/till/returns.ts";
import { minusText, type moneyText, pictureAddress } from "../../app/format.ts";
import { t } from "../../i18n/translate.ts";
import { obstacleWords } from "./obstacle-words.ts";

export interface LineFacts {
  readonly name: string;
  readonly options: readonly string[];
  readonly image: string | null;
  /** What there is to say besides the name, in one line. */
  readonly facts: ReactNode;
  readonly pieces: number;
  /** What is given back for the pieces, in words; null while none comes back. */
  readonly refund: string | null;
  readonly obstacles: readonly ObstacleView[];
}

/**
 * One article that may come back: a press takes a piece, with plus and minus beside it. One that is chosen and not in front comes there
 * first, so that more can be said of it.
 */
export function LineRow({
  line,
  isInFront,
  mayMore,
  onTake,
  onLess,
  onPutInFront,
}: {
  readonly line: LineFacts;
  readonly isInFront: boolean;
  readonly mayMore: boolean;
  readonly onTake: () => void;
  readonly onLess: () => void;
  readonly onPutInFront: () => void;
}) {
  const { name, pieces } = line;
  const isChosen = pieces > 0;
  return (
    <li
      className={`rounded-2xl border ${isInFront && isChosen ? "border-brand bg-brand-soft" : isChosen ? "border-brand bg-surface" : "border-line bg-surface"}`}
    >
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-1 pe-1">
        <button
          type="button"
          disabled={!mayMore && !isChosen}
          aria-label={t(isChosen && !isInFront ? "returns.line.say" : "returns.line.take", { name })}
          onClick={() => (isChosen && !isInFront ? onPutInFront() : onTake())}
          className="grid min-h-16 w-full grid-cols-[3rem_minmax(0,1fr)_auto] items-center gap-3 rounded-2xl py-1.5 ps-2 text-start enabled:hover:bg-sunken disabled:opacity-55"
        >
          <Facts line={line} />
        </button>
        <div className="grid grid-cols-[3rem_2rem_3rem] items-center">
          <Step
            label={t("returns.line.less", { name })}
            icon={<Minus aria-hidden size={20} />}
            disabled={!isChosen}
            onStep={onLess}
          />
          <span
            role="status"
            aria-label={t("returns.line.chosen", { name, count: pieces })}
            className={`figures text-center font-extrabold text-xl ${isChosen ? "" : "text-ink-soft"}`}
          >
            {pieces}
          </span>
          <Step
            label={t("returns.line.more", { name })}
            icon={<Plus aria-hidden size={20} />}
            disabled={!mayMore}
            onStep={onTake}
          />
        </div>
      </div>
      {line.obstacles.map((obstacle) => (
        <p
          key={obstacle.why}
          className="mx-2 mb-2 flex items-start gap-2 rounded-xl bg-warn-soft px-3 py-1.5 font-semibold text-sm text-warn leading-snug"
        >
          <CircleAlert aria-hidden size={18} className="mt-px shrink-0" />
          {obstacleWords(obstacle)}
        </p>
      ))}
    </li>
  );
}

function Facts({ line }: { readonly line: LineFacts }) {
  const options = variantLabel(line.options);
  return (
    <>
      <span className="grid size-12 place-items-center overflow-hidden rounded-xl bg-sunken">
        {line.image === null ? (
          <PackageOpen aria-hidden size={20} className="text-ink-soft" />
        ) : (
          <img src={pictureAddress(line.image)} alt="" className="size-full object-cover" />
        )}
      </span>
      <span className="min-w-0">
        <bdi className="line-clamp-2 font-semibold leading-tight">
          {line.name}
          {options === "" ? null : <span className="font-normal text-ink-soft"> · {options}</span>}
        </bdi>
        <span className="figures line-clamp-2 text-ink-soft text-sm leading-tight">{line.facts}</span>
      </span>
      <span className="figures pe-1 font-bold text-lg">{line.refund ?? ""}</span>
    </>
  );
}

function Step({
  label,
  icon,
  disabled,
  onStep,
}: {
  readonly label: string;
  readonly icon: ReactNode;
  readonly disabled: boolean;
  readonly onStep: () => void;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      disabled={disabled}
      onClick={onStep}
      className="press grid size-12 place-items-center rounded-xl enabled:hover:bg-sunken disabled:opacity-30"
    >
      {icon}
    </button>
  );
}

/** Amounts given back, as a row shows them; null where nothing is. */
export function refundText(refund: Parameters<typeof moneyText>[0] | undefined): string | null {
  return refund === undefined ? null : minusText(refund);
}
