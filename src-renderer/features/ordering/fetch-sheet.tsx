import { type FormEvent, useState } from "react";
import { useScans, useTyped } from "../../app/keyboard.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { fetchBasket } from "./shared-basket.ts";

const MAX_CODE_CHARS = 200;

/** A basket that the customer began online: scanned, or typed. */
export function FetchSheet({ onClose }: { readonly onClose: () => void }) {
  const [code, setCode] = useState("");
  useScans("over", (scanned) => void fetchBasket(scanned));
  useTyped("over", (text) => setCode((before) => before + text));
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (code.trim() !== "") void fetchBasket(code);
  }
  return (
    <Sheet title={t("fetch.title")} closeLabel={t("app.close")} onClose={onClose} width="narrow">
      <form onSubmit={submit} className="flex flex-col gap-5">
        <Field
          label={t("fetch.code")}
          hint={t("fetch.hint")}
          data-first-focus
          autoComplete="off"
          spellCheck={false}
          maxLength={MAX_CODE_CHARS}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
        <Button type="submit" look="primary" size="huge" disabled={code.trim() === ""}>
          {t("fetch.confirm")}
        </Button>
      </form>
    </Sheet>
  );
}
