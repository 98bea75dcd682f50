import { X } from "lucide-react";
import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { Button } from "./button.tsx";

const WIDTHS = {
  narrow: "[--sheet:460px]",
  normal: "[--sheet:540px]",
  wide: "[--sheet:920px]",
} as const;

/**
 * A modal sheet on the native dialog: traps the focus, closes by Escape, its button, or a press beside it; Enter sends its form. It begins below the bar, where
 * notices lie, unless the screen is too low for that.
 */
export function Sheet({
  title,
  closeLabel,
  onClose,
  children,
  footer = null,
  width = "normal",
}: {
  readonly title: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Stays in sight below what scrolls. */
  readonly footer?: ReactNode;
  readonly width?: keyof typeof WIDTHS;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Before the page is painted and, above all, before the sheet is taken from it: only then does closing give the focus back to where it was.
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // The first field that asks for it, else the sheet itself: never the button that closes it.
    (shown?.querySelector<HTMLElement>("[data-first-focus]") ?? shown)?.focus();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      tabIndex={-1}
      className={`rise [--sheet-height:max(var(--view-height)_-_10rem,min(var(--view-height)_*_0.94,38.5rem))] outline-none max-h-(--sheet-height) w-[min(94vw,var(--sheet))] overflow-hidden rounded-panel bg-surface p-0 text-ink shadow-sheet ${WIDTHS[width]}`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => {
        // No field has it: Enter means what the sheet's one form is for.
        if (event.key === "Enter" && event.target === dialog.current)
          dialog.current.querySelector<HTMLButtonElement>("form [type=submit]:not(:disabled)")?.click();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className="flex max-h-(--sheet-height) flex-col">
        <header className="flex items-center justify-between gap-4 py-3 pe-3 ps-6">
          <h2 id={titleId} className="line-clamp-2 font-bold text-xl leading-tight">
            {title}
          </h2>
          <Button look="quiet" aria-label={closeLabel} icon={<X aria-hidden />} onClick={onClose} />
        </header>
        {/* Above a footer there may be nothing to focus, yet a keyboard must be able to scroll. */}
        <div
          tabIndex={footer === null ? undefined : 0}
          className="thin-scroll min-h-0 overflow-y-auto px-6 pt-1 pb-6"
        >
          {children}
        </div>
        {footer === null ? null : <div className="border-line border-t px-6 py-4">{footer}</div>}
      </div>
    </dialog>
  );
}
