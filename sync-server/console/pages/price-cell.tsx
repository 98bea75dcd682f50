import { Pencil } from "lucide-react";
import { useState } from "react";
import type { PriceListId, Sku } from "#domain/ids.ts";
import { decimalText } from "#domain/money/format.ts";
import type { Currency, Money } from "#domain/money/money.ts";
import { parseAmount } from "#domain/money/parse.ts";
import { amountText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { problemText } from "./problem-note.tsx";

/** A price that is changed where it stands: press it, type, Enter. Escape or leaving the field keeps the old one. */
export function PriceCell({
  sku,
  list,
  amount,
  currency,
  onSaved,
}: {
  readonly sku: Sku;
  readonly list: PriceListId;
  readonly amount: Money | null;
  /** Null where the variant has no price at all, so that its currency is not known here. */
  readonly currency: Currency | null;
  readonly onSaved: (words: string) => void;
}) {
  const api = useApi();
  const [typed, setTyped] = useState<string | null>(null);
  const [complaint, setComplaint] = useState<string | null>(null);

  function stop() {
    setTyped(null);
    setComplaint(null);
  }

  async function save(text: string) {
    if (currency === null) return;
    const read = parseAmount({ text: text.replace(/^(\d+),(\d{1,2})$/, "$1.$2"), currency });
    if (!read.ok || read.value.minor < 0) return setComplaint(t("catalogue.badPrice"));
    if (read.value.minor === amount?.minor) return stop();
    const answer = await api.setPrice({ sku, list, amount: read.value });
    if (!answer.ok) return setComplaint(problemText(answer.reason));
    stop();
    onSaved(t("catalogue.savedPrice", { sku, price: amountText(read.value) }));
  }

  if (typed === null) {
    if (currency === null) return t("common.none");
    return (
      <button
        type="button"
        aria-label={t("catalogue.editPrice", { sku, list })}
        onClick={() => setTyped(amount === null ? "" : decimalText(amount))}
        className="group -mx-2 inline-flex min-h-9 items-center gap-2 rounded-lg px-2 font-medium hover:bg-brand-soft"
      >
        <Pencil aria-hidden size={13} className="text-soft opacity-0 group-hover:opacity-100" />
        {amount === null ? <span className="text-soft">{t("common.none")}</span> : amountText(amount)}
      </button>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save(typed);
      }}
    >
      <input
        aria-label={t("catalogue.editPrice", { sku, list })}
        aria-invalid={complaint !== null}
        // biome-ignore lint/a11y/noAutofocus: the person just pressed this very price to change it
        autoFocus
        inputMode="decimal"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onFocus={(event) => event.target.select()}
        onKeyDown={(event) => {
          if (event.key === "Escape") stop();
        }}
        onBlur={stop}
        className="figures min-h-9 w-24 rounded-lg border border-brand bg-surface px-2 text-right"
      />
      {complaint !== null && (
        <p role="alert" className="mt-1 text-danger text-sm">
          {complaint}
        </p>
      )}
    </form>
  );
}
