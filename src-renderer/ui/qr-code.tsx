import { useMemo } from "react";
import { QUIET_MODULES, qrPath } from "#protocol/codes/qr-path.ts";

/** A QR code, dark on white in every theme, that scales to the place it is given. `label` says what it is for whoever cannot see it. */
export function QrCode({
  text,
  label,
  className = "",
}: {
  readonly text: string;
  readonly label: string;
  readonly className?: string;
}) {
  const { size, path } = useMemo(() => qrPath(text), [text]);
  const whole = size + 2 * QUIET_MODULES;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`${-QUIET_MODULES} ${-QUIET_MODULES} ${whole} ${whole}`}
      shapeRendering="crispEdges"
      className={`forced-color-adjust-none bg-white text-black ${className}`}
    >
      <path d={path} fill="currentColor" fillRule="evenodd" />
    </svg>
  );
}
