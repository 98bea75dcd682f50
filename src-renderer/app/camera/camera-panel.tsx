import { X } from "lucide-react";
import { useEffect } from "react";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { deliverScan } from "../keyboard.ts";
import { useTill } from "../till.ts";
import { playTone } from "../tones.ts";
import { leaveCamera, useCamera } from "./camera-use.ts";
import { CameraView } from "./camera-view.tsx";
import { asScanned, type SeenCode } from "./seen-code.ts";

/** What the camera sees while somebody scans with it. What it reads means the same as from any scanner. */
export function CameraPanel() {
  const camera = useTill(({ counter }) => counter?.setup.camera ?? null);
  const isOpen = useCamera(({ by }) => by === "counter");
  // A till that is locked looks at nobody, and not again by itself when somebody signs in.
  useEffect(() => close, []);
  if (camera === null || !isOpen) return null;
  return (
    <section
      aria-label={t("camera.title")}
      className="rise fixed start-4 bottom-4 z-20 flex w-80 flex-col gap-2 rounded-panel bg-deep p-2 text-on-deep shadow-sheet"
    >
      <header className="flex items-center justify-between ps-3">
        <h2 className="font-bold">{t("camera.title")}</h2>
        <Button look="deep" aria-label={t("camera.close")} icon={<X aria-hidden />} onClick={close} />
      </header>
      <CameraView key={camera.device} device={camera.device} onCode={take} onHidden={close} />
    </section>
  );
}

function close(): void {
  leaveCamera("counter");
}

function take(code: SeenCode): void {
  playTone("read");
  deliverScan(asScanned(code));
}
