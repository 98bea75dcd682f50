import { useState } from "react";
import { QUIET_MODULES, qrPath } from "#protocol/codes/qr-path.ts";
import type { ApiProblem } from "../ask.ts";
import { useApi, useSignedIn } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import { TextField } from "../ui/text-field.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { SaveRow, useSaving } from "./save-row.tsx";

interface Offer {
  readonly secret: string;
  readonly address: string;
}

/** The second step of signing in: turned on with an app, turned off with one's password. */
export function TotpPanel({ isOn }: { readonly isOn: boolean }) {
  const { access } = useApi();
  const [offer, setOffer] = useState<Offer | null>(null);
  const [recovery, setRecovery] = useState<readonly string[] | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  async function begin(): Promise<void> {
    const answer = await access.totpOffer();
    if (answer.ok) setOffer(answer.value);
    setProblem(answer.ok ? null : answer.reason);
  }
  return (
    <Panel
      title={t("account.totp")}
      aside={
        <Badge tone={isOn ? "good" : "neutral"}>{t(isOn ? "account.totp.on" : "account.totp.off")}</Badge>
      }
    >
      <div className="space-y-4 p-5">
        <p className="text-soft">{t("account.totp.lead")}</p>
        <ProblemNote problem={problem} />
        {recovery !== null ? (
          <RecoveryCodes codes={recovery} onKept={() => setRecovery(null)} />
        ) : isOn ? (
          <DropForm />
        ) : offer === null ? (
          <Button onPress={() => begin()}>{t("account.totp.begin")}</Button>
        ) : (
          <ConfirmForm
            offer={offer}
            onDone={(codes) => {
              setOffer(null);
              setRecovery(codes);
            }}
          />
        )}
      </div>
    </Panel>
  );
}

function ConfirmForm({
  offer: { secret, address },
  onDone,
}: {
  readonly offer: Offer;
  readonly onDone: (recovery: readonly string[]) => void;
}) {
  const { access } = useApi();
  const { refresh } = useSignedIn();
  const [code, setCode] = useState("");
  const [password, setPassword] = useState("");
  const saving = useSaving();
  const { size, path } = qrPath(address);
  const edge = size + 2 * QUIET_MODULES;
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        saving.save(async () => {
          const answer = await access.confirmTotp({ secret, code, password });
          if (answer.ok) {
            onDone(answer.value.recoveryCodes);
            refresh();
          }
          return answer;
        });
      }}
    >
      <p>{t("account.totp.scan")}</p>
      <svg
        role="img"
        aria-label={t("account.totp.qr")}
        viewBox={`${-QUIET_MODULES} ${-QUIET_MODULES} ${edge} ${edge}`}
        className="size-48 rounded-xl bg-white text-black"
      >
        <path fillRule="evenodd" d={path} />
      </svg>
      <TextField
        label={t("account.totp.secret")}
        isReadOnly
        value={secret.replaceAll(/(.{4})(?=.)/g, "$1 ")}
        onChange={() => undefined}
      />
      <TextField
        label={t("account.totp.code")}
        autoComplete="one-time-code"
        hasFocus
        value={code}
        onChange={setCode}
      />
      <TextField
        label={t("account.password.now")}
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      <SaveRow saving={saving} done="" label={t("account.totp.confirm")} />
    </form>
  );
}

function RecoveryCodes({
  codes,
  onKept,
}: {
  readonly codes: readonly string[];
  readonly onKept: () => void;
}) {
  return (
    <section aria-label={t("account.totp.recovery")} className="space-y-3">
      <h3 className="font-semibold">{t("account.totp.recovery")}</h3>
      <p role="status" className="text-warn">
        {t("account.totp.recovery.lead")}
      </p>
      <ul className="grid grid-cols-1 gap-x-6 gap-y-1 font-mono sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Button look="primary" onPress={onKept}>
        {t("account.totp.recovery.kept")}
      </Button>
    </section>
  );
}

function DropForm() {
  const { access } = useApi();
  const { refresh } = useSignedIn();
  const [password, setPassword] = useState("");
  const saving = useSaving();
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        saving.save(async () => {
          const answer = await access.dropTotp(password);
          if (answer.ok) refresh();
          return answer;
        });
      }}
    >
      <TextField
        label={t("account.password.now")}
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      <SaveRow saving={saving} done="" label={t("account.totp.drop")} />
    </form>
  );
}
