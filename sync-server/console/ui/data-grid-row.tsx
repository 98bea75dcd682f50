// biome-ignore-all lint/a11y/useSemanticElements: a table of a hundred thousand rows of which thirty are there is none of HTML
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and says which cell is in front
import { ChevronDown, ChevronRight } from "lucide-react";
import { memo, useState } from "react";
import { SELECT_PX } from "./data-grid-head.tsx";
import type { CellEdit, GridColumn, GridRow, GridWords } from "./data-grid-parts.ts";

export const ROW_PX = 44;

export interface RowActs {
  readonly onToggle: (index: number) => void;
  readonly onSelect: (index: number, shift: boolean) => void;
  readonly onCell: (
    index: number,
    column: number,
    how: { readonly shift: boolean; readonly edit: boolean },
  ) => void;
  readonly onSaved: (index: number, column: number, value: string, next: number) => void;
  readonly onLeave: () => void;
}

interface RowProps<R> extends RowActs {
  readonly gridId: string;
  readonly index: number;
  readonly start: number;
  /** Null: a place held for it. */
  readonly of: GridRow<R> | null;
  readonly columns: readonly GridColumn<R>[];
  readonly isSelected: boolean;
  /** First and last of its cells that are marked; the cell in front; the one that is written in. -1: none. */
  readonly markedFrom: number;
  readonly markedTo: number;
  readonly active: number;
  readonly editing: number;
  /** Why a cell was not saved, by column. */
  readonly refused: Readonly<Record<string, string>> | null;
  /** Which column says what the row is. */
  readonly nameAt: number;
  readonly words: GridWords;
}

export function cellId(gridId: string, row: number, column: number): string {
  return `${gridId}-${row}-${column}`;
}

function RowOf<R>(props: RowProps<R>) {
  const { index, start, of, columns, isSelected, words } = props;
  const name = of === null ? "" : (columns[props.nameAt]?.text(of.row) ?? "");
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={of?.isSelectable === true ? isSelected : undefined}
      aria-level={of?.level ?? 1}
      aria-expanded={of?.isOpen ?? undefined}
      style={{ transform: `translateY(${start}px)`, height: ROW_PX }}
      className={`absolute top-0 left-0 flex w-max min-w-full border-line border-b ${isSelected ? "bg-brand-soft" : of?.level === 2 ? "bg-sunken/50" : "hover:bg-sunken/40"}`}
    >
      <div role="gridcell" style={{ width: SELECT_PX }} className="flex shrink-0 items-center justify-center">
        {of?.isSelectable === true && (
          <label className="flex size-10 cursor-pointer items-center justify-center">
            <input
              type="checkbox"
              tabIndex={-1}
              aria-label={words.selectRow(name)}
              checked={isSelected}
              onClick={(event) => props.onSelect(index, event.shiftKey)}
              onChange={() => undefined}
              className="size-4.5 accent-brand"
            />
          </label>
        )}
      </div>
      {columns.map((column, place) => (
        <CellOf key={column.id} {...props} column={column} place={place} name={name} />
      ))}
    </div>
  );
}

/** Drawn anew only where something of it is different: a step of scrolling draws the rows that come into sight. */
export const Row = memo(RowOf) as typeof RowOf;

function CellOf<R>({
  gridId,
  index,
  of,
  column,
  place,
  name,
  active,
  editing,
  markedFrom,
  markedTo,
  refused,
  words,
  nameAt,
  ...acts
}: RowProps<R> & { readonly column: GridColumn<R>; readonly place: number; readonly name: string }) {
  const complaint = refused?.[column.id] ?? null;
  const isMarked = place >= markedFrom && place <= markedTo;
  const Chevron = of?.isOpen === true ? ChevronDown : ChevronRight;
  const isWritten = editing === place && of !== null && column.edit !== undefined;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid itself takes the keys for the cell in front
    <div
      role="gridcell"
      id={cellId(gridId, index, place)}
      aria-readonly={column.edit === undefined ? true : undefined}
      aria-invalid={complaint !== null ? true : undefined}
      style={{ width: column.width }}
      onClick={(event) => acts.onCell(index, place, { shift: event.shiftKey, edit: false })}
      onDoubleClick={() => acts.onCell(index, place, { shift: false, edit: true })}
      className={`relative flex shrink-0 items-center px-3 outline-none ${column.align === "right" ? "figures justify-end text-right" : ""} ${isMarked ? "bg-brand-soft" : ""} ${active === place ? "shadow-[inset_0_0_0_2px_var(--color-brand)]" : complaint !== null ? "shadow-[inset_0_0_0_2px_var(--color-danger)]" : ""}`}
    >
      {of === null ? (
        <span aria-hidden className="h-3 w-2/3 rounded bg-sunken" />
      ) : isWritten && column.edit !== undefined ? (
        <Writing
          edit={column.edit}
          row={of.row}
          label={`${column.title}, ${name}`}
          onDone={(value, next) => acts.onSaved(index, place, value, next)}
          onLeave={acts.onLeave}
        />
      ) : (
        <>
          {place === nameAt && of.isOpen !== null && (
            <button
              type="button"
              tabIndex={-1}
              aria-expanded={of.isOpen}
              aria-label={words.open(name)}
              onClick={(event) => {
                event.stopPropagation();
                acts.onToggle(index);
              }}
              className="-ml-2 flex h-10 w-8 shrink-0 items-center justify-center"
            >
              <Chevron aria-hidden size={16} />
            </button>
          )}
          {place === nameAt && of.isOpen === null && (
            <span className={`shrink-0 ${of.level === 2 ? "w-10" : "w-6"}`} />
          )}
          <span className="min-w-0 truncate">{column.render(of.row)}</span>
        </>
      )}
      {complaint !== null && (
        <span
          role="alert"
          className="absolute top-full left-0 z-1 max-w-80 rounded-b-lg bg-danger-soft px-2 py-1 text-left text-[13px] text-danger shadow-lg"
        >
          {complaint}
        </span>
      )}
    </div>
  );
}

/** Enter saves, Tab saves and goes on, Escape leaves it as it was; leaving the cell saves. */
function Writing<R>({
  edit,
  row,
  label,
  onDone,
  onLeave,
}: {
  readonly edit: CellEdit<R>;
  readonly row: R;
  readonly label: string;
  readonly onDone: (value: string, next: number) => void;
  readonly onLeave: () => void;
}) {
  const before = edit.value(row) ?? "";
  const [value, setValue] = useState(before);
  const choices = edit.choices?.(row);
  const done = (text: string, next: number) =>
    text === before && next === 0 ? onLeave() : onDone(text, next);
  const shared = {
    "aria-label": label,
    autoFocus: true,
    value,
    className: "h-9 w-full min-w-0 rounded-lg border border-brand bg-surface px-2 text-ink",
    onBlur: () => done(value, 0),
    onKeyDown: (event: React.KeyboardEvent) => {
      event.stopPropagation();
      if (event.key === "Escape") onLeave();
      else if (event.key === "Enter") done(value, 0);
      else if (event.key === "Tab") {
        event.preventDefault();
        done(value, event.shiftKey ? -1 : 1);
      }
    },
  };
  if (choices === undefined)
    return (
      <input
        {...shared}
        inputMode={edit.isNumber === true ? "decimal" : undefined}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setValue(event.target.value)}
      />
    );
  return (
    <select {...shared} onChange={(event) => setValue(event.target.value)}>
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.text}
        </option>
      ))}
    </select>
  );
}
