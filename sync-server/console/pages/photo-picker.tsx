import { Camera } from "lucide-react";
import { useRef } from "react";
import { type PhotoFile, photosOf } from "../photo-file.ts";
import { t, tCount } from "../translate.ts";
import { Button } from "../ui/button.tsx";

/** Chooses photos from the files of this machine. */
export function PhotoPicker({
  photos,
  onPhotos,
}: {
  readonly photos: readonly PhotoFile[];
  readonly onPhotos: (photos: readonly PhotoFile[]) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button onPress={() => input.current?.click()}>
        <Camera aria-hidden size={18} />
        {t("cases.addPhotos")}
      </Button>
      {photos.length > 0 && (
        <>
          <span role="status">{tCount("cases.photosChosen", photos.length)}</span>
          <Button look="quiet" onPress={() => onPhotos([])}>
            {t("cases.dropPhotos")}
          </Button>
        </>
      )}
      <input
        ref={input}
        type="file"
        accept="image/*"
        multiple
        hidden
        onChange={({ target }) => {
          void photosOf([...(target.files ?? [])]).then(onPhotos);
          // A browser tells of no file that is the same as the one before.
          target.value = "";
        }}
      />
    </div>
  );
}
