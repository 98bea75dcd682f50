import { useEffect, useState } from "react";
import { tellApart } from "#domain/scan/tell-apart.ts";
import type { CameraSetup } from "#protocol/till/counter.ts";
import { giveCameraTo, leaveCamera, useCamera } from "../../app/camera/camera-use.ts";
import { CameraView } from "../../app/camera/camera-view.tsx";
import { type KnownCamera, knownCameras } from "../../app/camera/open-camera.ts";
import type { SeenCode } from "../../app/camera/seen-code.ts";
import { useTill } from "../../app/till.ts";
import { playTone } from "../../app/tones.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Segments } from "../../ui/segments.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { setUpCounter } from "./counter-store.ts";

/** Stands for no camera in particular. */
const ANY = "any";

/** Whether a camera scans at this till, which one, and what it sees. */
export function CameraSection() {
  const counter = useTill((till) => till.counter);
  if (counter === null) return null;
  const { camera } = counter.setup;
  return (
    <section aria-labelledby="devices-camera" className="flex flex-col gap-3">
      <div>
        <h3 id="devices-camera" className="font-bold text-lg">
          {t("camera.title")}
        </h3>
        <p className="text-ink-soft">{t("camera.hint")}</p>
      </div>
      <CameraForm key={JSON.stringify(camera)} kept={camera} />
    </section>
  );
}

function CameraForm({ kept }: { readonly kept: CameraSetup }) {
  const [edited, setEdited] = useState(kept);
  const [cameras, setCameras] = useState<readonly KnownCamera[]>([]);
  const isTried = useCamera(({ by }) => by === "trial");
  const find = (): void => void knownCameras().then(setCameras);
  useEffect(find, []);
  useEffect(() => stopTrial, []);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        stopTrial();
        void setUpCounter({ camera: edited }, "camera");
      }}
    >
      <Segments
        segments={[
          { value: "off", words: t("camera.off") },
          { value: "on", words: t("camera.on") },
        ]}
        chosen={edited === null ? "off" : "on"}
        onChoose={(value) => {
          if (value === "off") stopTrial();
          setEdited(value === "off" ? null : (edited ?? { device: null }));
        }}
      />
      {edited === null ? null : (
        <>
          <SelectField
            label={t("camera.which")}
            options={choices(cameras, edited.device)}
            chosen={edited.device ?? ANY}
            onChoose={(value) => setEdited({ device: value === ANY ? null : value })}
          />
          {isTried ? <Trial device={edited.device} onLooking={find} /> : null}
          <Button onClick={isTried ? stopTrial : () => giveCameraTo("trial")}>
            {t(isTried ? "camera.stop" : "camera.try")}
          </Button>
        </>
      )}
      <Button type="submit">{t("counter.save")}</Button>
    </form>
  );
}

function stopTrial(): void {
  leaveCamera("trial");
}

/** One that is unplugged now stays chosen. */
function choices(cameras: readonly KnownCamera[], chosen: string | null) {
  const known = cameras.map(({ device, name }, place) => ({
    value: device,
    words: name === "" ? t("camera.unnamed", { number: String(place + 1) }) : name,
  }));
  const isKnown = chosen === null || known.some(({ value }) => value === chosen);
  return [
    { value: ANY, words: t("camera.any") },
    ...known,
    ...(isKnown ? [] : [{ value: chosen, words: t("camera.chosen") }]),
  ];
}

/** Shows what is read, and does nothing else with it. */
function Trial({ device, onLooking }: { readonly device: string | null; readonly onLooking: () => void }) {
  const [seen, setSeen] = useState<SeenCode | null>(null);
  const take = (code: SeenCode): void => {
    playTone("read");
    setSeen(code);
  };
  return (
    <div className="grid grid-cols-2 gap-4 rounded-2xl border border-line bg-paper p-4">
      <CameraView key={device} device={device} onCode={take} onLooking={onLooking} onHidden={stopTrial} />
      <div aria-live="polite">{seen === null ? null : <Seen code={seen} />}</div>
    </div>
  );
}

function Seen({ code }: { readonly code: SeenCode }) {
  const { text, symbology, meaning } = tellApart(code.symbology + code.text);
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
      <dt className="text-ink-soft">{t("scanner.came")}</dt>
      <dd className="figures min-w-0 break-all font-semibold">{text.replaceAll("\u001d", "␝")}</dd>
      <dt className="text-ink-soft">{t("scanner.symbology")}</dt>
      <dd className="font-semibold">{symbology ?? t("scanner.symbology.unknown")}</dd>
      <dt className="text-ink-soft">{t("scanner.meaning")}</dt>
      <dd className="font-semibold">{t(`scanner.meaning.${meaning.kind}`)}</dd>
    </dl>
  );
}
