import type { Silhouette } from "./silhouettes.ts";

type MotifKind = NonNullable<Silhouette["motifs"]>;

/** Prints, drawn over the whole square and cut to the body's outline; the first of each kind is plain. */
const MOTIFS: Readonly<Record<MotifKind, readonly string[]>> = {
  cloth: [
    "",
    "",
    `<path d="M0 88H240M0 108H240M0 128H240M0 148H240M0 168H240M0 188H240" stroke="{l}" stroke-width="7"/>`,
    `<path d="M0 150H240V240H0Z" fill="{d}" opacity=".55"/>`,
    `<path d="M0 110H240V138H0Z" fill="{a}" opacity=".85"/>`,
    `<path d="M94 146 112 114 124 130 132 120 146 146Z" fill="{l}"/><circle cx="134" cy="110" r="6" fill="{a}"/>`,
    `<circle cx="120" cy="128" r="20" fill="{a}"/><path d="M98 136Q109 126 120 136T142 136V148H98Z" fill="{l}"/>`,
  ],
  cover: [
    `<circle cx="130" cy="112" r="34" fill="{a}"/><path d="M80 132Q104 114 130 132T182 132V192H80Z" fill="{d}"/><path d="M80 156Q104 140 130 156T182 156V192H80Z" fill="{l}" opacity=".6"/>`,
    `<path d="M80 172 116 104 138 144 152 122 182 172V192H80Z" fill="{d}"/><circle cx="158" cy="92" r="13" fill="{a}"/>`,
    `<path d="M92 176Q92 104 168 92 168 168 92 176Z" fill="{a}"/><path d="M92 176Q126 140 156 106" fill="none" stroke="{l}" stroke-width="4"/>`,
    `<path d="M80 120 182 60V88L80 148ZM80 168 182 108V136L80 192Z" fill="{a}" opacity=".9"/>`,
    `<circle cx="116" cy="120" r="30" fill="{l}"/><circle cx="146" cy="136" r="30" fill="{a}" opacity=".85"/><circle cx="126" cy="156" r="22" fill="{d}" opacity=".85"/>`,
    `<path d="M146 92A36 36 0 1 0 160 150 30 30 0 1 1 146 92Z" fill="{l}"/><circle cx="106" cy="96" r="3" fill="{w}"/><circle cx="164" cy="104" r="3" fill="{w}"/><circle cx="158" cy="176" r="3" fill="{w}"/>`,
    `<path d="M96 180V128H112V180ZM120 180V104H140V180ZM148 180V120H168V180Z" fill="{a}"/><path d="M80 180H182V192H80Z" fill="{d}"/>`,
  ],
  label: [
    `<rect x="88" y="118" width="64" height="52" rx="5" fill="{w}"/><path d="M98 134H142M98 146H132" stroke="{d}" stroke-width="5" stroke-linecap="round"/>`,
    `<circle cx="120" cy="144" r="28" fill="{w}"/><path d="M106 152 118 130 126 142 130 137 136 152Z" fill="{d}"/>`,
    `<path d="M0 126H240V166H0Z" fill="{a}"/><path d="M100 146H140" stroke="{w}" stroke-width="6" stroke-linecap="round"/>`,
    `<path d="M100 168Q98 128 140 118 144 162 100 168Z" fill="{w}"/><path d="M102 166Q118 148 130 132" stroke="{d}" stroke-width="3" fill="none"/>`,
    `<circle cx="120" cy="142" r="26" fill="{a}"/><circle cx="120" cy="142" r="18" fill="none" stroke="{w}" stroke-width="4"/>`,
  ],
  glaze: [
    "",
    `<path d="M0 150H240V240H0Z" fill="{l}" opacity=".8"/>`,
    `<path d="M0 128H240V140H0ZM0 150H240V156H0Z" fill="{a}"/>`,
    `<path d="M0 0H240V126Q224 142 208 128T176 132 144 126 112 134 80 126 48 132 0 126Z" fill="{d}" opacity=".45"/>`,
    `<circle cx="84" cy="132" r="5" fill="{l}"/><circle cx="110" cy="150" r="5" fill="{l}"/><circle cx="136" cy="132" r="5" fill="{l}"/><circle cx="92" cy="170" r="5" fill="{l}"/><circle cx="124" cy="176" r="5" fill="{l}"/><circle cx="148" cy="162" r="5" fill="{l}"/>`,
  ],
};

/** The print number `choice` (any whole number) of a kind. */
export function motifOf(kind: MotifKind, choice: number): string {
  const list = MOTIFS[kind];
  return list[choice % list.length] ?? "";
}
