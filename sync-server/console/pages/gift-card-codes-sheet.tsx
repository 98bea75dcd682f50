import { useState } from "react";
import { giftCardCodes, MAX_CODES_PER_FILE } from "../gift-card-codes.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { TextField } from "../ui/text-field.tsx";
import { download } from "./download.ts";
import { wholeNumber } from "./typed.ts";

const USUAL_COUNT = "100";

/** Codes for the printer of cards, as a file: one a line. */
export function GiftCardCodesSheet({ onClose }: { readonly onClose: () => void }) {
  const [typed, setTyped] = useState(USUAL_COUNT);
  const count = wholeNumber(typed);
  const isCount = count !== null && count > 0 && count <= MAX_CODES_PER_FILE;
  const make = (): void => {
    if (count === null) return;
    download(new Blob([giftCardCodes(count)], { type: "text/csv" }), `gift-cards-${count}.csv`);
    onClose();
  };
  return (
    <Sheet title={t("credits.codes")} closeLabel={t("common.close")} onClose={onClose}>
      <p className="mb-4 text-soft">{t("credits.codesLead")}</p>
      <TextField label={t("credits.codesCount")} value={typed} onChange={setTyped} />
      <div className="mt-5 flex justify-end gap-2">
        <Button look="quiet" onPress={onClose}>
          {t("common.cancel")}
        </Button>
        <Button look="primary" isDisabled={!isCount} onPress={make}>
          {t("credits.codesMake")}
        </Button>
      </div>
    </Sheet>
  );
}
