import { Copy } from "lucide-react";
import { useState } from "react";
import { pairingText } from "#protocol/codes/pairing-text.ts";
import { QUIET_MODULES, qrPath } from "#protocol/codes/qr-path.ts";
import type { PairAnswer } from "#protocol/hq/console.ts";
import { timeText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Complaint, useSaving } from "./save-row.tsx";
import { StoreSelect } from "./store-select.tsx";

/** Makes a code for a new till of a store, to be scanned or typed there. */
export function PairSheet({
  store: begin,
  onClose,
}: {
  /** Null: it is chosen here. */
  readonly store: string | null;
  readonly onClose: () => void;
}) {
  const api = useApi();
  const [store, setStore] = useState(begin);
  const [code, setCode] = useState<PairAnswer | null>(null);
  const saving = useSaving();

  function make(): void {
    if (store === null) return;
    saving.save(async () => {
      const answer = await api.pairingCode(store);
      if (answer.ok) setCode(answer.value);
      return answer;
    });
  }

  return (
    <Sheet
      title={code === null ? t("tills.pair") : t("tills.codeFor", { store: code.storeName })}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <Complaint saving={saving} />
      {code === null ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            make();
          }}
          className="flex flex-wrap items-center gap-3"
        >
          <StoreSelect
            value={store}
            none={t("tills.pair.store")}
            label={t("tills.pair.store")}
            onChange={setStore}
          />
          <Button type="submit" look="primary" isDisabled={saving.state === "busy" || store === null}>
            {t("tills.pair.make")}
          </Button>
        </form>
      ) : (
        <PairingCode made={code} lead={t("tills.pair.scan")} />
      )}
    </Sheet>
  );
}

/** A pairing code as a machine reads it and as people do. */
export function PairingCode({ made, lead }: { readonly made: PairAnswer; readonly lead: string }) {
  const server = window.location.origin;
  const text = pairingText({ server, code: made.code });
  const { size, path } = qrPath(text);
  const edge = size + 2 * QUIET_MODULES;
  const [isCopied, setCopied] = useState(false);
  return (
    <div className="space-y-4">
      <p className="text-soft">{lead}</p>
      <div className="flex flex-wrap items-center gap-6">
        <svg
          role="img"
          aria-label={t("tills.pair.qr")}
          viewBox={`${-QUIET_MODULES} ${-QUIET_MODULES} ${edge} ${edge}`}
          className="size-48 shrink-0 rounded-xl bg-white"
        >
          <path d={path} fillRule="evenodd" fill="#000" />
        </svg>
        <dl className="min-w-0 space-y-4">
          <div>
            <dt className="text-soft text-sm">{t("tills.pair.server")}</dt>
            <dd className="select-all break-all font-mono">{server}</dd>
          </div>
          <div>
            <dt className="text-soft text-sm">{t("tills.pair.code")}</dt>
            <dd className="figures select-all font-bold font-mono text-4xl text-brand-strong tracking-widest">
              {made.code}
            </dd>
          </div>
        </dl>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-soft">{t("tills.codeUntil", { time: timeText(made.expiresAt) })}</p>
        <Button
          onPress={() => navigator.clipboard.writeText(text).then(() => setCopied(true))}
          aria-live="polite"
        >
          <Copy aria-hidden size={17} />
          {isCopied ? t("tills.pair.copied") : t("tills.pair.copy")}
        </Button>
      </div>
    </div>
  );
}
