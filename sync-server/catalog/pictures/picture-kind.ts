/** Kinds of picture that HQ takes. */
export type PictureKind = "png" | "jpeg" | "webp";

/** What the first bytes of a picture say of it. */
export interface PictureHead {
  readonly kind: PictureKind;
  readonly width: number;
  readonly height: number;
}

/** A picture that is to be drawn smaller. */
export interface DarkroomJob {
  readonly kind: PictureKind;
  readonly bytes: Uint8Array;
  /** Longest sides of what is made, in pixels. */
  readonly sides: readonly number[];
}

export type DarkroomAnswer =
  | {
      readonly ok: true;
      readonly width: number;
      readonly height: number;
      /** WebP, one for each side that was asked for. */
      readonly made: readonly Uint8Array[];
    }
  | { readonly ok: false; readonly failure: string };

/** A marker of JPEG says how large the picture is unless it is one of these (ITU-T T.81, table B.1: DHT, JPG, DAC). */
const NO_FRAMES = new Set([0xc4, 0xc8, 0xcc]);

/** By its content, whatever it is called; null where it is none of the kinds. */
export function pictureHead(bytes: Uint8Array): PictureHead | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return pngHead(view) ?? jpegHead(view) ?? webpHead(view);
  } catch (error) {
    // It ends before it has said how large it is.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** W3C PNG, sections 5.2 and 11.2.1. */
function pngHead(view: DataView): PictureHead | null {
  if (view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a) return null;
  return { kind: "png", width: view.getUint32(16), height: view.getUint32(20) };
}

/** ITU-T T.81, annex B: segments up to the one that begins the frame. */
function jpegHead(view: DataView): PictureHead | null {
  if (view.getUint16(0) !== 0xffd8) return null;
  let at = 2;
  for (;;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.has(marker))
      return { kind: "jpeg", height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + Math.max(2, view.getUint16(at + 2));
  }
}

/** RFC 9649, sections 2.4 to 2.7. */
function webpHead(view: DataView): PictureHead | null {
  if (view.getUint32(0) !== 0x52494646 || view.getUint32(8) !== 0x57454250) return null;
  switch (view.getUint32(12)) {
    case 0x56503820:
      return {
        kind: "webp",
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
      };
    case 0x5650384c: {
      const bits = view.getUint32(21, true);
      return { kind: "webp", width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 0x56503858:
      return { kind: "webp", width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
    default:
      return null;
  }
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}
