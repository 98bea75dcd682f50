import { useScans } from "../../app/keyboard.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { SplitScreen } from "../../ui/frame.tsx";
import { Mark } from "../../ui/mark.tsx";
import { pair, typeCode, typeServer, usePairing } from "./pairing-store.ts";

const CODE_CHARS = 8;
const STEPS = ["pairing.step1", "pairing.step2", "pairing.step3"] as const;

/** What a till that was never online shows: what to do, once, in plain words. A scanned code fills itself in. */
export function PairingScreen() {
  const { server, code, busy, problem } = usePairing();
  useScans("screen", typeCode);
  return (
    <SplitScreen about={<Steps />}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void pair();
        }}
        className="rise flex w-full max-w-lg flex-col gap-5"
      >
        <div className="flex flex-col gap-2">
          <h1 className="font-bold text-4xl">{t("pairing.title")}</h1>
          <p className="text-ink-soft text-lg">{t("pairing.intro")}</p>
        </div>
        <Field
          label={t("pairing.server")}
          value={server}
          onChange={(event) => typeServer(event.target.value)}
          inputMode="url"
          placeholder="https://"
          autoComplete="off"
          spellCheck={false}
        />
        <Field
          label={t("pairing.code")}
          hint={t("pairing.codeHint")}
          value={code}
          onChange={(event) => typeCode(event.target.value)}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          placeholder="ABCD-EFGH"
        />
        <p role="alert" className="font-semibold text-danger empty:hidden">
          {problem}
        </p>
        <Button
          type="submit"
          look="primary"
          size="huge"
          disabled={busy || server === "" || code.length < CODE_CHARS}
        >
          {busy ? t("pairing.connecting") : t("pairing.connect")}
        </Button>
      </form>
    </SplitScreen>
  );
}

function Steps() {
  return (
    <>
      <p className="flex items-center gap-3 font-bold text-xl">
        <Mark size={44} />
        {t("app.name")}
      </p>
      <ol className="flex flex-col gap-6">
        {STEPS.map((step, index) => (
          <li key={step} className="flex items-start gap-4">
            <span className="figures grid size-10 shrink-0 place-items-center rounded-full bg-deep-raised font-bold text-accent text-lg">
              {index + 1}
            </span>
            <p className="pt-1.5 text-lg leading-snug">{t(step)}</p>
          </li>
        ))}
      </ol>
      <p className="text-on-deep-soft">{t("pairing.promise")}</p>
    </>
  );
}
