import { ImageOff } from "lucide-react";
import { useState } from "react";
import { pictureAddress } from "./picture-address.ts";

/** A picture of the catalogue; `alt` empty: what stands around it says what it is. */
export function ProductPictureView({
  hash,
  alt,
  className,
}: {
  readonly hash: string;
  readonly alt: string;
  readonly className: string;
}) {
  const [missing, setMissing] = useState<string | null>(null);
  return (
    <span
      className={`relative inline-flex items-center justify-center overflow-hidden bg-sunken ${className}`}
    >
      {missing === hash ? (
        <ImageOff role="img" aria-label={alt} aria-hidden={alt === ""} className="text-soft" />
      ) : (
        <img
          src={pictureAddress(hash)}
          alt={alt}
          onError={() => setMissing(hash)}
          className="max-h-full max-w-full object-contain"
        />
      )}
    </span>
  );
}
