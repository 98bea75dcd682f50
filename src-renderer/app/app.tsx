import { PlugZap } from "lucide-react";
import { useEffect, useState } from "react";
import { LockScreen } from "../features/lock/lock-screen.tsx";
import { PairingScreen } from "../features/pairing/pairing-screen.tsx";
import { PreparingScreen } from "../features/pairing/preparing-screen.tsx";
import { TrainingFrame } from "../features/training/training-frame.tsx";
import { t } from "../i18n/translate.ts";
import { Mark } from "../ui/mark.tsx";
import { Announcer } from "./announcer.tsx";
import { ApprovalSheet } from "./approve.tsx";
import { NoticeBar } from "./notice-bar.tsx";
import { RegisterScreen } from "./register-screen.tsx";
import { useTill } from "./till.ts";
import { TouchKeyboard } from "./touch-keyboard.tsx";

/** An engine that is away for longer than this, milliseconds, may have been started anew with another address. */
const LONG_AWAY_MS = 20_000;

/** What is on screen follows from the session that the engine tells of, and from nothing else. */
export function App() {
  const atWork = useTill((till) => till.session?.state === "open");
  return (
    <div className="relative h-full">
      <EngineBanner />
      <TrainingFrame>
        <Screen />
      </TrainingFrame>
      {atWork ? <ApprovalSheet /> : null}
      <NoticeBar />
      <Announcer />
      <TouchKeyboard />
    </div>
  );
}

function EngineBanner() {
  const connected = useTill((till) => till.connected);
  const known = useTill((till) => till.session !== null);
  const [long, setLong] = useState(false);
  useEffect(() => {
    setLong(false);
    if (connected) return;
    const timer = setTimeout(() => setLong(true), LONG_AWAY_MS);
    return () => clearTimeout(timer);
  }, [connected]);
  if (connected || (!known && !long)) return null;
  return (
    <p
      role="alert"
      className="rise absolute inset-x-0 top-0 z-50 flex min-h-16 items-center justify-center gap-3 bg-accent px-6 text-center font-semibold text-lg text-on-accent"
    >
      <PlugZap aria-hidden className="shrink-0" />
      {t(long ? "app.engineGone" : "app.engineAway")}
    </p>
  );
}

function Screen() {
  const session = useTill((till) => till.session);
  switch (session?.state) {
    case undefined:
      return (
        <main className="on-deep grid h-full place-items-center bg-deep text-on-deep">
          <p className="flex items-center gap-4 font-semibold text-xl">
            <Mark size={48} />
            {t("app.loading")}
          </p>
        </main>
      );
    case "unpaired":
      return <PairingScreen />;
    case "preparing":
      return <PreparingScreen storeName={session.storeName} />;
    case "locked":
      return <LockScreen session={session} />;
    case "open":
      return <RegisterScreen session={session} />;
  }
}
