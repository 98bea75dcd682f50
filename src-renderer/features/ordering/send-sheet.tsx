import { useEffect, useState } from "react";
import { BASKET_QR_PREFIX } from "#protocol/shop/basket.ts";
import { ask } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Sheet } from "../../ui/sheet.tsx";

interface Sent {
  readonly code: string;
  readonly link: string | null;
}

/** The basket goes to the customer, who finishes it online: by a code to read out, and a link where there is a shop. */
export function SendSheet({ onClose }: { readonly onClose: () => void }) {
  const [sent, setSent] = useState<Sent | null>(null);
  useEffect(() => {
    let left = false;
    void ask("sendBasket", {}).then((answer) => {
      if (left) return;
      if (answer?.ok === true) setSent(answer.value);
      else onClose();
    });
    return () => {
      left = true;
    };
  }, [onClose]);
  return (
    <Sheet title={t("send.title")} closeLabel={t("app.close")} onClose={onClose}>
      {sent === null ? (
        <p role="status" className="py-10 text-center text-ink-soft text-lg">
          {t("send.loading")}
        </p>
      ) : (
        <Code sent={sent} onClose={onClose} />
      )}
    </Sheet>
  );
}

function Code({ sent, onClose }: { readonly sent: Sent; readonly onClose: () => void }) {
  return (
    <div className="flex flex-col gap-5">
      <div role="status" className="rounded-panel bg-brand-soft p-6 text-center">
        <p className="font-semibold text-ink-soft">{t("send.code")}</p>
        <p data-testid="basket-code" className="figures select-text font-extrabold text-5xl tracking-wide">
          {sent.code}
        </p>
        <p className="figures mt-2 select-text text-ink-soft text-sm">
          {BASKET_QR_PREFIX}
          {sent.code}
        </p>
      </div>
      {sent.link === null ? null : (
        <p className="rounded-2xl border border-line p-4">
          <span className="block font-semibold text-ink-soft text-sm">{t("send.link")}</span>
          <span className="select-text break-all text-lg">{sent.link}</span>
        </p>
      )}
      <p className="text-ink-soft">{t("send.hint")}</p>
      <Button look="primary" size="huge" onClick={onClose}>
        {t("app.done")}
      </Button>
    </div>
  );
}
