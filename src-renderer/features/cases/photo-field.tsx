import { Camera, X } from "lucide-react";
import { type ChangeEvent, useEffect, useRef } from "react";
import { MAX_PHOTOS_PER_ACT } from "#domain/cases/case.ts";
import { tell } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { shrunk, type TakenPhoto, takePhoto } from "./photos.ts";

/** Longest side of a preview, pixels of the screen. */
const PREVIEW_SIDE = 160;

/** Photos of the goods: taken with the device's camera or chosen from its files. */
export function PhotoField({
  photos,
  onPhotos,
}: {
  readonly photos: readonly TakenPhoto[];
  /** Told how the list changes from what it is by then: reading a photo takes its time. */
  readonly onPhotos: (change: (now: readonly TakenPhoto[]) => readonly TakenPhoto[]) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  async function take(event: ChangeEvent<HTMLInputElement>): Promise<void> {
    const files = [...(event.target.files ?? [])];
    // The same file may be chosen again after it was removed.
    event.target.value = "";
    const free = MAX_PHOTOS_PER_ACT - photos.length;
    const taken = await Promise.all(files.slice(0, free).map(takePhoto));
    const read = taken.filter((photo) => photo !== null);
    if (read.length < taken.length) tell("refusal", t("cases.photoFailed"));
    else if (files.length > free) tell("refusal", t("cases.photosFull", { count: MAX_PHOTOS_PER_ACT }));
    onPhotos((now) => [...now, ...read].slice(0, MAX_PHOTOS_PER_ACT));
  }
  return (
    <fieldset className="flex flex-col gap-2 border-0 p-0">
      <legend className="mb-1.5 font-semibold text-ink-soft text-sm">{t("cases.photos")}</legend>
      <div className="flex flex-wrap gap-2">
        {photos.map((photo, at) => (
          <span key={photo.bytes} className="relative">
            <Preview photo={photo} label={t("cases.photo", { number: at + 1 })} />
            <button
              type="button"
              aria-label={t("cases.removePhoto", { number: at + 1 })}
              onClick={() => onPhotos((now) => now.filter((each) => each !== photo))}
              className="press absolute top-0 end-0 grid size-12 place-items-start justify-items-end p-1"
            >
              <span className="grid size-7 place-items-center rounded-full bg-deep text-on-deep">
                <X aria-hidden size={18} />
              </span>
            </button>
          </span>
        ))}
        {photos.length >= MAX_PHOTOS_PER_ACT ? null : (
          <Button icon={<Camera aria-hidden size={22} />} onClick={() => input.current?.click()}>
            {t("cases.addPhoto")}
          </Button>
        )}
      </div>
      <input
        ref={input}
        type="file"
        accept="image/*"
        multiple
        hidden
        data-testid="photo-input"
        onChange={(event) => void take(event)}
      />
    </fieldset>
  );
}

function Preview({ photo, label }: { readonly photo: TakenPhoto; readonly label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const shown = canvas.current;
    if (shown === null) return;
    const { width, height } = shrunk(photo.preview, PREVIEW_SIDE);
    shown.width = width;
    shown.height = height;
    shown.getContext("2d")?.drawImage(photo.preview, 0, 0, width, height);
  }, [photo]);
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      className="size-24 rounded-xl border border-line bg-sunken object-cover"
    />
  );
}
