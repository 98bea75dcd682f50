/**
 * Flat drawings on a square of 240 units, drawn for this project. `body` takes the article's colour; `under` lies behind it,
 * `over` on it. In both, `{d}` is a darker shade of that colour, `{l}` a lighter one, `{a}` an accent, `{w}` near white.
 * `motifs` names what may be printed on the body.
 */
export interface Silhouette {
  readonly body: string;
  readonly under?: string;
  readonly over?: string;
  readonly motifs?: "cloth" | "cover" | "label" | "glaze";
  /** Half the width of the shadow on the ground. */
  readonly shadow: number;
}

const seam = (d: string, width = 3) =>
  `<path d="${d}" fill="none" stroke="{d}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;
const shade = (d: string) => `<path d="${d}" fill="{d}"/>`;
const light = (d: string) => `<path d="${d}" fill="{l}"/>`;
const white = (d: string) => `<path d="${d}" fill="{w}"/>`;
const accent = (d: string) => `<path d="${d}" fill="{a}"/>`;
const dot = (x: number, y: number, r: number, fill: string) =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`;

const WORN = {
  tshirt: {
    body: "M90 50 62 62 34 102 58 122 74 106V194Q120 202 166 194V106L182 122 206 102 178 62 150 50Q120 78 90 50Z",
    over: seam("M90 50Q120 78 150 50", 6) + seam("M74 106 76 92M166 106 164 92"),
    motifs: "cloth",
    shadow: 58,
  },
  longsleeve: {
    body: "M92 50 64 62 38 158 62 166 76 112V196Q120 202 164 196V112L178 166 202 158 176 62 148 50Q120 74 92 50Z",
    over:
      seam("M92 50Q120 74 148 50", 6) +
      seam("M41 148 65 156M199 148 175 156") +
      seam("M76 112V96M164 112V96"),
    motifs: "cloth",
    shadow: 58,
  },
  shirt: {
    body: "M94 48 64 60 38 156 62 164 76 112V196Q120 204 164 196V112L178 164 202 156 176 60 146 48 120 60Z",
    over:
      seam("M120 66V198", 2) +
      light("M94 48 120 64 106 84 88 56ZM146 48 120 64 134 84 152 56Z") +
      [88, 112, 136, 160, 184].map((y) => dot(125, y, 2.6, "{d}")).join("") +
      seam("M138 104H158V122L148 128 138 122Z", 2),
    motifs: "cloth",
    shadow: 58,
  },
  knit: {
    body: "M92 52 62 64 34 160 62 170 74 122V196H166V122L178 170 206 160 178 64 148 52Q120 70 92 52Z",
    over:
      seam("M92 52Q120 72 148 52", 9) +
      shade("M74 184H166V198H74ZM36 152 64 162 62 171 33 161ZM204 152 176 162 178 171 207 161Z") +
      seam("M90 92 98 100 106 92 114 100 122 92 130 100 138 92 146 100 152 94", 3) +
      seam("M90 110 98 118 106 110 114 118 122 110 130 118 138 110 146 118 152 112", 3),
    motifs: "cloth",
    shadow: 60,
  },
  hoodie: {
    body: "M86 64 60 74 34 160 62 170 74 124V198H166V124L178 170 206 160 180 74 154 64Q120 96 86 64Z",
    over:
      shade("M86 66Q82 32 120 32T154 66Q120 102 86 66Z") +
      light("M98 62Q100 44 120 44T142 62Q120 84 98 62Z") +
      shade("M94 152H146L156 188H84Z") +
      seam("M74 188H166") +
      `<path d="M110 82V116M130 82V110" stroke="{w}" stroke-width="3" stroke-linecap="round"/>`,
    motifs: "cloth",
    shadow: 60,
  },
  jacket: {
    body: "M90 48 58 62 36 162 64 170 74 116V200H166V116L176 170 204 162 182 62 150 48Q120 62 90 48Z",
    over:
      shade("M90 48Q120 64 150 48L146 76Q120 84 94 76Z") +
      `<path d="M120 80V200" stroke="{l}" stroke-width="5"/>` +
      seam("M76 112H116M124 112H164M76 140H116M124 140H164M76 168H116M124 168H164") +
      accent("M118 92H122V106H118Z"),
    shadow: 60,
  },
  coat: {
    body: "M92 40 62 54 42 166 66 172 76 112 68 206H172L164 112 174 172 198 166 178 54 148 40Q120 52 92 40Z",
    over:
      light("M92 40 120 96 106 108 82 52ZM148 40 120 96 134 108 158 52Z") +
      seam("M120 98V206") +
      [122, 146, 170].map((y) => dot(110, y, 3.4, "{a}") + dot(130, y, 3.4, "{a}")).join("") +
      seam("M82 158H102M138 158H158", 4),
    shadow: 58,
  },
  trousers: {
    body: "M78 42H162L174 202H132L120 98 108 202H66Z",
    over:
      shade("M78 42H162L163 54H77Z") + seam("M120 54V98M84 56 80 84M156 56 160 84") + dot(120, 49, 3, "{l}"),
    shadow: 54,
  },
  shorts: {
    body: "M72 72H168L184 174H130L120 118 110 174H56Z",
    over: shade("M72 72H168L170 86H70Z") + seam("M120 86V118M80 90 74 116M160 90 166 116"),
    motifs: "cloth",
    shadow: 56,
  },
  dress: {
    body: "M98 40 90 84 102 108 60 196Q120 212 180 196L138 108 150 84 142 40H132Q120 62 108 40Z",
    over: shade("M101 104H139L142 114H98Z") + seam("M106 122 88 196M120 122V202M134 122 152 196", 2),
    motifs: "cloth",
    shadow: 56,
  },
  skirt: {
    body: "M88 60H152L184 186Q120 204 56 186Z",
    over: shade("M88 60H152L155 74H85Z") + seam("M104 78 88 190M120 78V196M136 78 152 190", 2),
    motifs: "cloth",
    shadow: 58,
  },
  socks: {
    body: "M70 44H108V124Q108 140 96 150L72 172Q56 184 44 172T44 146L70 122ZM136 54H174V134Q174 150 162 160L138 182Q122 194 110 182T110 156L136 132Z",
    over:
      shade("M70 44H108V58H70ZM136 54H174V68H136Z") +
      light("M44 146Q34 160 44 172 52 180 62 176ZM110 156Q100 170 110 182 118 190 128 186Z"),
    motifs: "cloth",
    shadow: 66,
  },
  beanie: {
    body: "M64 140Q60 60 120 58T176 140Z",
    under: dot(120, 54, 20, "{l}"),
    over:
      shade("M62 136H178Q188 136 188 146V160Q188 170 178 170H62Q52 170 52 160V146Q52 136 62 136Z") +
      seam("M92 76Q84 104 86 134M120 62V134M148 76Q156 104 154 134", 2),
    shadow: 62,
  },
  cap: {
    body: "M54 140Q54 76 116 74 170 74 176 132L56 146Z",
    over:
      shade("M112 138Q168 122 212 150 216 156 206 156 150 146 96 152 60 154 55 146Z") +
      seam("M116 76Q104 104 108 138M116 76Q146 92 152 132", 2) +
      dot(116, 73, 5, "{d}"),
    shadow: 70,
  },
  scarf: {
    body: "M72 60Q120 96 168 60 184 78 166 98L146 112 156 196H118L112 118Q82 110 70 92 62 76 72 60Z",
    over:
      seam("M76 74Q120 112 166 76", 3) +
      `<path d="M122 196V208M132 196V208M142 196V208M152 196V208" stroke="{d}" stroke-width="4"/>`,
    motifs: "cloth",
    shadow: 48,
  },
  sneaker: {
    body: "M34 166Q34 122 48 102 64 116 84 110L98 92Q108 94 116 106L150 136Q192 140 206 162V170H34Z",
    over:
      white("M32 166H208Q210 186 196 186H44Q32 186 32 166Z") +
      `<path d="M104 116 122 106M116 126 134 116M128 136 146 126" stroke="{w}" stroke-width="5" stroke-linecap="round"/>` +
      accent("M58 160Q82 124 112 150L104 164Q84 144 72 164Z") +
      shade("M158 138Q192 142 205 162H170Q160 152 158 138Z"),
    shadow: 88,
  },
  boot: {
    body: "M70 48H130L132 116Q170 130 194 146 206 156 204 174H66Z",
    over:
      `<path d="M62 172H206V184Q206 190 198 190H158L152 184H104L98 194H68Q62 194 62 186Z" fill="{d}"/>` +
      light("M68 46H132V60H68Z") +
      `<path d="M110 82 134 78M112 98 136 94M116 114 142 108" stroke="{a}" stroke-width="5" stroke-linecap="round"/>` +
      seam("M70 128Q96 118 110 128L112 170"),
    shadow: 82,
  },
  sandal: {
    body: "M32 162Q34 152 60 156 130 166 204 152 214 154 210 168 208 178 190 180H48Q32 180 32 162Z",
    over:
      `<path d="M66 160Q78 92 108 98 128 104 138 160M150 160Q164 118 190 154M72 136 140 150" fill="none" stroke="{d}" stroke-width="13" stroke-linecap="round"/>` +
      dot(104, 104, 7, "{a}") +
      light("M36 172H208L204 180H44Z"),
    shadow: 88,
  },
} as const satisfies Record<string, Silhouette>;

const CARRIED = {
  backpack: {
    body: "M74 82Q74 46 120 46T166 82L174 184Q174 202 156 202H84Q66 202 66 184Z",
    under: `<path d="M100 54Q100 30 120 30T140 54" fill="none" stroke="{d}" stroke-width="8"/><path d="M70 100Q48 120 58 176M170 100Q192 120 182 176" fill="none" stroke="{d}" stroke-width="11" stroke-linecap="round"/>`,
    over:
      shade("M84 132H156V180Q156 190 146 190H94Q84 190 84 180Z") +
      light("M84 132H156V144H84Z") +
      seam("M76 96Q120 110 164 96", 4) +
      accent("M112 92H128V120Q120 128 112 120Z"),
    shadow: 60,
  },
  tote: {
    body: "M60 96H180L190 196Q190 202 182 202H58Q50 202 50 196Z",
    under: `<path d="M88 108V78Q88 44 120 44T152 78V108" fill="none" stroke="{d}" stroke-width="9"/>`,
    over: seam("M60 110H180", 2),
    motifs: "label",
    shadow: 68,
  },
  tent: {
    body: "M120 52 216 192H24Z",
    over:
      shade("M120 52 152 192H96Z") +
      light("M120 52 96 192 64 192Z") +
      seam("M120 52V40M24 192 14 200M216 192 226 200", 4) +
      accent("M120 40 138 46 120 52Z"),
    shadow: 100,
  },
  bottle: {
    body: "M104 66H136Q154 76 154 96V188Q154 202 140 202H100Q86 202 86 188V96Q86 76 104 66Z",
    over:
      shade("M102 40H138V62H102Z") +
      `<path d="M100 104V186" stroke="{l}" stroke-width="9" stroke-linecap="round" opacity=".8"/>` +
      shade("M86 150H154V154H86Z"),
    motifs: "label",
    shadow: 40,
  },
  sleepingbag: {
    body: "M48 92H164Q200 92 200 140T164 188H48Q34 140 48 92Z",
    over:
      shade("M164 92Q200 92 200 140T164 188 132 140 164 92Z") +
      `<path d="M164 108Q184 112 184 140T164 172 148 142 162 124 170 140" fill="none" stroke="{l}" stroke-width="5"/>` +
      accent("M70 92H84V188H70ZM108 92H122V188H108Z"),
    shadow: 84,
  },
  lantern: {
    body: "M84 82H156L162 176H78Z",
    under: `<path d="M88 74Q88 36 120 36T152 74" fill="none" stroke="{d}" stroke-width="6"/>`,
    over:
      `<path d="M92 90H148L152 168H88Z" fill="#fff3c4"/>` +
      `<path d="M120 108Q136 130 120 152 104 130 120 108Z" fill="#f6b23c"/>` +
      shade("M78 70H162V84H78ZM70 174H170V194Q170 200 164 200H76Q70 200 70 194Z"),
    shadow: 56,
  },
  mat: {
    body: "M54 78H176V158H54Z",
    under: `<rect x="54" y="150" width="152" height="38" rx="6" fill="{d}"/>`,
    over:
      `<circle cx="54" cy="118" r="40" fill="{l}"/><path d="M54 92A26 26 0 1 1 28 118 20 20 0 1 1 54 136 14 14 0 1 1 66 118" fill="none" stroke="{d}" stroke-width="5"/>` +
      accent("M104 78H114V158H104ZM150 78H160V158H150Z"),
    shadow: 88,
  },
  umbrella: {
    body: "M30 126Q36 54 120 50 204 54 210 126 195 112 180 126 165 112 150 126 135 112 120 126 105 112 90 126 75 112 60 126 45 112 30 126Z",
    under: `<path d="M120 44V184Q120 202 136 202T152 186" fill="none" stroke="{d}" stroke-width="6" stroke-linecap="round"/>`,
    over: seam("M120 50Q86 80 90 124M120 50Q154 80 150 124", 2),
    shadow: 44,
  },
  sunglasses: {
    body: "M28 106H108Q112 156 72 160 34 160 28 106ZM132 106H212Q206 160 168 160 128 156 132 106Z",
    under: `<path d="M104 112Q120 98 136 112" fill="none" stroke="{d}" stroke-width="8"/>`,
    over:
      `<path d="M40 116H62L48 142Q42 132 40 116ZM144 116H166L152 142Q146 132 144 116Z" fill="{l}" opacity=".7"/>` +
      seam("M28 106H108M132 106H212", 7),
    shadow: 84,
  },
  wallet: {
    body: "M44 88H184Q196 88 196 100V178Q196 190 184 190H56Q44 190 44 178Z",
    under: `<path d="M60 90 168 66Q174 64 176 72L180 90Z" fill="{d}"/>`,
    over:
      light("M150 124H204Q208 124 208 128V150Q208 154 204 154H150Q136 152 136 139T150 124Z") +
      dot(156, 139, 6, "{a}") +
      seam("M54 98H186", 2),
    shadow: 80,
  },
} as const satisfies Record<string, Silhouette>;

export const WORN_SILHOUETTES = WORN;
export const CARRIED_SILHOUETTES = CARRIED;
