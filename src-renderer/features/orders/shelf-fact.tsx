import { MapPin } from "lucide-react";
import { t } from "../../i18n/translate.ts";

/** Where the parcel lies, as large as it is needed: the colleague is about to walk there. */
export function ShelfFact({ shelf }: { readonly shelf: string | null }) {
  if (shelf === null || shelf === "")
    return (
      <p className="flex min-h-16 items-center justify-center gap-2 rounded-2xl border-2 border-line px-3 text-center text-ink-soft">
        <MapPin aria-hidden size={20} className="shrink-0" />
        {t("orders.noShelf")}
      </p>
    );
  return (
    <p className="flex min-h-16 min-w-0 flex-col items-center justify-center rounded-2xl border-2 border-ink px-3">
      <span className="figures max-w-full truncate font-extrabold text-2xl leading-tight">{shelf}</span>
      <span className="inline-flex items-center gap-1.5 font-semibold text-ink-soft text-sm">
        <MapPin aria-hidden size={16} className="shrink-0" />
        {t("orders.shelfWord")}
      </span>
    </p>
  );
}
