import { useState } from "react";
import type { TicketId } from "#domain/ids.ts";
import type { TicketRow } from "#protocol/hq/console.ts";
import type { ApiProblem } from "../ask.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { download } from "./download.ts";
import { ProblemNote } from "./problem-note.tsx";

/** A ticket's receipt, and its invoice where one was issued, as files to keep. */
export function TicketFiles({
  ticket,
  number,
}: Pick<TicketRow["ticket"], "number"> & { readonly ticket: TicketId }) {
  const api = useApi();
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  async function save(document: "receipt" | "invoice"): Promise<void> {
    const answer = await api.ticketPdf(ticket, document);
    setProblem(answer.ok ? null : answer.reason);
    if (answer.ok) download(answer.value, `${document}-${number}.pdf`);
  }

  return (
    <>
      <ProblemNote problem={problem} />
      <div className="mt-5 flex gap-3">
        <Button onPress={() => save("receipt")}>{t("tickets.receiptPdf")}</Button>
        <Button onPress={() => save("invoice")}>{t("tickets.invoicePdf")}</Button>
      </div>
    </>
  );
}
