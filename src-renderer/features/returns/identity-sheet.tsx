import { useState } from "react";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Field } from "../../ui/field.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { noteIdentity } from "./return-acts.ts";
import { leave } from "./return-override-sheet.tsx";

const DOCUMENTS = ["returns.identity.card", "returns.identity.passport", "returns.identity.licence"] as const;
/** Enough to know a document again, too little to do harm with. */
const NOTED_CHARS = 4;

/** Notes which identity document was looked at. */
export function IdentitySheet({ onClose }: { readonly onClose: () => void }) {
  const [kind, setKind] = useState<(typeof DOCUMENTS)[number]>(DOCUMENTS[0]);
  const [number, setNumber] = useState("");
  const isEnough = number.trim().length === NOTED_CHARS;
  async function note(): Promise<void> {
    if (!isEnough) return;
    if (await noteIdentity(`${t(kind)} … ${number.trim().toUpperCase()}`)) leave(onClose);
  }
  return (
    <Sheet title={t("returns.identity.title")} closeLabel={t("app.close")} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void note();
        }}
      >
        <p>{t("returns.identity.what")}</p>
        <fieldset aria-label={t("returns.identity.kind")} className="grid grid-cols-3 gap-2 border-0 p-0">
          {DOCUMENTS.map((each) => (
            <Chip key={each} words={t(each)} chosen={each === kind} onChoose={() => setKind(each)} />
          ))}
        </fieldset>
        <Field
          data-first-focus
          label={t("returns.identity.number")}
          autoComplete="off"
          spellCheck={false}
          maxLength={NOTED_CHARS}
          value={number}
          onChange={(event) => setNumber(event.target.value)}
        />
        <Button type="submit" look="primary" size="huge" disabled={!isEnough}>
          {t("returns.identity.confirm")}
        </Button>
      </form>
    </Sheet>
  );
}
