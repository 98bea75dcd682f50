import { CameraOff } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Say } from "../../ui/say.tsx";
import { CameraScanning, type CameraState } from "./camera-scanning.ts";
import { threadedDecoder } from "./decoder.ts";
import { openCamera } from "./open-camera.ts";
import type { SeenCode } from "./seen-code.ts";

interface ViewProps {
  /** Null: whichever camera there is. */
  readonly device: string | null;
  readonly onCode: (code: SeenCode) => void;
  /** The camera is on. */
  readonly onLooking?: () => void;
  /** Nobody can see this page any more: the camera is to be left. */
  readonly onHidden: () => void;
}

/** The camera's picture, and every code that is held in front of it; the camera is on as long as this is on screen. */
export function CameraView({ device, onCode, onLooking, onHidden }: ViewProps) {
  const place = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<CameraState>({ kind: "starting" });
  const [tries, setTries] = useState(0);
  const latest = useRef({ onCode, onLooking, onHidden });
  latest.current = { onCode, onLooking, onHidden };

  // biome-ignore lint/correctness/useExhaustiveDependencies: another try begins anew, though nothing in it differs
  useEffect(() => {
    let isOver = false;
    const show = (video: HTMLVideoElement): void => {
      if (!isOver) place.current?.replaceChildren(video);
    };
    const scanning = new CameraScanning(
      { open: () => openCamera(device, show), decoder: threadedDecoder, now: () => performance.now() },
      {
        onCode: (code) => latest.current.onCode(code),
        onState: (now) => {
          setState(now);
          if (now.kind === "looking") latest.current.onLooking?.();
        },
      },
    );
    const onVisibility = (): void => {
      if (document.hidden) latest.current.onHidden();
    };
    document.addEventListener("visibilitychange", onVisibility);
    void scanning.start();
    return () => {
      isOver = true;
      document.removeEventListener("visibilitychange", onVisibility);
      scanning.stop();
    };
  }, [device, tries]);

  return (
    <div className="flex flex-col gap-2">
      <div
        className={`relative aspect-video overflow-hidden rounded-2xl bg-black ${state.kind === "trouble" ? "hidden" : ""}`}
      >
        <div ref={place} aria-hidden className="absolute inset-0" />
        <div
          aria-hidden
          className="pointer-events-none absolute inset-x-8 inset-y-6 rounded-xl border-2 border-white/70"
        />
      </div>
      <div role="status">
        {state.kind === "trouble" ? (
          <Say icon={<CameraOff aria-hidden />} look="bg-warn-soft text-warn">
            {t(`camera.trouble.${state.why}`)}
          </Say>
        ) : (
          <p className="px-3 pb-1">{t(state.kind === "looking" ? "camera.aim" : "camera.starting")}</p>
        )}
      </div>
      {state.kind === "trouble" ? (
        <Button onClick={() => setTries((before) => before + 1)}>{t("camera.again")}</Button>
      ) : null}
    </div>
  );
}
