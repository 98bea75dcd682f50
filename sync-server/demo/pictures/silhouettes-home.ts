import type { Silhouette } from "./silhouettes.ts";

const seam = (d: string, width = 3) =>
  `<path d="${d}" fill="none" stroke="{d}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;
const shade = (d: string) => `<path d="${d}" fill="{d}"/>`;
const light = (d: string) => `<path d="${d}" fill="{l}"/>`;
const white = (d: string) => `<path d="${d}" fill="{w}"/>`;
const accent = (d: string) => `<path d="${d}" fill="{a}"/>`;
const steam = `<path d="M96 66Q88 54 96 44T96 26M122 66Q114 54 122 44T122 26" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round" opacity=".75"/>`;

export const HOME_SILHOUETTES = {
  mug: {
    body: "M60 80H152V176Q152 200 128 200H84Q60 200 60 176Z",
    under: `<path d="M146 104H164Q192 104 192 134T164 166H146" fill="none" stroke="{d}" stroke-width="14"/>${steam}`,
    over: `<ellipse cx="106" cy="82" rx="46" ry="9" fill="{d}"/><ellipse cx="106" cy="83" rx="38" ry="6" fill="#4b2e20"/>`,
    motifs: "glaze",
    shadow: 62,
  },
  bowl: {
    body: "M40 108H200Q196 176 146 188H94Q44 176 40 108Z",
    over: `<ellipse cx="120" cy="108" rx="80" ry="16" fill="{d}"/><ellipse cx="120" cy="110" rx="68" ry="11" fill="{l}"/>${shade("M92 186H148L144 198H96Z")}`,
    motifs: "glaze",
    shadow: 58,
  },
  plate: {
    body: "M120 36A84 84 0 1 1 119.9 36Z",
    over: `<circle cx="120" cy="120" r="58" fill="none" stroke="{d}" stroke-width="3"/><circle cx="120" cy="120" r="54" fill="{l}"/><path d="M92 98Q120 76 148 98" fill="none" stroke="#fff" stroke-width="6" stroke-linecap="round" opacity=".6"/>`,
    shadow: 70,
  },
  glass: {
    body: "M78 60H162L150 190Q149 200 140 200H100Q91 200 90 190Z",
    over: `<path d="M84 112H156L148 188Q147 194 140 194H100Q93 194 92 188Z" fill="{d}" opacity=".5"/><path d="M94 74 100 178" stroke="#fff" stroke-width="6" stroke-linecap="round" opacity=".7"/>`,
    shadow: 42,
  },
  teapot: {
    body: "M66 116Q66 84 112 84T158 116Q170 190 132 196H92Q54 190 66 116Z",
    under: `<path d="M62 160Q28 150 30 104H44Q46 130 66 134Z" fill="{d}"/><path d="M158 108Q204 100 200 140T156 172" fill="none" stroke="{d}" stroke-width="11"/>`,
    over: `${shade("M84 88Q90 70 112 70T140 88Q112 98 84 88Z")}<circle cx="112" cy="64" r="9" fill="{a}"/>`,
    motifs: "glaze",
    shadow: 62,
  },
  pan: {
    body: "M28 128H152V156Q150 184 124 186H56Q30 184 28 156Z",
    under: `<path d="M150 138 222 112" stroke="{d}" stroke-width="14" stroke-linecap="round"/>`,
    over: `<ellipse cx="90" cy="128" rx="62" ry="12" fill="{d}"/><ellipse cx="90" cy="130" rx="52" ry="8" fill="{l}" opacity=".5"/>`,
    shadow: 68,
  },
  board: {
    body: "M64 70H176Q188 70 188 82V190Q188 202 176 202H64Q52 202 52 190V82Q52 70 64 70ZM104 70V46Q104 34 120 34T136 46V70Z",
    over: `<circle cx="120" cy="50" r="7" fill="{l}"/>${seam("M72 100Q120 90 168 100M72 130Q120 142 168 130M72 160Q120 150 168 160", 2)}`,
    shadow: 68,
  },
  vase: {
    body: "M102 84H138Q134 104 152 128 172 168 146 202H94Q68 168 88 128 106 104 102 84Z",
    under: `<path d="M118 90Q104 60 86 40M120 90Q122 56 126 28M122 90Q140 64 160 48" fill="none" stroke="#5f7350" stroke-width="4"/><circle cx="86" cy="40" r="10" fill="{a}"/><circle cx="126" cy="28" r="11" fill="{a}"/><circle cx="160" cy="48" r="10" fill="{a}"/>`,
    over: light("M100 132Q88 160 100 188 92 190 88 178 84 152 94 134Z"),
    motifs: "glaze",
    shadow: 44,
  },
  candle: {
    body: "M80 104H160V190Q160 202 148 202H92Q80 202 80 190Z",
    under: `<path d="M120 96V80" stroke="#3a3028" stroke-width="4"/><path d="M120 38Q142 64 120 84 98 64 120 38Z" fill="#f7b63e"/><path d="M120 56Q130 68 120 80 110 68 120 56Z" fill="#fff0b8"/>`,
    over: `<ellipse cx="120" cy="105" rx="40" ry="8" fill="{l}"/>`,
    motifs: "label",
    shadow: 50,
  },
  cushion: {
    body: "M50 62Q120 78 190 62 176 130 190 196 120 182 50 196 64 130 50 62Z",
    over: seam("M62 76Q120 88 178 76 168 130 178 182 120 172 62 182 72 130 62 76", 2),
    motifs: "cloth",
    shadow: 70,
  },
  blanket: {
    body: "M48 96Q48 84 60 84H180Q192 84 192 96V190Q192 202 180 202H60Q48 202 48 190Z",
    over: `${seam("M50 122H190M50 162H190", 4)}${light("M48 96Q48 84 60 84H84V202H60Q48 202 48 190Z")}<path d="M84 202V212M100 202V212M116 202V212M132 202V212M148 202V212M164 202V212" stroke="{d}" stroke-width="4"/>`,
    motifs: "cloth",
    shadow: 76,
  },
  towel: {
    body: "M66 56Q66 44 78 44H162Q174 44 174 56V192H66Z",
    over: `${shade("M66 150H174V158H66ZM66 166H174V172H66Z")}<path d="M70 192V204M86 192V204M102 192V204M118 192V204M134 192V204M150 192V204M166 192V204" stroke="{d}" stroke-width="5"/>`,
    shadow: 58,
  },
  lamp: {
    body: "M88 44H152L182 118H58Z",
    under: `<path d="M120 112V188" stroke="#5a4a3c" stroke-width="8"/><path d="M84 204Q84 184 120 184T156 204Z" fill="#5a4a3c"/><path d="M62 118H178L206 186H34Z" fill="#ffe9a8" opacity=".5"/>`,
    over: light("M88 44H106L88 118H58Z"),
    shadow: 46,
  },
  plant: {
    body: "M76 144H164L154 194Q152 204 142 204H98Q88 204 86 194Z",
    under: `<path d="M120 148Q66 132 54 78 108 82 120 148ZM120 148Q118 84 146 34 172 92 120 148ZM120 148Q142 96 192 88 186 138 120 148Z" fill="#4e7d57"/><path d="M120 148Q96 100 98 48 130 92 120 148Z" fill="#6b9a68"/>`,
    over: shade("M70 138H170V154H70Z"),
    motifs: "glaze",
    shadow: 46,
  },
  frame: {
    body: "M54 44H186V200H54Z",
    over: `${white("M68 58H172V186H68Z")}<circle cx="142" cy="92" r="14" fill="{a}"/><path d="M76 168 108 112 130 144 144 126 164 168Z" fill="{d}"/>`,
    shadow: 70,
  },
  basket: {
    body: "M48 108H192L176 192Q174 202 164 202H76Q66 202 64 192Z",
    under: `<path d="M70 112Q70 44 120 44T170 112" fill="none" stroke="{d}" stroke-width="9"/>`,
    over: `${seam("M52 130H188M56 152H184M62 174H178", 3)}${seam("M80 110 88 200M120 110V200M160 110 152 200", 3)}${shade("M44 100H196V114H44Z")}`,
    shadow: 66,
  },
  clock: {
    body: "M120 42A78 78 0 1 1 119.9 42Z",
    over: `<circle cx="120" cy="120" r="64" fill="{w}"/><path d="M120 120V78M120 120 150 136" stroke="#2d2d33" stroke-width="6" stroke-linecap="round"/><circle cx="120" cy="120" r="6" fill="{a}"/><path d="M120 62V70M120 170V178M62 120H70M170 120H178" stroke="{d}" stroke-width="4"/>`,
    shadow: 56,
  },
  book: {
    body: "M70 40H174Q182 40 182 48V184Q182 192 174 192H70Z",
    under: `<path d="M62 52Q62 40 74 40V204Q62 204 62 192Z" fill="{d}"/><path d="M66 190H178V202H72Q62 202 66 190Z" fill="#f7f1e4"/><path d="M72 202H182V206H76Q68 206 66 200Z" fill="{d}"/>`,
    over: shade("M70 40H80V192H70Z"),
    motifs: "cover",
    shadow: 64,
  },
  notebook: {
    body: "M66 42H168Q178 42 178 52V192Q178 202 168 202H66Z",
    over: `${accent("M154 42H162V202H154Z")}${[60, 86, 112, 138, 164, 186].map((y) => `<path d="M56 ${y}H76" stroke="#4a4a50" stroke-width="5" stroke-linecap="round"/>`).join("")}`,
    motifs: "label",
    shadow: 60,
  },
  pen: {
    body: "M58 172 152 60 174 78 80 190 52 200Z",
    over: `${shade("M152 60 162 48Q170 40 180 48T184 66L174 78Z")}<path d="M58 172 80 190 52 200Z" fill="#f1d9b0"/><path d="M52 200 62 196 55 189Z" fill="#2d2d33"/>${light("M72 170 150 76 156 80 78 176Z")}`,
    shadow: 60,
  },
  cards: {
    body: "M40 84H168Q176 84 176 92V182Q176 190 168 190H40Z",
    under: `<path d="M76 62 198 50Q206 50 206 58L212 150 176 166Z" fill="{w}"/>`,
    over: `<path d="M40 88 108 142 176 88" fill="none" stroke="{d}" stroke-width="4"/><path d="M108 150Q88 132 98 124 106 120 108 130 110 120 118 124 128 132 108 150Z" fill="{a}"/>`,
    shadow: 74,
  },
  car: {
    body: "M30 150Q30 124 58 120L82 84Q86 78 96 78H146Q156 78 162 86L184 118Q212 122 212 150V168H30Z",
    over: `<path d="M94 92H116V118H80ZM126 92H148L166 118H126Z" fill="{w}"/><circle cx="72" cy="170" r="22" fill="#5a4030"/><circle cx="72" cy="170" r="9" fill="{a}"/><circle cx="172" cy="170" r="22" fill="#5a4030"/><circle cx="172" cy="170" r="9" fill="{a}"/>`,
    shadow: 92,
  },
  bear: {
    body: "M120 48Q166 48 166 92 166 112 152 122 178 140 174 176 172 202 120 202T66 176Q62 140 88 122 74 112 74 92 74 48 120 48Z",
    under: `<circle cx="82" cy="58" r="19" fill="{d}"/><circle cx="158" cy="58" r="19" fill="{d}"/><ellipse cx="56" cy="152" rx="18" ry="26" fill="{d}"/><ellipse cx="184" cy="152" rx="18" ry="26" fill="{d}"/><ellipse cx="84" cy="196" rx="24" ry="15" fill="{d}"/><ellipse cx="156" cy="196" rx="24" ry="15" fill="{d}"/>`,
    over: `<ellipse cx="120" cy="102" rx="22" ry="17" fill="{l}"/><ellipse cx="120" cy="164" rx="32" ry="28" fill="{l}"/><circle cx="102" cy="82" r="5" fill="#2a2320"/><circle cx="138" cy="82" r="5" fill="#2a2320"/><ellipse cx="120" cy="96" rx="7" ry="5" fill="#2a2320"/><path d="M120 100V108M110 110Q120 118 130 110" fill="none" stroke="#2a2320" stroke-width="3"/>`,
    shadow: 62,
  },
  blocks: {
    body: "M36 132H104V200H36Z",
    under: `<path d="M84 62H152V130H84Z" fill="{a}"/><path d="M112 132H204V200H112Z" fill="{d}"/>`,
    over: `<circle cx="70" cy="166" r="17" fill="{w}"/><path d="M118 78 138 114H98Z" fill="{w}"/><path d="M140 150H176V182H140Z" fill="{l}"/>`,
    shadow: 90,
  },
  puzzle: {
    body: "M50 56H190V196H50Z",
    over: `<path d="M120 56V90A14 14 0 1 0 120 112V196M50 126H84A14 14 0 1 1 106 126H190" fill="none" stroke="{w}" stroke-width="5"/><path d="M122 58H188V124H160A14 14 0 1 0 140 124H122V114A14 14 0 1 0 122 88Z" fill="{a}" opacity=".85"/>`,
    shadow: 74,
  },
} as const satisfies Record<string, Silhouette>;

const wrapper = (d: string) => shade(d);

export const PACKED_SILHOUETTES = {
  coffeebag: {
    body: "M74 74H166L174 192Q174 202 164 202H76Q66 202 66 192Z",
    over: `${wrapper("M78 46H162V66H78Z")}${light("M76 66H164V76H76Z")}<circle cx="150" cy="98" r="5" fill="{d}"/>`,
    motifs: "label",
    shadow: 60,
  },
  tin: {
    body: "M72 82H168V188Q168 202 120 202T72 188Z",
    over: `<ellipse cx="120" cy="80" rx="48" ry="12" fill="{l}"/>${wrapper("M68 58H172V80Q172 90 120 90T68 80Z")}<ellipse cx="120" cy="58" rx="52" ry="12" fill="{l}"/>`,
    motifs: "label",
    shadow: 56,
  },
  jar: {
    body: "M76 84H164Q176 92 176 108V184Q176 202 158 202H82Q64 202 64 184V108Q64 92 76 84Z",
    over: `<path d="M72 54H168V82H72Z" fill="#d8c9a4"/><path d="M72 66H168" stroke="#b9a678" stroke-width="4"/><path d="M78 104V184" stroke="#fff" stroke-width="7" stroke-linecap="round" opacity=".5"/>`,
    motifs: "label",
    shadow: 58,
  },
  chocolate: {
    body: "M76 96H164V194Q164 202 156 202H84Q76 202 76 194Z",
    under: `<path d="M82 40H158V110H82Z" fill="#53321f"/><path d="M82 64H158M82 88H158M108 40V110M132 40V110" stroke="#3d2314" stroke-width="4"/><path d="M78 88 90 96 102 88 114 96 126 88 138 96 150 88 162 96V104H78Z" fill="#e8e4da"/>`,
    motifs: "label",
    shadow: 54,
  },
  biscuits: {
    body: "M48 82H192Q198 140 192 192H48Q42 140 48 82Z",
    over: `${wrapper("M42 76 52 84 62 76 72 84 82 76 92 84 102 76 112 84 122 76 132 84 142 76 152 84 162 76 172 84 182 76 192 84 198 76V92H42Z")}<circle cx="154" cy="158" r="24" fill="#d9a866"/><circle cx="147" cy="150" r="3" fill="#8a5a2c"/><circle cx="161" cy="154" r="3" fill="#8a5a2c"/><circle cx="152" cy="166" r="3" fill="#8a5a2c"/>`,
    motifs: "label",
    shadow: 76,
  },
  oil: {
    body: "M106 74H134Q136 92 152 104 160 112 160 124V190Q160 202 148 202H92Q80 202 80 190V124Q80 112 88 104 104 92 106 74Z",
    over: `<path d="M106 36H134V70H106Z" fill="#3d3428"/><path d="M94 126V184" stroke="#fff" stroke-width="6" stroke-linecap="round" opacity=".45"/>`,
    motifs: "label",
    shadow: 44,
  },
  pasta: {
    body: "M72 60H168V202H72Z",
    over: `${wrapper("M72 48H168V64H72Z")}<path d="M88 150H152V190H88Z" fill="{w}"/><path d="M94 160Q104 150 114 160T134 160 148 160M94 176Q104 166 114 176T134 176 148 176" fill="none" stroke="#e0b050" stroke-width="5"/>`,
    motifs: "label",
    shadow: 58,
  },
  cup: {
    body: "M76 78H164L152 192Q151 202 142 202H98Q89 202 88 192Z",
    over: `<path d="M70 62H170L166 80H74Z" fill="{w}"/><path d="M80 48H160L166 62H74Z" fill="{w}"/>${shade("M81 112H159L154 160H86Z")}<path d="M120 122Q134 136 120 150 106 136 120 122Z" fill="{l}"/>`,
    shadow: 42,
  },
  croissant: {
    body: "M34 164Q26 106 84 82 132 64 172 90 212 116 206 166 198 178 186 162 172 132 142 132 112 126 92 140 66 144 54 170 40 182 34 164Z",
    over: seam(
      "M84 84Q100 108 92 138M130 76Q132 104 124 128M170 92Q156 112 154 132M52 112Q66 128 68 148M200 128Q186 138 184 156",
      5,
    ),
    shadow: 84,
  },
  cake: {
    body: "M36 128 164 84Q200 96 204 128V184Q204 196 192 196H48Q36 196 36 184Z",
    over: `${light("M36 128 164 84Q200 96 204 128Z")}<path d="M36 150H204V164H36Z" fill="{w}"/><circle cx="150" cy="84" r="15" fill="#c8323c"/><path d="M152 70Q156 54 170 52" fill="none" stroke="#4e7d57" stroke-width="4"/>`,
    shadow: 82,
  },
  sandwich: {
    body: "M38 104Q40 70 120 70T202 104V116H38Z",
    under: `<path d="M34 122Q60 108 80 124T124 122 166 124 206 120V142H34Z" fill="#7ea85b"/><path d="M40 138H200V152H40Z" fill="#d9534a"/><path d="M38 150H202L192 162H48Z" fill="#f3d06a"/><path d="M38 160H202V176Q202 192 186 192H54Q38 192 38 176Z" fill="{d}"/>`,
    over: `<path d="M82 88 92 84M118 82 130 80M154 90 162 94" stroke="{w}" stroke-width="5" stroke-linecap="round"/>`,
    shadow: 84,
  },
  tube: {
    body: "M78 40H162L150 172H90Z",
    over: `${shade("M78 34H162V46H78Z")}<path d="M94 172H146V196Q146 202 140 202H100Q94 202 94 196Z" fill="{d}"/>`,
    motifs: "label",
    shadow: 36,
  },
  dispenser: {
    body: "M80 96Q80 84 92 84H148Q160 84 160 96V190Q160 202 148 202H92Q80 202 80 190Z",
    over: `<path d="M106 66H134V84H106Z" fill="#4a4a50"/><path d="M116 66V44H150Q160 44 162 56" fill="none" stroke="#4a4a50" stroke-width="9" stroke-linecap="round"/>`,
    motifs: "label",
    shadow: 48,
  },
  soap: {
    body: "M44 126Q44 104 66 104H174Q196 104 196 126V164Q196 186 174 186H66Q44 186 44 164Z",
    under: `<circle cx="72" cy="80" r="15" fill="#fff" opacity=".75"/><circle cx="106" cy="66" r="10" fill="#fff" opacity=".65"/><circle cx="160" cy="78" r="18" fill="#fff" opacity=".7"/>`,
    over: `<rect x="76" y="122" width="88" height="46" rx="16" fill="none" stroke="{d}" stroke-width="4"/><path d="M58 122Q62 114 76 114" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round" opacity=".7"/>`,
    shadow: 78,
  },
} as const satisfies Record<string, Silhouette>;
