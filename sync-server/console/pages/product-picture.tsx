import { ImageOff } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useApi } from "../signed-in.ts";

const DRAWN_PX = 320;

/** A picture of the catalogue. It is asked for with HQ's key and drawn; `alt` empty: what stands around it says what it is. */
export function ProductPictureView({
  hash,
  alt,
  className,
}: {
  readonly hash: string;
  readonly alt: string;
  readonly className: string;
}) {
  const api = useApi();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isMissing, setMissing] = useState(false);
  useEffect(() => {
    let isLeft = false;
    const draw = async (): Promise<void> => {
      const picture = await bitmapOf(await api.picture(hash));
      const shown = canvas.current;
      if (isLeft || shown === null) return;
      setMissing(picture === null);
      if (picture === null) return;
      const scale = Math.min(1, DRAWN_PX / Math.max(picture.width, picture.height));
      shown.width = Math.round(picture.width * scale);
      shown.height = Math.round(picture.height * scale);
      shown.getContext("2d")?.drawImage(picture, 0, 0, shown.width, shown.height);
    };
    void draw();
    return () => {
      isLeft = true;
    };
  }, [api, hash]);
  const names = alt === "" ? { "aria-hidden": true } : { role: "img", "aria-label": alt };
  return (
    <span
      className={`relative inline-flex items-center justify-center overflow-hidden bg-sunken ${className}`}
    >
      <canvas ref={canvas} {...names} className="max-h-full max-w-full object-contain" />
      {isMissing && <ImageOff aria-hidden className="absolute text-soft" />}
    </span>
  );
}

/** Drawings come without bitmaps of their own: they are drawn through an image. */
async function bitmapOf(blob: Blob | null): Promise<HTMLImageElement | ImageBitmap | null> {
  if (blob === null) return null;
  if (!blob.type.startsWith("image/svg")) return createImageBitmap(blob).catch(() => null);
  const image = new Image(DRAWN_PX, DRAWN_PX);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await blob.text())}`;
  return image.decode().then(
    () => image,
    () => null,
  );
}
