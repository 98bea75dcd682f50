import { type DrawingContext, qrcode } from "bwip-js/generic";

/** White modules around a QR code: scanners find it by this (ISO/IEC 18004). */
export const QUIET_MODULES = 4;
/** The encoder's own measure at scale 1. */
const UNITS_PER_MODULE = 2;

export interface QrPath {
  /** Modules from edge to edge, without the quiet zone. */
  readonly size: number;
  /** The dark modules as an SVG path in units of one module, to be filled by the even-odd rule. */
  readonly path: string;
}

/** A QR code of a text, drawn by no more than a path: nothing of it is markup that a page would have to trust. Throws when the text is longer than a QR code holds. */
export function qrPath(text: string): QrPath {
  return qrcode({ bcid: "qrcode", text, scale: 1, padding: 0 }, pathDrawing());
}

/** What the encoder draws with: a QR code is made of polygons alone. */
function pathDrawing(): DrawingContext<QrPath> {
  let size = 0;
  let path = "";
  return {
    scale: () => null,
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init(width) {
      size = width / UNITS_PER_MODULE;
    },
    polygon(points) {
      path += `M${points.map(([x, y]) => `${x / UNITS_PER_MODULE} ${y / UNITS_PER_MODULE}`).join("L")}Z`;
    },
    line: onlyPolygons,
    hexagon: onlyPolygons,
    ellipse: onlyPolygons,
    text: onlyPolygons,
    fill() {},
    end: () => ({ size, path }),
  };
}

function onlyPolygons(): never {
  throw new Error("a QR code is drawn of polygons");
}
