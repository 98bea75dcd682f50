import { type ReactNode, useState } from "react";
import { useTyped } from "../../app/keyboard.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { FigurePad } from "../../ui/figure-pad.tsx";
import { Sheet } from "../../ui/sheet.tsx";

/** Asks for one figure of an article before it is rung up: typed digit by digit, on screen or keyboard. */
export function FigureSheet({
  title,
  label,
  hint,
  extra,
  type,
  shown,
  action,
  offered = null,
  onRing,
  onClose,
}: {
  readonly title: string;
  readonly label: string;
  readonly hint: string;
  /** The key left of 0. */
  readonly extra: string | null;
  /** The digits after more keys. */
  readonly type: (before: string, typed: string) => string;
  /** The figure as people read it. */
  readonly shown: (digits: string) => ReactNode;
  /** What the button says. */
  readonly action: (digits: string) => string;
  /** A figure that stands there until somebody types one. */
  readonly offered?: string | null;
  /** Answers whether it was rung up. */
  readonly onRing: (digits: string) => Promise<boolean>;
  readonly onClose: () => void;
}) {
  const [typed, setTyped] = useState("");
  const digits = typed === "" ? (offered ?? "") : typed;
  const add = (more: string): void => setTyped((before) => type(before, more));
  useTyped("over", add);
  return (
    <Sheet title={title} closeLabel={t("app.close")} onClose={onClose} width="narrow">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void onRing(digits).then((isRung) => {
            if (isRung) onClose();
          });
        }}
      >
        <p className="text-ink-soft">{hint}</p>
        <FigurePad
          label={label}
          shown={shown(digits)}
          deleteLabel={t("payment.delete")}
          extra={extra}
          onDigits={add}
          onDelete={() => setTyped((before) => before.slice(0, -1))}
        />
        <Button type="submit" look="primary" size="huge" disabled={digits === ""}>
          {action(digits)}
        </Button>
      </form>
    </Sheet>
  );
}
