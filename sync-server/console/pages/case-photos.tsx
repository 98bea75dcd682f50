import { useEffect, useRef, useState } from "react";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Sheet } from "../ui/sheet.tsx";

const THUMB_PX = 160;
const LARGE_PX = 1_280;

/** Photos of a case. They need HQ's key, so they are fetched and drawn: the page shows no pictures from addresses but its own. */
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
              <Drawn hash={photo} side={THUMB_PX} label={null} className="size-full object-cover" />
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
          <Drawn
            hash={large}
            side={LARGE_PX}
            label={t("cases.photo", { number: shown + 1 })}
            className="mx-auto max-h-[70vh] max-w-full rounded-xl"
          />
        </Sheet>
      )}
    </>
  );
}

function Drawn({
  hash,
  side,
  label,
  className,
}: {
  readonly hash: string;
  readonly side: number;
  /** Null: what stands around it says what it is. */
  readonly label: string | null;
  readonly className: string;
}) {
  const api = useApi();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let isLeft = false;
    const draw = async (): Promise<void> => {
      const blob = await api.picture(hash);
      const picture = blob === null ? null : await createImageBitmap(blob).catch(() => null);
      const shown = canvas.current;
      if (picture === null || shown === null || isLeft) return;
      const scale = Math.min(1, side / Math.max(picture.width, picture.height));
      shown.width = Math.round(picture.width * scale);
      shown.height = Math.round(picture.height * scale);
      shown.getContext("2d")?.drawImage(picture, 0, 0, shown.width, shown.height);
    };
    void draw();
    return () => {
      isLeft = true;
    };
  }, [api, hash, side]);
  return label === null ? (
    <canvas ref={canvas} aria-hidden className={className} />
  ) : (
    <canvas ref={canvas} role="img" aria-label={label} className={className} />
  );
}
