import { Copy } from "lucide-react";
import { useState } from "react";
import type { InvitedAnswer } from "#protocol/hq/access.ts";
import { dateTimeText } from "../format.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/text-field.tsx";

/** A one-time link, to be handed over by whoever made it. */
export function LinkCard({
  made: { user, link, expiresAt },
}: {
  readonly made: Pick<InvitedAnswer, "user" | "expiresAt"> & { readonly link: string };
}) {
  const [isCopied, setCopied] = useState(false);
  const address = new URL(link, window.location.origin).href;
  return (
    <section
      aria-label={t("users.link", { name: user.name })}
      className="space-y-3 rounded-2xl bg-brand-soft p-4"
    >
      <p className="text-brand-strong">
        {t("users.link.lead", { until: expiresAt === null ? "" : dateTimeText(expiresAt) })}
      </p>
      <TextField
        label={t("users.link.label")}
        isReadOnly
        hasFocus
        value={address}
        onChange={() => undefined}
      />
      <div className="flex items-center gap-3">
        <Button onPress={() => navigator.clipboard.writeText(address).then(() => setCopied(true))}>
          <Copy aria-hidden size={18} />
          {t("users.link.copy")}
        </Button>
        <p role="status" className="text-brand-strong">
          {isCopied ? t("users.link.copied") : ""}
        </p>
      </div>
    </section>
  );
}
