import { ScanBarcode } from "lucide-react";
import { t } from "../../i18n/translate.ts";
import { useTill } from "../till.ts";
import { giveCameraTo, leaveCamera, useCamera } from "./camera-use.ts";

/** Opens and closes the camera; there where one was set up at this till. */
export function CameraButton() {
  const isSetUp = useTill(({ counter }) => (counter?.setup.camera ?? null) !== null);
  const isOpen = useCamera(({ by }) => by === "counter");
  if (!isSetUp) return null;
  return (
    <button
      type="button"
      aria-label={t("camera.scan")}
      aria-pressed={isOpen}
      onClick={() => (isOpen ? leaveCamera("counter") : giveCameraTo("counter"))}
      className={`press grid size-12 shrink-0 place-items-center rounded-2xl ${isOpen ? "bg-mint text-on-mint" : "bg-deep-raised text-on-deep hover:bg-deep-line"}`}
    >
      <ScanBarcode aria-hidden size={24} />
    </button>
  );
}
