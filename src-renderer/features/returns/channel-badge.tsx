import { Globe, Store } from "lucide-react";
import { t } from "../../i18n/translate.ts";

const TILL = "till";

/** Where it was bought: at a till, or in which web shop. */
export function ChannelBadge({ channel }: { readonly channel: string }) {
  const isTill = channel === TILL;
  const Icon = isTill ? Store : Globe;
  return (
    <span
      className={`inline-flex shrink-0 items-center gap-1 rounded-lg px-2 py-0.5 font-semibold text-sm ${isTill ? "bg-sunken text-ink" : "bg-brand-soft text-ink"}`}
    >
      <Icon aria-hidden size={15} />
      {isTill ? t("returns.find.till") : channel}
    </span>
  );
}
