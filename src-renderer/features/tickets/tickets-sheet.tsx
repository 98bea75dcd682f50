import { CloudCheck, CloudUpload } from "lucide-react";
import { useEffect, useState } from "react";
import type { TicketId } from "#domain/ids.ts";
import type { TicketSummary } from "#protocol/till/receipt.ts";
import { moneyText, timeText } from "../../app/format.ts";
import { client, useTill } from "../../app/till.ts";
import { apart, t, tCount } from "../../i18n/translate.ts";
import { Sheet } from "../../ui/sheet.tsx";

const LATEST = 50;

/** What this till sold last; pressing one shows its receipt. */
export function TicketsSheet({
  onOpen,
  onClose,
}: {
  readonly onOpen: (ticket: TicketId) => void;
  readonly onClose: () => void;
}) {
  const unsent = useTill((till) => till.sync?.unsent);
  const [tickets, setTickets] = useState<readonly TicketSummary[] | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is sent shows in the list, so it is read again when that changes
  useEffect(() => {
    let stale = false;
    client.call("recentTickets", { limit: LATEST }).then(
      (latest) => {
        if (!stale) setTickets(latest);
      },
      () => undefined,
    );
    return () => {
      stale = true;
    };
  }, [unsent]);
  return (
    <Sheet title={t("tickets.title")} closeLabel={t("app.close")} onClose={onClose} width="wide">
      {tickets?.length === 0 ? <p className="text-ink-soft text-lg">{t("tickets.none")}</p> : null}
      <ul className="flex flex-col gap-2">
        {tickets?.map((ticket) => (
          <li key={ticket.id}>
            <button
              type="button"
              onClick={() => onOpen(ticket.id)}
              className="press grid min-h-16 w-full grid-cols-[1fr_11.5rem_7rem] items-center gap-4 rounded-xl border border-line bg-paper px-4 text-start hover:border-brand"
            >
              <span>
                <span className="figures block font-semibold">{ticket.number}</span>
                <span className="block text-ink-soft text-sm">
                  {[timeText(ticket.completedAt), ticket.staffName, tCount("basket.pieces", ticket.pieces)]
                    .map(apart)
                    .join(" · ")}
                </span>
              </span>
              <span
                className={`inline-flex items-center gap-1.5 text-sm ${ticket.sent ? "text-ink-soft" : "font-semibold text-warn"}`}
              >
                {ticket.sent ? <CloudCheck aria-hidden size={18} /> : <CloudUpload aria-hidden size={18} />}
                {t(ticket.sent ? "tickets.sent" : "tickets.unsent")}
              </span>
              <span className="figures text-end font-bold text-lg">{moneyText(ticket.total)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
