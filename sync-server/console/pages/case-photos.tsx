import { useState } from "react";
import { t } from "../translate.ts";
import { Sheet } from "../ui/sheet.tsx";
import { pictureAddress } from "./picture-address.ts";

/** Photos of a case, small; a press shows one large. */
export function CasePhotos({ photos }: { readonly photos: readonly string[] }) {
  const [shown, setShown] = useState<number | null>(null);
  if (photos.length === 0) return null;
  const large = shown === null ? undefined : photos[shown];
  return (
    <>
      <ul className="my-2 flex flex-wrap gap-2">
        {photos.map((photo, at) => (
          <li key={photo}>
            <button
              type="button"
              aria-label={t("cases.showPhoto", { number: at + 1 })}
              onClick={() => setShown(at)}
              className="block size-20 overflow-hidden rounded-xl border border-line bg-sunken"
            >
              <img src={pictureAddress(photo)} alt="" className="size-full object-cover" />
            </button>
          </li>
        ))}
      </ul>
      {large === undefined || shown === null ? null : (
        <Sheet
          title={t("cases.photo", { number: shown + 1 })}
          closeLabel={t("common.close")}
          onClose={() => setShown(null)}
        >
          <img
            src={pictureAddress(large)}
            alt={t("cases.photo", { number: shown + 1 })}
            className="mx-auto max-h-[70vh] max-w-full rounded-xl"
          />
        </Sheet>
      )}
    </>
  );
}
