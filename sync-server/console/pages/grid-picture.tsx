import { useEffect, useRef } from "react";
import { useApi } from "../signed-in.ts";

const SIDE_PX = 36;
/** What is scrolled past is not asked for. */
const REST_MS = 150;

/** A small picture of a product. It needs HQ's key, so it is fetched and drawn: the page shows no pictures from addresses but its own. */
export function GridPicture({ hash }: { readonly hash: string | null }) {
  const api = useApi();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (hash === null) return;
    let isLeft = false;
    const draw = async (): Promise<void> => {
      const blob = await api.picture(hash);
      if (blob === null || isLeft) return;
      const small = { resizeHeight: 2 * SIDE_PX, resizeQuality: "medium" } as const;
      const picture = await createImageBitmap(blob, small).catch(() => null);
      const shown = canvas.current;
      if (picture === null || shown === null || isLeft) return;
      shown.width = picture.width;
      shown.height = picture.height;
      shown.getContext("2d")?.drawImage(picture, 0, 0);
      picture.close();
    };
    const timer = window.setTimeout(() => void draw(), REST_MS);
    return () => {
      isLeft = true;
      window.clearTimeout(timer);
    };
  }, [api, hash]);
  if (hash === null) return <span aria-hidden className="block size-9 rounded-lg bg-sunken" />;
  return <canvas ref={canvas} aria-hidden className="size-9 rounded-lg bg-sunken object-cover" />;
}
