import { useEffect, useRef } from "react";

/** A PNG (base64) that came with the data, drawn dot by dot: the page's security policy loads pictures from nowhere else than the till. */
export function DrawnPicture({
  png,
  label,
  className = "",
}: {
  readonly png: string;
  readonly label: string;
  readonly className?: string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let stale = false;
    const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
    createImageBitmap(new Blob([bytes], { type: "image/png" })).then(
      (picture) => {
        if (stale || canvas.current === null) return;
        canvas.current.width = picture.width;
        canvas.current.height = picture.height;
        canvas.current.getContext("2d")?.drawImage(picture, 0, 0);
      },
      // What is no picture leaves its place empty; the label still says what belongs there.
      () => undefined,
    );
    return () => {
      stale = true;
    };
  }, [png]);
  return <canvas ref={canvas} role="img" aria-label={label} width={0} height={0} className={className} />;
}
