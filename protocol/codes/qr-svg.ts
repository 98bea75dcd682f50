import { QUIET_MODULES, qrPath } from "./qr-path.ts";

/** A QR code as an SVG picture, dark on white with the quiet zone around it, that scales to whatever place it is given. Throws when the text is longer than a QR code holds. */
export function qrSvg(text: string): string {
  const { size, path } = qrPath(text);
  const edge = size + 2 * QUIET_MODULES;
  const box = `${-QUIET_MODULES} ${-QUIET_MODULES} ${edge} ${edge}`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}">` +
    `<path fill="#fff" d="M${-QUIET_MODULES} ${-QUIET_MODULES}h${edge}v${edge}h${-edge}Z"/>` +
    `<path fill-rule="evenodd" d="${path}"/></svg>`
  );
}
