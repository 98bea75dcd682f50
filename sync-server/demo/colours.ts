/** A colour as a shop names it; `code` stands in SKUs, `hex` paints the pictures. */
export interface Colour {
  readonly name: string;
  readonly code: string;
  readonly hex: string;
}

const colour = (name: string, code: string, hex: string): Colour => ({ name, code, hex });

export const COLOURS = {
  chalk: colour("Chalk", "CHK", "#ece6da"),
  sand: colour("Sand", "SND", "#d3b88c"),
  camel: colour("Camel", "CML", "#b98a55"),
  cocoa: colour("Cocoa", "COC", "#6f4a35"),
  rust: colour("Rust", "RST", "#b9532f"),
  clay: colour("Clay", "CLY", "#d08a6a"),
  rose: colour("Rose", "ROS", "#d88c9a"),
  berry: colour("Berry", "BRY", "#8c2f52"),
  poppy: colour("Poppy", "POP", "#d33f3a"),
  mustard: colour("Mustard", "MUS", "#d9a226"),
  lemon: colour("Lemon", "LEM", "#ecd24f"),
  sage: colour("Sage", "SAG", "#9cae8c"),
  moss: colour("Moss", "MOS", "#66763a"),
  pine: colour("Pine", "PIN", "#22584a"),
  mint: colour("Mint", "MNT", "#8fcdb8"),
  teal: colour("Teal", "TEA", "#1f7f86"),
  sky: colour("Sky", "SKY", "#83b6d9"),
  denim: colour("Denim", "DEN", "#456a94"),
  navy: colour("Navy", "NAV", "#22365c"),
  plum: colour("Plum", "PLM", "#5b3a66"),
  lilac: colour("Lilac", "LIL", "#ab9bcb"),
  stone: colour("Stone", "STN", "#9a968d"),
  slate: colour("Slate", "SLT", "#56616c"),
  ink: colour("Ink", "INK", "#25272d"),
} as const satisfies Record<string, Colour>;

export const CLOTH_COLOURS: readonly Colour[] = [
  COLOURS.chalk,
  COLOURS.sand,
  COLOURS.rust,
  COLOURS.rose,
  COLOURS.berry,
  COLOURS.mustard,
  COLOURS.sage,
  COLOURS.pine,
  COLOURS.sky,
  COLOURS.denim,
  COLOURS.navy,
  COLOURS.stone,
  COLOURS.ink,
];
export const LEATHER_COLOURS: readonly Colour[] = [
  COLOURS.camel,
  COLOURS.cocoa,
  COLOURS.ink,
  COLOURS.chalk,
  COLOURS.stone,
  COLOURS.navy,
  COLOURS.berry,
  COLOURS.moss,
];
export const OUTDOOR_COLOURS: readonly Colour[] = [
  COLOURS.moss,
  COLOURS.pine,
  COLOURS.teal,
  COLOURS.rust,
  COLOURS.mustard,
  COLOURS.navy,
  COLOURS.slate,
  COLOURS.poppy,
];
export const HOME_COLOURS: readonly Colour[] = [
  COLOURS.chalk,
  COLOURS.sand,
  COLOURS.clay,
  COLOURS.sage,
  COLOURS.teal,
  COLOURS.denim,
  COLOURS.mustard,
  COLOURS.plum,
  COLOURS.slate,
  COLOURS.rose,
];
export const PACKAGE_COLOURS: readonly Colour[] = [
  COLOURS.rust,
  COLOURS.pine,
  COLOURS.mustard,
  COLOURS.berry,
  COLOURS.teal,
  COLOURS.cocoa,
  COLOURS.sky,
  COLOURS.lilac,
  COLOURS.poppy,
  COLOURS.mint,
  COLOURS.lemon,
  COLOURS.clay,
];

interface Rgb {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

function rgbOf(hex: string): Rgb {
  const at = (from: number) => Number.parseInt(hex.slice(from, from + 2), 16);
  return { red: at(1), green: at(3), blue: at(5) };
}

/** A colour between two, `percent` of the way from the first (`#rrggbb`) to the second. */
export function mix(of: { readonly from: string; readonly to: string; readonly percent: number }): string {
  const [from, to] = [rgbOf(of.from), rgbOf(of.to)];
  const part = (channel: keyof Rgb) =>
    Math.round(from[channel] + ((to[channel] - from[channel]) * of.percent) / 100)
      .toString(16)
      .padStart(2, "0");
  return `#${part("red")}${part("green")}${part("blue")}`;
}

/** Whether a picture of this colour needs a darker background to stand out. */
export function isPale(hex: string): boolean {
  const { red, green, blue } = rgbOf(hex);
  return red * 0.299 + green * 0.587 + blue * 0.114 > 190;
}
