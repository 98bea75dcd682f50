import { Search, X } from "lucide-react";
import type { RefObject } from "react";

/** The search at the top of a screen: finds as one types, and is emptied by a press. `label` and `clearLabel` are for whoever cannot see it. */
export function SearchField({
  field,
  label,
  hint,
  clearLabel,
  text,
  onText,
  onClear = () => onText(""),
  onEnter,
}: {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly label: string;
  readonly hint: string;
  readonly clearLabel: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onClear?: () => void;
  readonly onEnter?: () => void;
}) {
  return (
    <search className="relative tight:order-1 tight:basis-full min-w-28 flex-1">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 start-4 -translate-y-1/2 text-on-deep-soft"
        size={22}
      />
      <input
        ref={field}
        type="search"
        aria-label={label}
        placeholder={hint}
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") onEnter?.();
        }}
        className={`min-h-12 w-full select-text truncate rounded-2xl border border-deep-line bg-deep-raised ps-12 text-lg text-on-deep placeholder:text-on-deep-soft [&::-webkit-search-cancel-button]:hidden ${text === "" ? "pe-3" : "pe-14"}`}
      />
      {text === "" ? null : (
        <button
          type="button"
          aria-label={clearLabel}
          onClick={onClear}
          className="press absolute top-0 end-0 grid size-12 place-items-center rounded-2xl text-on-deep hover:bg-deep-line"
        >
          <X aria-hidden />
        </button>
      )}
    </search>
  );
}
