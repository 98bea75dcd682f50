import { Store } from "lucide-react";
import { type FormEvent, useState } from "react";
import { client } from "../../app/till.ts";
import { isKey, t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";

/** What a till that was never online shows: what to do, once, in plain words. */
export function PairingScreen() {
  const [server, setServer] = useState("http://127.0.0.1:8787");
  const [code, setCode] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function pair(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!/^https?:\/\//.test(server) || !URL.canParse(server))
      return setProblem(t("pairing.refused.badAddress"));
    setBusy(true);
    setProblem(null);
    try {
      const answer = await client.call("pair", { server, code });
      const key = answer.ok ? "" : `pairing.refused.${answer.reason}`;
      if (isKey(key)) setProblem(t(key));
    } catch {
      setProblem(t("refused.internal"));
    } finally {
      setBusy(false);
    }
  }

  return (
    <main className="grid h-full place-items-center p-6">
      <form
        onSubmit={pair}
        className="rise flex w-full max-w-xl flex-col gap-6 rounded-panel bg-surface p-10 shadow-tile"
      >
        <span className="grid size-16 place-items-center rounded-2xl bg-brand text-on-brand">
          <Store aria-hidden size={32} />
        </span>
        <div className="flex flex-col gap-2">
          <h1 className="font-bold text-3xl">{t("pairing.title")}</h1>
          <p className="text-ink-soft text-lg">{t("pairing.intro")}</p>
        </div>
        <Field
          label={t("pairing.server")}
          value={server}
          onChange={(event) => setServer(event.target.value.trim())}
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
        />
        <Field
          label={t("pairing.code")}
          hint={t("pairing.codeHint")}
          value={code}
          onChange={(event) => setCode(event.target.value.toUpperCase())}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          placeholder="ABCD-EFGH"
        />
        <p role="alert" className="min-h-6 font-semibold text-danger empty:min-h-0">
          {problem}
        </p>
        <Button type="submit" look="primary" size="huge" disabled={busy || code.length < 8}>
          {busy ? t("pairing.connecting") : t("pairing.connect")}
        </Button>
      </form>
    </main>
  );
}
