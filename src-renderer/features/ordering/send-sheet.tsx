import { lazy, Suspense, useEffect, useState } from "react";
import { BASKET_QR_PREFIX } from "#domain/scan/tell-apart.ts";
import { ask } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Sheet } from "../../ui/sheet.tsx";

// The encoder is a quarter of all the code a till has: it is loaded by the few who send a basket.
const QrCode = lazy(async () => ({ default: (await import("../../ui/qr-code.tsx")).QrCode }));

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
      <div role="status" className="flex items-center gap-6 rounded-panel bg-brand-soft p-5">
        <div className="size-48 shrink-0 overflow-hidden rounded-2xl bg-white">
          <Suspense>
            <QrCode
              text={sent.link ?? `${BASKET_QR_PREFIX}${sent.code}`}
              label={t(sent.link === null ? "send.qrForTills" : "send.qr")}
              className="size-full"
            />
          </Suspense>
        </div>
        <div className="min-w-0">
          <p className="font-semibold text-ink-soft">{t("send.code")}</p>
          <p
            data-testid="basket-code"
            className="figures select-text whitespace-nowrap font-extrabold text-3xl tracking-wide xl:text-4xl"
          >
            {sent.code}
          </p>
          <p className="mt-3 text-ink-soft leading-snug">
            {t(sent.link === null ? "send.scanAtTill" : "send.scan")}
          </p>
        </div>
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
