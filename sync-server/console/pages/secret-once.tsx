import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/sheet.tsx";

/** A secret that is shown this once, to be copied. */
export function SecretOnce({
  title,
  lead,
  secret,
  onClose,
}: {
  readonly title: string;
  readonly lead: string;
  readonly secret: string;
  readonly onClose: () => void;
}) {
  const [isCopied, setCopied] = useState(false);
  return (
    <Sheet title={title} closeLabel={t("common.close")} isHeld onClose={onClose}>
      <p className="text-warn">{lead}</p>
      <p className="figures mt-4 select-all break-all rounded-xl bg-sunken px-4 py-3">{secret}</p>
      <div className="mt-5 flex justify-end gap-3">
        <Button
          look="primary"
          onPress={() => navigator.clipboard.writeText(secret).then(() => setCopied(true))}
        >
          {isCopied ? <Check aria-hidden size={18} /> : <Copy aria-hidden size={18} />}
          <span aria-live="polite">{t(isCopied ? "apiKeys.copied" : "apiKeys.copy")}</span>
        </Button>
        <Button onPress={onClose}>{t("common.close")}</Button>
      </div>
    </Sheet>
  );
}
