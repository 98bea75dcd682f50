import { COLOURS, type Colour, isPale, mix } from "../colours.ts";
import { motifOf } from "./motifs.ts";
import { CARRIED_SILHOUETTES, type Silhouette, WORN_SILHOUETTES } from "./silhouettes.ts";
import { HOME_SILHOUETTES, PACKED_SILHOUETTES } from "./silhouettes-home.ts";

const SILHOUETTES = {
  ...WORN_SILHOUETTES,
  ...CARRIED_SILHOUETTES,
  ...HOME_SILHOUETTES,
  ...PACKED_SILHOUETTES,
} as const;

export type SilhouetteName = keyof typeof SILHOUETTES;
export const SILHOUETTE_NAMES = Object.keys(SILHOUETTES).filter(isSilhouetteName);

function isSilhouetteName(name: string): name is SilhouetteName {
  return Object.hasOwn(SILHOUETTES, name);
}

const ACCENTS = [
  COLOURS.mustard,
  COLOURS.poppy,
  COLOURS.mint,
  COLOURS.sky,
  COLOURS.clay,
  COLOURS.lemon,
] as const;

export interface Drawing {
  readonly silhouette: SilhouetteName;
  readonly colour: Colour;
  /** Which print and which accent; any whole number. */
  readonly look: number;
}

/** Draws one article as an SVG of one to two kilobytes: no script, no reference outside itself. */
export function drawPicture({ silhouette, colour, look }: Drawing): string {
  const shape: Silhouette = SILHOUETTES[silhouette];
  const { hex } = colour;
  const pale = isPale(hex);
  const inks: Readonly<Record<string, string>> = {
    d: mix({ from: hex, to: pale ? "#6d5a44" : "#0d1017", percent: pale ? 26 : 30 }),
    l: mix({ from: hex, to: "#ffffff", percent: pale ? 60 : 34 }),
    a: accentFor(colour, look),
    w: "#fbf8f2",
  };
  const ink = (markup: string) => markup.replaceAll(/\{([dlaw])\}/g, (_, name: string) => inks[name] ?? hex);
  const motif = shape.motifs === undefined ? "" : motifOf(shape.motifs, look);
  const backdrop = mix({ from: hex, to: pale ? "#b9a88f" : "#f6f1e9", percent: pale ? 45 : 78 });
  const ground = mix({ from: backdrop, to: pale ? "#8d7c66" : hex, percent: pale ? 22 : 20 });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 240" width="240" height="240">`,
    `<defs><radialGradient id="b" cx=".5" cy=".35" r=".8"><stop offset="0" stop-color="${backdrop}"/>`,
    `<stop offset="1" stop-color="${ground}"/></radialGradient>`,
    `<linearGradient id="f" x1="0" y1="0" x2=".6" y2="1"><stop offset="0" stop-color="${mix({ from: hex, to: "#ffffff", percent: 16 })}"/>`,
    `<stop offset="1" stop-color="${mix({ from: hex, to: "#14161c", percent: pale ? 6 : 12 })}"/></linearGradient>`,
    `<clipPath id="c"><path d="${shape.body}"/></clipPath></defs>`,
    `<path d="M0 0H240V240H0Z" fill="url(#b)"/>`,
    `<ellipse cx="120" cy="204" rx="${shape.shadow + 12}" ry="11" fill="#1c1a17" opacity=".16"/>`,
    ink(shape.under ?? ""),
    `<path d="${shape.body}" fill="url(#f)"/>`,
    motif === "" ? "" : `<g clip-path="url(#c)">${ink(motif)}</g>`,
    ink(shape.over ?? ""),
    "</svg>",
  ].join("");
}

/** An accent that is not the article's own colour. */
function accentFor(colour: Colour, look: number): string {
  const others = ACCENTS.filter((accent) => accent.code !== colour.code);
  return (others[look % others.length] ?? COLOURS.mustard).hex;
}
