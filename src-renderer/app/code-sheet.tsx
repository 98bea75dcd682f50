import { type ComponentProps, type FormEvent, useState } from "react";
import { t } from "../i18n/translate.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { useScans, useTyped } from "./keyboard.ts";

const MAX_CODE_CHARS = 200;

/** Asks for a code that the customer brought: scanned, or typed. */
export function CodeSheet({
  title,
  label,
  hint,
  confirm,
  autoCapitalize,
  onCode,
  onClose,
}: {
  readonly title: string;
  readonly label: string;
  readonly hint: string;
  readonly confirm: string;
  readonly autoCapitalize?: ComponentProps<"input">["autoCapitalize"];
  readonly onCode: (code: string) => void;
  readonly onClose: () => void;
}) {
  const [code, setCode] = useState("");
  useScans("over", onCode);
  useTyped("over", (text) => setCode((before) => before + text));
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (code.trim() !== "") onCode(code);
  }
  return (
    <Sheet title={title} closeLabel={t("app.close")} onClose={onClose} width="narrow">
      <form onSubmit={submit} className="flex flex-col gap-5">
        <Field
          label={label}
          hint={hint}
          data-first-focus
          autoComplete="off"
          autoCapitalize={autoCapitalize}
          spellCheck={false}
          maxLength={MAX_CODE_CHARS}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
        <Button type="submit" look="primary" size="huge" disabled={code.trim() === ""}>
          {confirm}
        </Button>
      </form>
    </Sheet>
  );
}
