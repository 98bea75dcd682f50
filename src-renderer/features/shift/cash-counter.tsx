import { Minus, Plus } from "lucide-react";
import type { KeyboardEvent } from "react";
import { type Currency, money } from "#domain/money/money.ts";
import { moneyText } from "../../app/format.ts";
import { t } from "../../i18n/translate.ts";
import { type Pieces, piecesOf, stepPieces, typePieces } from "./pieces.ts";

const COLUMNS = 2;

/** Notes and coins, counted piece by piece: typed, or stepped by touch. Enter goes to the next face, and from the last one sends the form. */
export function CashCounter({
  denominations,
  currency,
  pieces,
  onPieces,
}: {
  readonly denominations: readonly number[];
  readonly currency: Currency;
  readonly pieces: Pieces;
  readonly onPieces: (pieces: Pieces) => void;
}) {
  return (
    <div className="@container">
      <fieldset
        aria-label={t("shift.count.list")}
        className="grid grid-flow-col grid-cols-2 gap-x-4 gap-y-1 border-0 p-0"
        style={{ gridTemplateRows: `repeat(${Math.ceil(denominations.length / COLUMNS)}, minmax(0, auto))` }}
      >
        {denominations.map((face, place) => (
          <Face
            key={face}
            words={moneyText(money(face, currency))}
            typed={pieces[face] ?? ""}
            sum={moneyText(money(face * piecesOf(pieces, face), currency))}
            isFirst={place === 0}
            onTyped={(digits) => onPieces(typePieces(pieces, face, digits))}
            onStep={(by) => onPieces(stepPieces(pieces, face, by))}
          />
        ))}
      </fieldset>
    </div>
  );
}

function Face({
  words,
  typed,
  sum,
  isFirst,
  onTyped,
  onStep,
}: {
  readonly words: string;
  readonly typed: string;
  readonly sum: string;
  readonly isFirst: boolean;
  readonly onTyped: (digits: string) => void;
  readonly onStep: (by: 1 | -1) => void;
}) {
  const step =
    "press grid size-12 shrink-0 place-items-center rounded-xl border border-line bg-surface hover:bg-sunken";
  return (
    <div className="flex items-center gap-1.5">
      <span className="figures w-26 shrink-0 whitespace-nowrap text-end font-semibold">{words}</span>
      <button
        type="button"
        tabIndex={-1}
        aria-label={t("shift.count.less", { face: words })}
        className={step}
        onClick={() => onStep(-1)}
      >
        <Minus aria-hidden size={20} />
      </button>
      <input
        inputMode="numeric"
        autoComplete="off"
        placeholder="0"
        aria-label={t("shift.count.pieces", { face: words })}
        data-first-focus={isFirst ? "" : undefined}
        value={typed}
        onChange={(event) => onTyped(event.target.value)}
        onFocus={(event) => event.target.select()}
        onKeyDown={toNext}
        className="figures min-h-12 w-14 min-w-0 select-text rounded-xl border border-edge bg-surface px-2 text-center font-semibold text-lg placeholder:text-ink-soft"
      />
      <button
        type="button"
        tabIndex={-1}
        aria-label={t("shift.count.more", { face: words })}
        className={step}
        onClick={() => onStep(1)}
      >
        <Plus aria-hidden size={20} />
      </button>
      <span className="figures hidden min-w-0 flex-1 truncate text-end text-ink-soft text-sm @min-[44rem]:block">
        {typed === "" ? "" : sum}
      </span>
    </div>
  );
}

function toNext(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key !== "Enter") return;
  const fields = [...(event.currentTarget.form?.querySelectorAll<HTMLInputElement>("fieldset input") ?? [])];
  const next = fields[fields.indexOf(event.currentTarget) + 1];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
