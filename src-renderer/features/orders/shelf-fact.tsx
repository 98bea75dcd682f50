import { MapPin } from "lucide-react";
import { t } from "../../i18n/translate.ts";

/** Where the parcel lies, as large as it is needed: the colleague is about to walk there. */
export function ShelfFact({ shelf }: { readonly shelf: string | null }) {
  const known = shelf !== null && shelf !== "";
  return (
    <p
      className={`figures flex min-h-16 items-center justify-center gap-3 rounded-2xl border-2 px-3 text-center ${known ? "border-ink font-extrabold text-2xl xl:text-3xl" : "border-line text-ink-soft"}`}
    >
      <MapPin aria-hidden size={28} className="shrink-0" />
      <span className="truncate">{known ? t("orders.shelf", { shelf }) : t("orders.noShelf")}</span>
    </p>
  );
}
