import { toSVG } from "bwip-js/node";

/** A QR code as an SVG picture, dark on white with the quiet zone around it, that scales to whatever place it is given. */
export function qrSvg(text: string): string {
  return toSVG({ bcid: "qrcode", text, padding: 4, backgroundcolor: "FFFFFF" });
}
