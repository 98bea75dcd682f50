import { CodeSheet } from "../../app/code-sheet.tsx";
import { t } from "../../i18n/translate.ts";
import { fetchBasket } from "./shared-basket.ts";

/** A basket that the customer began online: scanned, or typed. */
export function FetchSheet({ onClose }: { readonly onClose: () => void }) {
  return (
    <CodeSheet
      title={t("fetch.title")}
      label={t("fetch.code")}
      hint={t("fetch.hint")}
      confirm={t("fetch.confirm")}
      onCode={(code) => void fetchBasket(code)}
      onClose={onClose}
    />
  );
}
