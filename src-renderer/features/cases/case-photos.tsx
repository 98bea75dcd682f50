import { useState } from "react";
import { pictureAddress } from "../../app/format.ts";
import { t } from "../../i18n/translate.ts";
import { Sheet } from "../../ui/sheet.tsx";

/** Photos as thumbnails; pressing one shows it large. */
export function CasePhotos({
  photos,
  first = 1,
}: {
  readonly photos: readonly string[];
  readonly first?: number;
}) {
  const [shown, setShown] = useState<number | null>(null);
  if (photos.length === 0) return null;
  const large = shown === null ? undefined : photos[shown];
  return (
    <>
      <ul className="flex flex-wrap gap-2">
        {photos.map((photo, at) => (
          <li key={photo}>
            <button
              type="button"
              onClick={() => setShown(at)}
              className="press block size-24 overflow-hidden rounded-xl border border-line bg-sunken hover:border-brand"
            >
              <img
                src={pictureAddress(photo)}
                alt={t("cases.photo", { number: first + at })}
                loading="lazy"
                className="size-full object-cover"
              />
            </button>
          </li>
        ))}
      </ul>
      {large === undefined || shown === null ? null : (
        <Sheet
          title={t("cases.photo", { number: first + shown })}
          closeLabel={t("cases.closePhoto")}
          onClose={() => setShown(null)}
          width="wide"
        >
          <img
            src={pictureAddress(large)}
            alt={t("cases.photo", { number: first + shown })}
            className="mx-auto max-h-[70vh] max-w-full rounded-xl object-contain"
          />
        </Sheet>
      )}
    </>
  );
}
