import { LockScreen } from "../features/lock/lock-screen.tsx";
import { PairingScreen } from "../features/pairing/pairing-screen.tsx";
import { PreparingScreen } from "../features/pairing/preparing-screen.tsx";
import { t } from "../i18n/translate.ts";
import { NoticeBar } from "./notice-bar.tsx";
import { RegisterScreen } from "./register-screen.tsx";
import { useTill } from "./till.ts";

/** What is on screen follows from the session that the engine tells of, and from nothing else. */
export function App() {
  const connected = useTill((till) => till.connected);
  const known = useTill((till) => till.session !== null);
  return (
    <div className="relative h-full">
      {!connected && known ? (
        <p
          role="alert"
          className="absolute inset-x-0 top-0 z-50 bg-warn-soft p-3 text-center font-semibold text-warn"
        >
          {t("app.engineAway")}
        </p>
      ) : null}
      <Screen />
      <NoticeBar />
    </div>
  );
}

function Screen() {
  const session = useTill((till) => till.session);
  switch (session?.state) {
    case undefined:
      return <main className="grid h-full place-items-center text-ink-soft text-lg">{t("app.loading")}</main>;
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
